import { Link } from '@tanstack/react-router';
import type { OrderId } from '../../../../contract/ids.ts';
import type { OrderHistoryEntry } from '../../../../contract/order-desk.ts';
import type { TicketEvent } from '../../../../contract/ticket-history.ts';
import { paths } from '../../paths.ts';
import { formatMoney } from '../../ui/Money.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { formatWhen } from '../../ui/When.tsx';
import { t as tTransfer } from '../transfer/words.ts';
import { t } from './words.ts';

export const isTicketEvent = (item: OrderHistoryEntry): item is TicketEvent =>
  item.kind === 'transfer' || item.kind === 'rename' || item.kind === 'exchange' || item.kind === 'resale';

/** What happened to the tickets of an order: who passed on, renamed, exchanged or resold which ticket, when, and for how much. The oldest comes first. */
export function TicketHistory({ orderId, items }: { orderId: OrderId; items: OrderHistoryEntry[] }) {
  // An offer says what has become of it.
  const shown = items
    .filter(isTicketEvent)
    .filter((item) => item.kind !== 'transfer' || item.became === 'offered')
    .toReversed();
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby="history" className="mt-10 max-w-xl">
      <h2 id="history" className="text-xl font-bold tracking-tight">
        {t('history')}
      </h2>
      <ul className="mt-3 divide-y divide-line border-y border-line">
        {shown.map((item) => (
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

function whatOf(item: TicketEvent): string {
  switch (item.kind) {
    case 'resale':
      return t('historyResale', { amount: formatMoney(item.resale.price) });
    case 'transfer': {
      const { from, to } = item.transfer;
      return tTransfer('fromTo', { from: from.name, to: to.name ? `${to.name} (${to.email})` : to.email });
    }
    case 'rename': {
      const { from, to } = item.rename;
      return tTransfer('fromTo', { from: from ?? t('noName'), to: to ?? t('noName') });
    }
    case 'exchange':
      return tTransfer('fromTo', { from: placeOf(item.exchange.from), to: placeOf(item.exchange.to) });
  }
}

function placeOf({ ticketTypeName, place }: Exchange['from']): string {
  const seat = place && (place.row === '' ? tTransfer('seatNameNoRow', place) : tTransfer('seatName', place));
  return [ticketTypeName, seat].filter(Boolean).join(', ');
}

type Exchange = Extract<TicketEvent, { kind: 'exchange' }>['exchange'];

function stateOf(item: TicketEvent): string {
  switch (item.kind) {
    case 'resale': {
      const { status, back } = item.resale;
      return status === 'sold' ? t('resale_sold', { amount: formatMoney(back) }) : t(`resale_${status}`);
    }
    case 'transfer':
      return tTransfer(`${item.transfer.status}Status`);
    case 'rename':
      return t('historyRenamed');
    case 'exchange': {
      const { status, pay, back } = item.exchange;
      if (status !== 'done') return t(status === 'pending' ? 'historyPending' : 'historyUnpaid');
      if (pay.amount > 0) return t('historyPaid', { amount: formatMoney(pay) });
      return back.amount > 0 ? t('historyBack', { amount: formatMoney(back) }) : t('historyExchanged');
    }
  }
}

const whoOf = ({ by, byName }: TicketEvent): string =>
  byName
    ? t(by === 'organiser' ? 'byTeamNamed' : 'byNamed', { name: byName })
    : t(by === 'organiser' ? 'byTeam' : 'byHolder');

/** The way to the other order of an exchange, or to the order that bought the ticket. */
function OtherOrder({ orderId, item }: { orderId: OrderId; item: TicketEvent }) {
  const exchange = item.kind === 'exchange' ? item.exchange : null;
  const isOld = !exchange || exchange.fromOrderId === orderId;
  const toOrderId = item.kind === 'resale' ? item.resale.toOrderId : exchange?.toOrderId;
  const other = isOld ? toOrderId : exchange.fromOrderId;
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
