import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { OrderId } from '../../../../contract/ids.ts';
import type { TicketEvent } from '../../../../contract/ticket-history.ts';
import { paths } from '../../paths.ts';
import { formatMoney } from '../../ui/Money.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { formatWhen } from '../../ui/When.tsx';
import { t as tTransfer } from '../transfer/words.ts';
import { ticketHistoryQuery } from './queries.ts';
import { t } from './words.ts';

/** What happened to the tickets of an order: who passed on, renamed, exchanged or resold which ticket, when, and for how much. */
export function TicketHistory({ orderId }: { orderId: OrderId }) {
  const { data } = useQuery(ticketHistoryQuery(orderId));
  if (!data || data.items.length === 0) return null;
  return (
    <section aria-labelledby="history" className="mt-10 max-w-xl">
      <h2 id="history" className="text-xl font-bold tracking-tight">
        {t('history')}
      </h2>
      <ul className="mt-3 divide-y divide-line border-y border-line">
        {data.items.map((item) => (
          <li key={`${item.kind} ${item.ticketId} ${item.at}`} className="py-3 wrap-anywhere">
            <p>{whatOf(item)}</p>
            <p className="text-sm text-muted">
              {[stateOf(item), whoOf(item), formatWhen(item.at, ownTimeZone())].join(' · ')}
            </p>
            <OtherOrder orderId={orderId} item={item} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function whatOf({ transfer, rename, exchange, resale }: TicketEvent): string {
  if (resale) return t('historyResale', { amount: formatMoney(resale.price) });
  if (transfer) {
    const { from, to } = transfer;
    return tTransfer('fromTo', { from: from.name, to: to.name ? `${to.name} (${to.email})` : to.email });
  }
  if (rename) return tTransfer('fromTo', { from: rename.from ?? t('noName'), to: rename.to ?? t('noName') });
  return exchange ? tTransfer('fromTo', { from: placeOf(exchange.from), to: placeOf(exchange.to) }) : '';
}

function placeOf({ ticketTypeName, place }: NonNullable<TicketEvent['exchange']>['from']): string {
  const seat = place && (place.row === '' ? tTransfer('seatNameNoRow', place) : tTransfer('seatName', place));
  return [ticketTypeName, seat].filter(Boolean).join(', ');
}

function stateOf({ transfer, exchange, resale }: TicketEvent): string {
  if (resale?.status === 'sold') return t('resale_sold', { amount: formatMoney(resale.back) });
  if (resale) return t(`resale_${resale.status}`);
  if (transfer) return tTransfer(`${transfer.status}Status`);
  if (!exchange) return t('historyRenamed');
  const { status, pay, back } = exchange;
  if (status !== 'done') return t(status === 'pending' ? 'historyPending' : 'historyUnpaid');
  if (pay.amount > 0) return t('historyPaid', { amount: formatMoney(pay) });
  return back.amount > 0 ? t('historyBack', { amount: formatMoney(back) }) : t('historyExchanged');
}

const whoOf = ({ by, byName }: TicketEvent): string =>
  byName
    ? t(by === 'organiser' ? 'byTeamNamed' : 'byNamed', { name: byName })
    : t(by === 'organiser' ? 'byTeam' : 'byHolder');

/** The way to the other order of an exchange, or to the order that bought the ticket. */
function OtherOrder({ orderId, item: { exchange, resale } }: { orderId: OrderId; item: TicketEvent }) {
  const isOld = !exchange || exchange.fromOrderId === orderId;
  const other = exchange ? (isOld ? exchange.toOrderId : exchange.fromOrderId) : resale?.toOrderId;
  if (!other) return null;
  return (
    <Link
      to={paths.soldOrder}
      params={{ orderId: other }}
      className="text-sm font-semibold text-accent underline underline-offset-2"
    >
      {t(isOld ? 'toNewOrder' : 'toOldOrder')}
    </Link>
  );
}
