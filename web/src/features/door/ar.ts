import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const ar = {
  title: 'المدخل',
  pick: 'في أي فعالية أنت؟',
  none: 'لا فعالية تفتح مدخلها',
  noneText: 'ترى فعاليات المؤسسات التي أنت من فريقها.',
  scan: 'مسح: {event}',
  back: 'فعالية أخرى',
  gate: 'البوابة',
  gateHint: 'تُسجَّل مع كل دخول، مثل «الشمالية».',
  camera: 'امسح بالكاميرا',
  cameraOff: 'أوقف الكاميرا',
  cameraStarting: 'جارٍ تشغيل الكاميرا',
  cameraDenied: 'استخدام الكاميرا غير مسموح. اسمح به في إعدادات المتصفح، أو اكتب الرمز.',
  cameraNone: 'لا توجد كاميرا هنا. اكتب الرمز، أو استخدم قارئًا يدويًا.',
  aim: 'ضع الرمز أمام الكاميرا',
  code: 'رمز التذكرة',
  codeHint: 'اكتبه أو ألصقه؛ والقارئ اليدوي يكتبه عنك.',
  check: 'تحقّق',
  checking: 'جارٍ التحقق',
  counter: 'دخل {admitted} من {tickets}',
  admitted: 'مسموح بالدخول',
  refused: 'مرفوض',
  offline: 'لا رد',
  offlineText: 'تعذر الوصول إلى الخادم. يمكن التحقق من الرمز نفسه مرة أخرى دون ضرر.',
  usedAt: 'استُخدمت {when}',
  atGate: 'عند البوابة {gate}',
  byName: 'بواسطة {name}',
  order: 'الطلب {number}',
  next: 'التالي',
  seatName: '{section}، الصف {row}، المقعد {seat}',
  seatNameNoRow: '{section}، المقعد {seat}',
  last: 'آخر عمليات المسح',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
