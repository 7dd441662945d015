import type { Line } from '../../../../contract/holds.ts';
import type { Money } from '../../../../contract/money.ts';

/** The price of a line's places without a promo code. */
export function fullPriceOf({ promo, unitPrice, quantity }: Line): Money {
  const { amount, currency } = promo?.fullUnitPrice ?? unitPrice;
  return { amount: amount * quantity, currency };
}

/** The promo code of a hold or an order, and its reduction; null if there is none. */
export function reductionOf(lines: Line[]): { code: string; off: Money } | null {
  const reduced = lines.filter((line) => line.promo);
  const [first] = reduced;
  if (!first?.promo) return null;
  const off = reduced.reduce(
    (sum, line) => sum + fullPriceOf(line).amount - line.unitPrice.amount * line.quantity,
    0,
  );
  return { code: first.promo.code, off: { amount: off, currency: first.unitPrice.currency } };
}

/** The tax on the tickets, summed by name and rate. */
export function taxesOf(lines: Line[]): { name: string; ratePercent: number; tax: Money }[] {
  const taxes = new Map<string, { name: string; ratePercent: number; tax: Money }>();
  for (const { tax, quantity, unitParts } of lines) {
    if (!tax || unitParts.tax.amount === 0) continue;
    const { name, ratePercent } = tax;
    const before = taxes.get(`${ratePercent} ${name}`)?.tax.amount ?? 0;
    const amount = before + quantity * unitParts.tax.amount;
    taxes.set(`${ratePercent} ${name}`, { name, ratePercent, tax: { ...unitParts.tax, amount } });
  }
  return [...taxes.values()];
}
