import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const ar = {
  // ملف PDF
  document: '{event}: الطلب {number}',
  ticketOf: 'التذكرة {n} من {count}',
  venue: 'المكان',
  doors: 'فتح الأبواب',
  extra: 'إضافة',
  showExtra: 'أظهره للاستلام',
  byPost: 'تصلك بالبريد',
  nothingToCollect: 'لا شيء للاستلام',
  admission: 'الدخول',
  section: 'القسم',
  row: 'الصف',
  seat: 'المقعد',
  name: 'الاسم',
  bookedBy: 'باسم',
  ticket: 'التذكرة',
  price: 'السعر',
  free: 'مجانًا',
  order: 'الطلب',
  show: 'أظهر هذا الرمز عند المدخل',
  once: 'يُدخل هذا الرمز شخصًا واحدًا مرة واحدة. العبرة بأول مسح: احتفظ به لنفسك ولا تشارك صورة منه.',
  howTo: 'اطبع هذه الصفحة أو أظهرها على هاتف، وارفع سطوع الشاشة وأظهر الرمز كاملًا.',
  questions: 'للأسئلة أو التغييرات: افتح الطلب {number} حيث اشتريته.',
  // التقويم
  doorsOpen: 'تُفتح الأبواب الساعة {time}.',
  calendarNote: 'الطلب {number}. تذاكرك:',
  calendarJoin: 'الحضور عبر الإنترنت:',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
