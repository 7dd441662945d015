import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const ar = {
  receipt: 'إيصال',
  invoice: 'فاتورة',
  creditNote: 'إشعار دائن',
  seller: 'البائع',
  buyer: 'المشتري',
  vatId: 'الرقم الضريبي: {id}',
  reference: 'مرجعك: {reference}',
  // البيانات تحت العنوان
  number: 'الرقم',
  issued: 'تاريخ الإصدار',
  paid: 'تاريخ الدفع',
  order: 'الطلب',
  event: 'الفعالية',
  eventDate: 'تاريخ الفعالية',
  corrected: 'يخص المستند',
  correctedOf: '{number} بتاريخ {date}',
  // الجدول
  item: 'البند',
  quantity: 'الكمية',
  unitPrice: 'سعر الوحدة',
  taxRate: 'نسبة الضريبة',
  net: 'الصافي',
  total: 'الإجمالي',
  ticketFees: 'رسوم الحجز لكل تذكرة',
  orderFee: 'رسوم حجز الطلب',
  rate: '{name} {rate}',
  untaxed: 'بلا ضريبة',
  discount: 'الخصم، وقد طُرح من قبل',
  allNet: 'إجمالي الصافي',
  allTax: 'الضريبة',
  allTotal: 'المبلغ الإجمالي',
  allBack: 'إجمالي المبلغ المسترجع',
  // المجاميع حسب النسبة
  byRate: 'الضريبة حسب النسبة',
  chargedBy: 'يتقاضاها',
  platform: 'منصة التذاكر',
  // ملاحظات
  isPaid: 'دُفع المبلغ كاملًا، ولا يوجد مبلغ مستحق.',
  refunded: 'يعود هذا المبلغ إلى المشتري بطريقة الدفع نفسها.',
  replaced: 'لا ينقل هذا الإشعار أي مال. إنه يلغي مستندًا يحل محله مستند جديد.',
  fees: 'تتقاضى {platform} رسوم الحجز. ويصدر {seller} هذا المستند باسم الطرفين.',
  pageOf: 'صفحة {n} من {count}',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
