import type { TranslationOf } from '../../../../contract/words.ts';
import type en from './en.ts';

const ar = {
  title: 'طلبات للمراجعة',
  back: 'فعالياتك',
  adminTitle: 'طلبات تراجعها الفرق',
  adminBack: 'حسابك',
  text: 'تبدو هذه الطلبات كطلبات كثيرة لشخص واحد أو لبرنامج. هي مدفوعة وتذاكرها تنتظر. إن لم يقرر أحد تأكّد الطلب من تلقاء نفسه في الوقت المبيّن.',
  adminText: 'يقرر فريق كل فعالية في طلباتها.',
  mayNot: 'دورك لا يعرض الطلبات.',
  noAdmin: 'لا يرى هذه الصفحة إلا مشرفو المنصة.',
  none: 'لا طلب ينتظر.',
  noneDecided: 'لم يُقرَّر شيء بعد.',
  decided: 'ما قُرّر',
  showDecided: 'عرض الطلبات التي قُرّر فيها',
  more: 'عرض المزيد',
  score: '{score} من 100 نقطة',
  tickets:
    '{count, plural, zero {لا تذاكر} one {تذكرة واحدة} two {تذكرتان} few {# تذاكر} many {# تذكرة} other {# تذكرة}}',
  until: 'يتأكد من تلقاء نفسه: {when}',
  address_pattern:
    '{count, plural, zero {لا حسابات لها} one {حساب واحد له} two {حسابان لهما} few {# حسابات لها} many {# حسابًا لها} other {# حساب لها}} عناوين بريد لا تختلف إلا في أرقامها',
  shared_card:
    '{count, plural, zero {لا حسابات دفعت} one {حساب واحد دفع} two {حسابان دفعا} few {# حسابات دفعت} many {# حسابًا دفع} other {# حساب دفع}} بهذه البطاقة',
  shared_browser:
    '{count, plural, zero {لا حسابات اشترت} one {حساب واحد اشترى} two {حسابان اشتريا} few {# حسابات اشترت} many {# حسابًا اشترى} other {# حساب اشترى}} في هذه الشبكة بالمتصفح نفسه',
  shared_network:
    '{count, plural, zero {لا حسابات اشترت} one {حساب واحد اشترى} two {حسابان اشتريا} few {# حسابات اشترت} many {# حسابًا اشترى} other {# حساب اشترى}} في هذه الشبكة',
  fast_order:
    'جاء الطلب بعد الحجز {count, plural, zero {بأقل من ثانية} one {بثانية واحدة} two {بثانيتين} few {بـ # ثوانٍ} many {بـ # ثانية} other {بـ # ثانية}}',
  points: 'النقاط: {points}',
  appeal: 'كتب المشتري',
  reason: 'السبب (يقرؤه المشتري عند رد المال)',
  confirm: 'تأكيد وإرسال التذاكر',
  refund: 'رد {amount}',
  refundFree: 'إنهاء التذاكر',
  mayNotDecide: 'لا يسمح لك دورك بأن تقرر في رد المال.',
  saidConfirmed: 'تأكّد الطلب {number}. تذاكره في الطريق.',
  saidRefunded: 'رُدّ مال الطلب {number}. أماكنه متاحة.',
  confirmed: 'مؤكَّد',
  refunded: 'رُدّ ماله',
  ended: 'أُلغي بطريقة أخرى',
  byTime: 'من تلقاء نفسه',
  heldTitle: 'طلبك قيد المراجعة',
  heldText:
    'لقد دفعت، وأماكنك لك. قبل أن تصلك التذاكر ينظر المنظّم في هذا الطلب، لأنه يشبه طلبات برامج تشتري التذاكر بالجملة. إن لم يعترض أحد حتى {until} وصلتك تذاكرك من تلقاء نفسها. وإن لم يقبل المنظّم الطلب أُعيد إليك كل مالك.',
  heldMoment: 'لقد دفعت. ستكون تذاكرك هنا بعد لحظة.',
  appealLabel: 'ماذا ينبغي أن يعرف المنظّم؟',
  appealHint: 'مثل أنك تشتري لمجموعة. يمكنك الكتابة مرة واحدة.',
  appealSend: 'إرسال إلى المنظّم',
  appealSent: 'كتبت:',
  appealMissing: 'اكتب شيئًا أولًا.',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
