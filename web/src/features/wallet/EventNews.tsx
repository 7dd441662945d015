import type { Order } from '../../../../contract/orders.ts';
import { placeLine } from '../../../../contract/place.ts';
import { Notice } from '../../ui/Notice.tsx';
import { formatWhen } from '../../ui/When.tsx';
import { moneyOf } from './say-order.ts';
import { t } from './words.ts';

/** What the organiser did with the event after the purchase, and what the buyer can choose. */
export function EventNews({ order }: { order: Order }) {
  const { event, soldAs, refundOffer, status } = order;
  if (event.cancellation) {
    const { reason, refund } = event.cancellation;
    const wasPaid = moneyOf(order) === 'paid';
    return (
      <Notice tone="bad" title={t('newsCancelled')} className="mt-6">
        <p dir="auto" className="wrap-anywhere">
          {reason}
        </p>
        {wasPaid && <p className="mt-1">{t(refund === 'full' ? 'newsFull' : 'newsNone')}</p>}
      </Notice>
    );
  }
  if (status !== 'confirmed' || !isMoved(order)) return null;
  const { startsAt, timeZone } = soldAs;
  return (
    <Notice tone="warn" title={t('newsMoved')} className="mt-6">
      <p>{t('newsBefore', { when: formatWhen(startsAt, timeZone, 'long'), place: placeOf(soldAs) })}</p>
      {refundOffer && (
        <p className="mt-1">{t('newsOffer', { when: formatWhen(refundOffer.until, event.timeZone) })}</p>
      )}
    </Notice>
  );
}

/** The same in two words, for a list of orders. */
export function EventMark({ order }: { order: Order }) {
  const isCancelled = order.event.cancellation !== null;
  if (!isCancelled && (order.status !== 'confirmed' || !isMoved(order))) return null;
  return (
    <span
      className={`inline-flex max-w-full items-center rounded-full px-3 py-1 text-sm font-semibold ${isCancelled ? 'bg-bad-soft text-bad' : 'bg-warn-soft text-warn'}`}
    >
      {t(isCancelled ? 'markCancelled' : 'markMoved')}
    </span>
  );
}

/** A buyer with an offer is told of it even if the event was moved back. */
const isMoved = ({ event, soldAs, refundOffer }: Order): boolean =>
  refundOffer !== null ||
  Date.parse(event.startsAt) !== Date.parse(soldAs.startsAt) ||
  placeOf(event) !== placeOf(soldAs);

const placeOf = ({ venueName, city }: Pick<Order['soldAs'], 'venueName' | 'city'>): string =>
  placeLine(venueName, city);
