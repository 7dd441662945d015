import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const ar = {
  title: 'المبيعات عند الباب',
  text: 'بِع التذاكر نقدًا أو بقارئ البطاقات الخاص بك. التذاكر صالحة فورًا: اعرض الرموز أو اطبعها.',
  notPublished: 'انشر الفعالية لبيع التذاكر.',
  nothing: 'لا أماكن لهذه الفعالية.',
  method: 'طريقة الدفع',
  cash: 'نقدًا',
  card_terminal: 'قارئ البطاقات',
  total: 'المبلغ المطلوب',
  given: 'النقد المستلم (اختياري)',
  change: 'الباقي للمشتري: {amount}',
  tooLittle: 'هذا أقل من السعر.',
  name: 'الاسم (اختياري)',
  email: 'البريد الإلكتروني (اختياري)',
  emailHint: 'مع العنوان تُرسل التذاكر بالبريد أيضًا.',
  sell: 'بيع مقابل {amount}',
  sold: '{count, plural, zero {لم تُبع أي تذكرة} one {بيعت تذكرة واحدة} two {بيعت تذكرتان} few {بيعت # تذاكر} many {بيعت # تذكرة} other {بيعت # تذكرة}} مقابل {amount}',
  order: 'الطلب {number}',
  code: 'رمز التذكرة {n}',
  print: 'طباعة التذاكر',
  next: 'البيع التالي',
  cashUp: 'جرد الصندوق',
  cashUpText: 'ما قبضه كل عضو وما أعاده في كل يوم بتوقيت الفعالية.',
  noSales: 'لم يُبع شيء عند الباب بعد.',
  sales:
    '{count, plural, zero {لا مبيعات} one {عملية بيع واحدة} two {عمليتا بيع} few {# عمليات بيع} many {# عملية بيع} other {# عملية بيع}}',
  taken: 'المقبوض {amount}',
  returned: 'المُعاد {amount}',
  left: 'الباقي {amount}',
  deleted: 'حساب محذوف',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
