import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const ar = {
  missing: 'املأ هذا الحقل.',
  tooShort:
    '{limit, plural, zero {اكتب شيئًا.} one {حرف واحد على الأقل.} two {حرفان على الأقل.} few {# أحرف على الأقل.} many {# حرفًا على الأقل.} other {# حرف على الأقل.}}',
  tooLong:
    '{limit, plural, zero {اتركه فارغًا.} one {حرف واحد على الأكثر.} two {حرفان على الأكثر.} few {# أحرف على الأكثر.} many {# حرفًا على الأكثر.} other {# حرف على الأكثر.}}',
  tooLittle: '{limit} على الأقل.',
  tooMuch: '{limit} على الأكثر.',
  noNumber: 'اكتب عددًا صحيحًا.',
  noAddress: 'هذا ليس عنوان بريد إلكتروني.',
  localPart: 'لا تقبل خوادم البريد قبل علامة @ إلا حروفًا لاتينية بلا علامات (من a إلى z) وأرقامًا ورموزًا.',
  wrong: 'لا يمكن أن يكون هذا صحيحًا.',
  savedMeanwhile: 'حفظ شخص آخر هذا في أثناء ذلك',
  savedMeanwhileText:
    'لم يُحفظ شيء مما كتبته بعد. الحقول التي لم تغيّرها تعرض القيم الجديدة. احفظ مرة أخرى ليحل ما كتبته محل القيم أدناه.',
  empty: 'فارغ',
  leaveTitle: 'هل تغادر بلا حفظ؟',
  leaveText: 'ما كتبته في هذه الصفحة غير محفوظ. إن غادرت ضاع.',
  leave: 'غادر',
  stay: 'ابقَ هنا',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
