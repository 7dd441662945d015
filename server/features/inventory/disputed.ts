import type { Currency } from '../../../contract/money.ts';
import { formatMoney } from '../../../contract/money.ts';
import { type Refusal, refuse, type SoldOrder } from './inventory.ts';

/** Decision: refuses a refund while disputes have money of the order; null if they have none. */
export function refuseDisputed(
  { disputedMinor }: Pick<SoldOrder, 'disputedMinor'>,
  currency: Currency,
): Refusal | null {
  if (disputedMinor === 0) return null;
  const disputed = { amount: disputedMinor, currency };
  const detail = `The buyer's bank disputes ${formatMoney(disputed, 'en')} of this order. What it decides settles the money.`;
  return refuse('order_disputed', { disputed, detail });
}
