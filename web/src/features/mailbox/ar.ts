import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const ar = {
  title: 'صندوق البريد',
  lead: 'حيث لا يوجد خادم بريد، يصل إلى هنا كل ما كان سيُرسل.',
  none: 'لا بريد بعد',
  noneText: 'اشترِ تذكرة أو افتح حسابًا، وستجد البريد هنا.',
  to: 'إلى',
  from: 'من',
  filter: 'البريد المرسل إلى',
  back: 'كل البريد',
  attachments: 'المرفقات',
  content: 'محتوى الرسالة',
  asText: 'كنص',
  refresh: 'انظر مرة أخرى',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
