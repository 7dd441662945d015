import { type Currency, formatMoney, maxAmountMinor } from '../../../contract/money.ts';
import { type Refusal, refuse } from './inventory.ts';

/** Decision: refuses an order whose total does not fit its column. Such a write would fail the whole batch. */
export function overAmount(totalMinor: number, currency: Currency): Refusal | null {
  if (totalMinor <= maxAmountMinor) return null;
  const [total, limit] = [totalMinor, maxAmountMinor].map((amount) =>
    formatMoney({ amount, currency }, 'en'),
  );
  return refuse('amount_too_large', {
    detail: `These tickets cost ${total} in total. One order may cost ${limit} at most.`,
    limit: { amount: maxAmountMinor, currency },
  });
}
