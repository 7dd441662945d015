import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const ar = {
  music: 'حفلة موسيقية',
  theatre: 'مسرح',
  comedy: 'كوميديا',
  sport: 'رياضة',
  family: 'للعائلات',
  festival: 'مهرجان',
  talk: 'محاضرة',
  film: 'فيلم',
  art: 'فن',
  food: 'طعام وشراب',
  nightlife: 'سهرة',
  other: 'فعالية',
  whatHappens: 'ماذا ينتظرك',
  whatHappensHint: '(من على المسرح، وبأي ترتيب، وكم تستغرق؟)',
  gettingThere: 'كيف تصل',
  gettingThereHint: '(ما أقرب محطة؟ أين تُركن السيارات؟ هل عند المدخل درجة؟)',
  goodToKnow: 'من المفيد أن تعرف',
  goodToKnowHint: '(من أي عمر؟ هل يتوفر طعام؟ ما الذي يبقى في البيت؟)',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
