import { useEffect, useRef } from 'react';
import { addressOf } from '../../../../client/endpoint.ts';
import { getDoorSaleTickets } from '../../../../client/endpoints.generated.ts';
import type { DoorSale } from '../../../../contract/door-sales.ts';
import type { EventId } from '../../../../contract/ids.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { formatMoney } from '../../ui/Money.tsx';
import { t } from './words.ts';

/** The tickets of a sale: codes for the buyer's camera or the door's scanner, and paper. */
export function Sold({
  eventId,
  sale: { order, codes },
  onNext,
}: {
  eventId: EventId;
  sale: DoorSale;
  onNext: () => void;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  // The heading has the focus and not a button, so that the second of two Enters does nothing.
  useEffect(() => heading.current?.focus(), []);
  const place = (ticketId: string) => {
    const ticket = order.tickets.find(({ id }) => id === ticketId);
    return [ticket?.ticketTypeName, ticket?.place && `${ticket.place.row}${ticket.place.seat}`]
      .filter(Boolean)
      .join(' · ');
  };
  return (
    <section className="mt-6">
      <h2 ref={heading} tabIndex={-1} className="text-xl font-bold">
        {t('sold', { count: order.tickets.length, amount: formatMoney(order.total) })}
      </h2>
      <p className="text-muted">{t('order', { number: order.number })}</p>
      <ul className="mt-4 grid gap-4 sm:grid-cols-2">
        {codes.map(({ ticketId, svg }, index) => (
          <li key={ticketId} className="rounded-card border border-line bg-raised p-4">
            <img
              className="mx-auto w-full max-w-60 rounded-field bg-white"
              src={`data:image/svg+xml,${encodeURIComponent(svg)}`}
              alt={t('code', { n: index + 1 })}
            />
            <p className="mt-2 text-center font-semibold wrap-anywhere">
              <bdi>{place(ticketId)}</bdi>
            </p>
          </li>
        ))}
      </ul>
      <div className="mt-6 flex flex-wrap gap-3">
        <Button onClick={onNext}>{t('next')}</Button>
        <a
          href={addressOf(getDoorSaleTickets, { params: { eventId, orderId: order.id } })}
          target="_blank"
          rel="noreferrer"
          className={buttonClass('quiet')}
        >
          {t('print')}
        </a>
      </div>
    </section>
  );
}
