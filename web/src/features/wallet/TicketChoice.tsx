import type { Order } from '../../../../contract/orders.ts';
import { formatMoney } from '../../ui/Money.tsx';
import { isOwnValid } from './say-order.ts';
import { t } from './words.ts';

export type TicketId = Order['tickets'][number]['id'];

/** Chooses among the valid tickets of an order. */
export function TicketChoice({
  order,
  chosen,
  onChange,
}: {
  order: Order;
  chosen: TicketId[];
  onChange: (ids: TicketId[]) => void;
}) {
  return (
    <fieldset className="mt-4">
      <legend className="font-semibold">{t('cancelWhich')}</legend>
      <ul className="mt-2 divide-y divide-line border-y border-line">
        {order.tickets.map((ticket, index) => {
          if (!isOwnValid(ticket)) return null;
          const isChosen = chosen.includes(ticket.id);
          const others = chosen.filter((id) => id !== ticket.id);
          return (
            <li key={ticket.id}>
              <label className="flex min-h-12 items-center gap-3 py-2">
                <input
                  type="checkbox"
                  className="size-5 shrink-0 accent-accent"
                  checked={isChosen}
                  onChange={() => onChange(isChosen ? others : [...others, ticket.id])}
                />
                <span className="min-w-0 grow break-words">
                  {t('ticketOf', { n: index + 1, count: order.tickets.length })}
                  {' · '}
                  <bdi>{ticket.ticketTypeName}</bdi>
                  {ticket.place && <span className="block text-sm text-muted">{seatOf(ticket.place)}</span>}
                  {ticket.attendeeName && (
                    <span className="block text-sm text-muted">
                      <bdi>{ticket.attendeeName}</bdi>
                    </span>
                  )}
                </span>
                <bdi className="whitespace-nowrap">
                  {ticket.price.amount === 0 ? t('free') : formatMoney(ticket.price)}
                </bdi>
              </label>
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}

const seatOf = ({ section, row, seat }: NonNullable<Order['tickets'][number]['place']>): string =>
  row === '' ? t('seatNameNoRow', { section, seat }) : t('seatName', { section, row, seat });
