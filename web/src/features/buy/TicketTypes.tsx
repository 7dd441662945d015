import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Event, TicketType } from '../../../../contract/events.ts';
import type { Money as Price } from '../../../../contract/money.ts';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { useNowMs } from '../../ui/clock.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Money } from '../../ui/Money.tsx';
import { Stepper } from '../../ui/Stepper.tsx';
import { formatWhen } from '../../ui/When.tsx';
import type { Snapshot } from './availability.ts';
import { Left } from './Left.tsx';
import { mostOf, windowState } from './sale.ts';
import { t } from './words.ts';

interface RowProps {
  event: Event;
  type: TicketType;
  /** What it costs this buyer. */
  price: Price;
  /** Undefined until the first answer. */
  left: number | undefined;
  /** The same with the places that the buyer holds and may exchange. */
  free: number | undefined;
  /** How many the buyer holds. */
  mine: number;
  quantity: number;
  others: number;
  open: boolean;
  onChange: (quantity: number) => void;
  notes: ReactNode;
}

/** A ticket type of places without numbers, and how many of them the buyer chooses. */
export function TypeRow({
  event,
  type,
  price,
  left,
  free,
  mine,
  quantity,
  others,
  open,
  onChange,
  notes,
}: RowProps) {
  const sale = windowState(type, useNowMs(15_000));
  const most = mostOf(event, type, free ?? 0, others);
  return (
    <li className="flex flex-wrap items-center justify-between gap-4 py-4">
      <div className="min-w-0 grow basis-32">
        <p className="font-semibold">
          <bdi>{type.name}</bdi>
        </p>
        {type.description && (
          <p className="text-sm text-muted">
            <bdi>{type.description}</bdi>
          </p>
        )}
        <p className="mt-1">
          <Priced type={type} price={price} />
          <Left left={left} mine={mine} />
        </p>
        {notes}
      </div>
      {sale === 'soon' && type.saleStartsAt && (
        <p className="text-end text-sm text-muted">
          {t('typeSoon', { when: formatWhen(type.saleStartsAt, event.timeZone) })}
        </p>
      )}
      {sale === 'ended' && <p className="text-end text-sm text-muted">{t('typeEnded')}</p>}
      {sale === 'open' && open && (free === undefined || free > 0 || quantity > 0) && (
        <Stepper
          label={type.name}
          fewer={t('fewer')}
          more={t('more')}
          value={quantity}
          max={Math.max(most, 0)}
          onChange={onChange}
        />
      )}
    </li>
  );
}

/** What a ticket costs this buyer, after the price without their code. */
const Priced = ({ type, price }: { type: TicketType; price: Price }) => (
  <span>
    {price.amount < type.price.amount && (
      <s className="me-2 text-muted">
        <Money value={type.price} />
      </s>
    )}
    <Money value={price} free={t('free')} />
  </span>
);

/** Numbered seats: the price of each zone, and the link to the map. */
export function Seats({
  event,
  types,
  availability,
  placesOf,
  priceOf,
  notesOf,
  open,
}: {
  event: Event;
  types: TicketType[];
  availability: Snapshot | undefined;
  placesOf: (ticketTypeId: string) => number;
  priceOf: (type: TicketType) => Price;
  notesOf: (type: TicketType) => ReactNode;
  open: boolean;
}) {
  return (
    <>
      <ul className="mt-3 divide-y divide-line">
        {types.map((type) => (
          <li key={type.id} className="flex flex-wrap items-baseline justify-between gap-x-4 py-3">
            <div>
              <bdi className="font-semibold">{type.name}</bdi>
              <Left left={availability?.available[type.id]} mine={placesOf(type.id)} />
              {notesOf(type)}
            </div>
            <Priced type={type} price={priceOf(type)} />
          </li>
        ))}
      </ul>
      {open && (
        <>
          <Link
            to={paths.seats}
            params={{ slug: event.slug }}
            className={buttonClass('primary', 'large', 'mt-4 w-full')}
          >
            <Icon name="chair" />
            {t('chooseSeats')}
          </Link>
          <p className="mt-3 text-sm text-muted">{t('chooseSeatsText')}</p>
        </>
      )}
    </>
  );
}
