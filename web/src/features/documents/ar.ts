import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const ar = {
  // في صفحة الطلب
  title: 'الإيصالات والفواتير',
  receipt: 'إيصال {number}',
  invoice: 'فاتورة {number}',
  credit_note: 'إشعار دائن {number}',
  refund: 'عن مبلغ مسترد',
  correction: 'حلت محله فاتورة جديدة',
  open: 'فتح PDF',
  offline: 'تحتاج إيصالاتك إلى اتصال.',
  failed: 'تعذر تحميل الإيصالات.',
  retry: 'حاول مرة أخرى',
  ask: 'الحصول على فاتورة بعنوان',
  change: 'تصحيح عنوان الفاتورة',
  noneLeft:
    'صُحح العنوان {count, plural, zero {مرات عدة} one {مرة واحدة} two {مرتين} few {# مرات} many {# مرة} other {# مرة}}. اطلب المساعدة من المنظم.',
  nothingLeft: 'رُد الثمن كله، فلم يبق ما تصدر به فاتورة.',
  done: 'الفاتورة الجديدة جاهزة.',
  doneReceipt: 'حُفظ العنوان. لم يُدخل المنظم عنوانه، لذلك تحصل على إيصال.',
  dialogTitle: 'لمن الفاتورة؟',
  dialogText: 'المستند الصادر لا يتغير أبدًا. يلغيه إشعار دائن وتحصل على مستند جديد.',
  correctionsLeft:
    'يمكنك فعل ذلك {count, plural, zero {الآن فقط} one {مرة واحدة أخرى} two {مرتين أخريين} few {# مرات أخرى} many {# مرة أخرى} other {# مرة أخرى}}.',
  close: 'إغلاق',
  send: 'الحصول على الفاتورة',
  // حقول العنوان
  invoiceChoice: 'الفاتورة',
  want: 'أحتاج إلى فاتورة بعنوان',
  wantText: 'تصلك الفاتورة مع تذاكرك. إذا لم يُدخل المنظم عنوانه، تحصل على إيصال.',
  name: 'الشركة أو الشخص',
  line1: 'الشارع والرقم',
  line2: 'العنوان، السطر الثاني',
  optional: 'إن وُجد.',
  postcode: 'الرمز البريدي',
  city: 'المدينة',
  country: 'البلد',
  chooseCountry: 'اختر بلدًا',
  countryWrong: 'اختر البلد.',
  vatId: 'الرقم الضريبي',
  vatIdHint: 'إن وُجد، مثلًا DE123456789.',
  vatIdWrong: 'من 4 إلى 20 حرفًا ورقمًا.',
  reference: 'مرجعك',
  referenceHint: 'إن طلبته شركتك: رقم طلب أو مركز تكلفة.',
  // في صفحة الفريق
  sellerTitle: 'أنتم بصفتكم البائع',
  sellerText:
    'يرى المشترون هذه البيانات على الإيصالات والفواتير. وبدونها يحصلون على إيصالات باسم مؤسستكم من غير فواتير.',
  legalName: 'الاسم القانوني',
  registration: 'رقم السجل أو الرقم الضريبي المحلي',
  registrationHint: 'إن طلبه القانون، مثلًا HRB 12345 B.',
  taxNote: 'لماذا لا توجد ضريبة',
  taxNoteHint: 'يظهر في المستندات إذا كانت التذكرة بلا ضريبة.',
  numberPrefix: 'بداية الأرقام',
  numberPrefixHint: 'تبدو الأرقام هكذا: {example}. ولا فجوات بينها.',
  numberPrefixWrong: 'حتى 10 حروف وأرقام وشرطات.',
  save: 'حفظ بيانات البائع',
  saved: 'حُفظ. ستحمل المستندات القادمة هذه البيانات.',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
