import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const ar = {
  title: 'عبر الإنترنت',
  text: 'حدّد هل يمكن الحضور عبر الإنترنت. يظهر الرابط على التذاكر وفي رسائل من لديهم تذاكر، ولا يظهر في أي مكان آخر.',
  mayNot: 'لا يتيح لك دورك رؤية الرابط.',
  attendance: 'طريقة الحضور',
  'in-person': 'في المكان',
  online: 'عبر الإنترنت',
  mixed: 'في المكان وعبر الإنترنت',
  link: 'الرابط',
  linkHint: 'عنوان https. اتركه فارغًا حتى يتوفر.',
  linkWrong: 'أدخل عنوانًا يبدأ بـ https://.',
  note: 'ملاحظة',
  noteHint: 'مثل رمز الغرفة أو وقت فتحها.',
  tell: 'إبلاغ كل من لديه تذكرة',
  tellHint: 'تصلهم رسالة تقود إلى تذاكرهم. الرسالة نفسها لا تتضمن الرابط.',
  conflict: 'حفظ شخص آخر في هذه الأثناء. تغييراته في النموذج الآن مع تغييراتك. راجعها ثم احفظ.',
  conflictBoth: 'غيّر شخص آخر الشيء نفسه. حدد ما يُعتمد.',
  conflictTake: 'أخذ قيمته',
  conflictEmpty: '(فارغ)',
  conflictKeep: 'الإبقاء على قيمتي',
  saved: 'تم الحفظ.',
  savedTold:
    'تم الحفظ. {count, plural, zero {لا تصل رسالة إلى أحد.} one {تصل رسالة إلى شخص واحد.} two {تصل رسالة إلى شخصين.} few {تصل رسالة إلى # أشخاص.} many {تصل رسالة إلى # شخصًا.} other {تصل رسالة إلى # شخص.}}',
  save: 'حفظ',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
