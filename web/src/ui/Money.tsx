import { minorDigits } from '../../../contract/currencies.ts';
import type { Money as Amount } from '../../../contract/money.ts';
import { locale } from './language.ts';

/** Formats an amount. Whole amounts lose their ",00". Intl knows other decimals than ISO 4217 for some currencies. */
export function formatMoney({ amount, currency }: Amount): string {
  const decimals = minorDigits(currency);
  const value = amount / 10 ** decimals;
  const digits = Number.isInteger(value) ? 0 : decimals;
  return new Intl.NumberFormat(locale(), {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

/** A price. If there is nothing to pay, it shows the caller's word for that, if given. */
export function Money({ value, free }: { value: Amount; free?: string }) {
  return <bdi className="whitespace-nowrap">{value.amount === 0 && free ? free : formatMoney(value)}</bdi>;
}
