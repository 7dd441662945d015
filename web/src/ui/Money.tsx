import type { Money as Amount } from '../../../contract/money.ts';
import { locale } from './language.ts';

/** Formats an amount. Whole amounts lose their ",00"; Intl knows how many decimals a currency has. */
export function formatMoney({ amount, currency }: Amount): string {
  const plain = new Intl.NumberFormat(locale(), { style: 'currency', currency });
  const decimals = plain.resolvedOptions().maximumFractionDigits ?? 2;
  const value = amount / 10 ** decimals;
  if (!Number.isInteger(value)) return plain.format(value);
  return new Intl.NumberFormat(locale(), { style: 'currency', currency, maximumFractionDigits: 0 }).format(
    value,
  );
}

/** A price. If there is nothing to pay, it shows the caller's word for that, if given. */
export function Money({ value, free }: { value: Amount; free?: string }) {
  return <bdi className="whitespace-nowrap">{value.amount === 0 && free ? free : formatMoney(value)}</bdi>;
}
