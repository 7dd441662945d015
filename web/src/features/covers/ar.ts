import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const ar = {
  cover: 'صورة الغلاف',
  coverHint: 'عنوان https. تُرسم صورة حيث لا توجد.',
  coverAddress: 'أو عنوانها',
  coverChoose: 'اختيار صورة',
  coverOther: 'اختيار صورة أخرى',
  coverRemove: 'إزالة الصورة',
  coverSending: 'جارٍ الإرسال…',
  coverDrop: 'أو اسحبها أو ألصقها هنا. JPEG أو PNG أو WebP أو AVIF، حتى 10 ميغابايت.',
  coverKind: 'ليست JPEG أو PNG أو WebP أو AVIF.',
  coverLarge: 'هذا الملف أكبر من 10 ميغابايت.',
  coverAlt: 'ما تُظهره الصورة',
  coverAltHint: 'لمن لا يرونها.',
  coverAcross: 'الجزء الظاهر: من اليسار إلى اليمين',
  coverDown: 'الجزء الظاهر: من الأعلى إلى الأسفل',
  coverFocusHint: 'حيث تضيق الصفحة يبقى هذا الجزء ظاهرًا. ويمكنك النقر عليه في الصورة.',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
