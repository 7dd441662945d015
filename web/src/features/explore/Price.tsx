import type { EventSummary } from '../../../../contract/events.ts';
import { formatMoney } from '../../ui/Money.tsx';
import { t } from './words.ts';

/** What an event costs, in a word or two; or why nobody can buy it. */
export function Price({ event }: { event: EventSummary }) {
  if (event.status === 'cancelled') return <span className="text-bad">{t('cancelled')}</span>;
  if (event.soldOut) return <span className="text-bad">{t('soldOut')}</span>;
  if (event.priceFrom === null) return null;
  if (event.priceTo?.amount === 0) return t('free');
  const single = event.priceFrom.amount === event.priceTo?.amount;
  return single ? formatMoney(event.priceFrom) : t('from_price', { price: formatMoney(event.priceFrom) });
}
