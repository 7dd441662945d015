import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const ar = {
  title: 'دعوة إلى فريق',
  heading: 'يدعوك {inviter} إلى فريق {organisation}',
  yourRole: 'دورك',
  owner: 'مالك',
  ownerText: 'له أن يفعل كل شيء، وأن يغيّر الفريق أيضًا',
  manager: 'مدير',
  managerText: 'يدير الفعاليات',
  door: 'المدخل',
  doorText: 'يتحقق من التذاكر',
  until: 'صالحة حتى',
  forAddress: 'أُرسلت إلى',
  accept: 'اقبل',
  decline: 'ارفض',
  accepted: 'أنت الآن في الفريق',
  acceptedText: 'تعمل الآن لدى {organisation}.',
  goOn: 'تابع',
  declined: 'رُفضت الدعوة',
  declinedText: 'لست في فريق {organisation}، ولا يمكنه دعوتك مجددًا مدة أسبوع.',
  expired: 'انتهت مدة هذه الدعوة',
  expiredText: 'اطلب من {inviter} إرسالها مجددًا.',
  withdrawn: 'سُحبت هذه الدعوة',
  withdrawnText: 'إن ظننت أن في الأمر خطأ فاسأل {organisation}.',
  used: 'قُبلت هذه الدعوة من قبل',
  usedText: 'تصلح مرة واحدة. إن لم تكن أنت من قبلها فاسأل {organisation}.',
  unknown: 'هذا الرابط لا يعمل',
  unknownText: 'ربما كان ناقصًا. افتحه من الرسالة مجددًا، أو اطلب دعوة جديدة.',
  signInText: 'لقبولها سجّل الدخول بالعنوان {email}، أو افتح حسابًا به.',
  signIn: 'سجّل الدخول',
  signUp: 'افتح حسابًا',
  otherAddress:
    'سجّلت الدخول بالعنوان {own}، لكن الدعوة أُرسلت إلى {email}. سجّل الدخول بذلك العنوان، أو اطلب من {inviter} أن يدعو {own}.',
  otherAccount: 'استخدم حسابًا آخر',
  verifyText: 'أكّد أولًا أن العنوان {email} لك: أرسلنا إليك رسالة فيها رابط يعيدك إلى هنا.',
  sendVerification: 'أرسل الرسالة مجددًا',
  verificationSent: 'أرسلناها. انظر في بريدك.',
  home: 'إلى الفعاليات',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
