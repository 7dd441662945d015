import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const ar = {
  allDates: 'كل المواعيد',
  tags: 'الوسوم',
  dates:
    '{count, plural, zero {لا مواعيد} one {موعد واحد} two {موعدان} few {# مواعيد} many {# موعدًا} other {# موعد}}',
  none: 'لم تعد هناك مواعيد.',
  cancelled: 'أُلغيت',
  soldOut: 'نفدت',
  free: 'مجاني',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
