import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const ar = {
  settlement: 'كشف التسوية',
  organiser: 'المنظّم',
  platform: 'المنصة',
  period: 'الأيام',
  fromTo: 'من {from} إلى {to}',
  noSales: 'لم تتحرك أي أموال',
  drawn: 'تاريخ الإعداد',
  sales: 'المبيعات',
  refunds: 'المبالغ المستردة',
  byHand: 'كيف وصلت الأموال',
  takenBy: 'قُبضت لدى',
  taken: 'المقبوض',
  returned: 'المُعاد',
  rest: 'الفرق',
  provider: 'مزوّد الدفع',
  till: 'المنظّم عند الباب، نقدًا أو بقارئ البطاقات',
  byDay: 'حسب اليوم',
  day: 'اليوم',
  disputes: 'النزاعات',
  fees: 'رسوم الحجز',
  feesColumn: 'الرسوم',
  net: 'المكتسب',
  discounts: 'الخصومات، محسومة سلفًا',
  unsent: 'منها لم يُرسل بعد',
  other: 'حركات أخرى',
  inTill: 'في صندوق المنظّم',
  owed: 'مستحق للمنظّم',
  balances:
    'تنتج كل المبالغ عن قيود هذه الأيام بالمنطقة الزمنية للفعالية. يشمل المكتسب ضريبة التذاكر التي يدين بها المنظّم لمصلحة الضرائب.',
  feesNote: 'تتقاضى المنصة رسوم الحجز. الرسوم التي دفعها المشترون محسوبة ضمن المبيعات.',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
