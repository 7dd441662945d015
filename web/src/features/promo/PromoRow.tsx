import type { Line } from '../../../../contract/holds.ts';
import { formatMoney } from '../../ui/Money.tsx';
import { reductionOf } from './promo.ts';
import { t } from './words.ts';

/** Below the lines at full price: the promo code and its reduction, if there is one. */
export function PromoRow({ lines }: { lines: Line[] }) {
  const reduction = reductionOf(lines);
  if (!reduction) return null;
  const { code, off } = reduction;
  return (
    <li className="flex flex-wrap justify-between gap-x-4 py-3 text-good">
      <span className="min-w-0">
        {t('code')} <bdi className="font-semibold break-words">{code}</bdi>
      </span>
      {off.amount > 0 && (
        <bdi className="whitespace-nowrap">{formatMoney({ ...off, amount: -off.amount })}</bdi>
      )}
    </li>
  );
}
