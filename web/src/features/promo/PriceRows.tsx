import type { Line } from '../../../../contract/holds.ts';
import type { Money, OrderParts } from '../../../../contract/money.ts';
import { locale } from '../../ui/language.ts';
import { formatMoney } from '../../ui/Money.tsx';
import { taxesOf } from './promo.ts';
import { t } from './words.ts';

/** At a line: that its ticket comes from another person at face value. */
export const ResaleNote = ({ line }: { line: Line }) =>
  line.isResale ? <p className="text-sm text-muted">{t('fromAnother')}</p> : null;

/** Below the lines: the booking fee of the order itself, if there is one. */
export function OrderFeeRow({ fee }: { fee: Money }) {
  if (fee.amount === 0) return null;
  return (
    <li className="flex flex-wrap justify-between gap-x-4 py-3">
      <span>{t('orderFee')}</span>
      <bdi className="whitespace-nowrap">{formatMoney(fee)}</bdi>
    </li>
  );
}

/** Below the total: the taxes and booking fees that it contains. Nothing if it contains none. */
export function IncludedParts({ lines, parts }: { lines: Line[]; parts: OrderParts }) {
  const texts = taxesOf(lines).map(({ name, ratePercent, tax }) =>
    t('includesTax', { name, rate: percent(ratePercent), amount: formatMoney(tax) }),
  );
  if (parts.fee.amount > 0) texts.push(t('includesFee', { amount: formatMoney(parts.fee) }));
  if (parts.feeTax.amount > 0) texts.push(t('includesFeeTax', { amount: formatMoney(parts.feeTax) }));
  if (texts.length === 0) return null;
  return (
    <ul className="text-sm text-muted">
      {texts.map((text) => (
        <li key={text} className="break-words">
          {text}
        </li>
      ))}
    </ul>
  );
}

const percent = (rate: number): string =>
  new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 4 }).format(rate / 100);
