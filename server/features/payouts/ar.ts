import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const ar = {
  statement: 'كشف دفعة',
  organiser: 'المنظِّم',
  platform: 'المنصة',
  paidAt: 'تاريخ الدفع',
  reference: 'المرجع',
  earned: 'المكتسب',
  inTill: 'في صندوقك الخاص',
  paidBefore: 'المدفوع سابقًا',
  amount: 'في هذه الدفعة',
  sales: 'المبيعات',
  refunds: 'المبالغ المستردة',
  disputes: 'النزاعات',
  fees: 'رسوم الحجز',
  paidOut: 'المدفوع',
  balances:
    'مبالغ كل فعالية هي مبالغ دفاترها حتى هذه الدفعة. يشمل المكتسب ضريبة التذاكر التي يدين بها المنظِّم لمصلحة الضرائب. المبلغ الأقل من الصفر يسوّي ما كان على المنظِّم لتلك الفعالية.',
} as const;

export default ar satisfies TranslationOf<typeof en, typeof ar>;
