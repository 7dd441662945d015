import type { OrderHistoryEntry } from '../../../../contract/order-desk.ts';
import type { Order } from '../../../../contract/orders.ts';
import type { TicketEvent } from '../../../../contract/ticket-history.ts';
import { formatMoney } from '../../ui/Money.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { When } from '../../ui/When.tsx';
import { sayAct, sayActor } from '../log/say-entry.ts';
import { sayKind } from '../messages/say-kind.ts';
import { t as messageWords } from '../messages/words.ts';
import { sayMovement } from './say-movement.ts';
import { isTicketEvent } from './TicketHistory.tsx';
import { nameOf } from './ticket-name.ts';
import { t } from './words.ts';

/** Everything that happened to an order, the latest first. Notes and what happened to its tickets have their own lists. */
export function OrderHistory({ order, items }: { order: Order; items: OrderHistoryEntry[] }) {
  const shown = items.filter((item): item is Shown => item.kind !== 'note' && !isTicketEvent(item));
  return (
    <details className="mt-10">
      <summary className="min-h-11 cursor-pointer py-2 text-xl font-bold tracking-tight">
        {t('historyCount', { count: shown.length })}
      </summary>
      <ol className="mt-3 divide-y divide-line border-y border-line">
        {shown.map((item, index) => (
          // Entries have no ids, and the list is only replaced as a whole.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={index} className="py-3 wrap-anywhere">
            <p>{say(item, order)}</p>
            <p className="text-sm text-muted">
              <When at={item.at} timeZone={ownTimeZone()} />
              {details(item) && ` · ${details(item)}`}
            </p>
          </li>
        ))}
      </ol>
    </details>
  );
}

type Shown = Exclude<OrderHistoryEntry, TicketEvent | { kind: 'note' }>;

function say(item: Shown, order: Order): string {
  const ticketOf = (id: string) => {
    const ticket = order.tickets.find((each) => each.id === id);
    return ticket ? nameOf(ticket) : id;
  };
  switch (item.kind) {
    case 'ordered':
      return t('h_ordered');
    case 'confirmed':
      return t('h_confirmed');
    case 'payment':
      return `${t('h_payment')}: ${formatMoney(item.amount)}`;
    case 'refund':
      return `${t('refund')}: ${formatMoney(item.amount)}`;
    case 'booked':
      return `${sayMovement(item.entry.kind)}: ${t(`a_${item.entry.from}`)} → ${t(`a_${item.entry.to}`)}, ${formatMoney(item.entry.amount)}`;
    case 'ticket':
      return `${t(`h_${item.became}`)}: ${ticketOf(item.ticketId)}`;
    case 'message':
      return `${sayKind(item.message.kind)}: ${messageWords(item.message.state)}`;
    case 'act':
      return sayAct(item.act);
  }
}

function details(item: Shown): string | null {
  if (item.kind === 'payment' || item.kind === 'refund') return item.reference ?? item.provider;
  if (item.kind === 'message') return item.message.recipient;
  return item.kind === 'act' ? sayActor(item.actor) : null;
}
