import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const ar = {
  askedSubject: 'ادفع بتحويل مصرفي: {event}',
  askedPreview: '{amount} حتى {until}',
  askedHeading: 'أماكنك محجوزة لك',
  askedText:
    'حوّل {amount} مقابل {event} بحيث يصل المبلغ قبل {until}. تصلك التذاكر عندما يسجّل المنظّم المبلغ. اكتب هذا المرجع كما هو تمامًا، فهو الذي يدلّ على أن المال منك.',
  remindSubject: 'ما زال الدفع مطلوبًا: {event}',
  remindHeading: 'أماكنك بانتظار الدفع',
  remindText:
    'لم يُسجَّل بعد مبلغ {amount} مقابل {event}. أماكنك محجوزة حتى {until}. إن كنت قد دفعت فلا يلزمك شيء.',
  lapsedSubject: 'أماكنك في {event} لم تعد محجوزة',
  lapsedHeading: 'انتهى الطلب',
  lapsedText:
    'لم نرَ الدفع الكامل مقابل {event} في الوقت المحدد، لذلك لم تعد أماكنك محجوزة. إن وصل مالك لاحقًا فسيشتري الأماكن نفسها إن كانت متاحة، وإلا يردّه المنظّم.',
  holder: 'المستفيد',
  iban: 'IBAN',
  bic: 'BIC',
  amount: 'المبلغ',
  reference: 'المرجع',
  until: 'يصل قبل',
  order: 'الطلب',
  open: 'افتح الطلب',
  attached: 'الصورة المرفقة رمز QR تقرؤه تطبيقات البنوك في منطقة اليورو وتملأ كل شيء.',
  why: 'تصلك هذه الرسالة بسبب طلبك {number}.',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
