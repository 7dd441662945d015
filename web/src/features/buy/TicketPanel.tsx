import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { Event, TicketType } from '../../../../contract/events.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { useNowMs } from '../../ui/clock.ts';
import { Icon } from '../../ui/Icon.tsx';
import { formatMoney, Money } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Stepper } from '../../ui/Stepper.tsx';
import { formatWhen } from '../../ui/When.tsx';
import { type Snapshot, useAvailability } from './availability.ts';
import { heldFor } from './held.ts';
import { type BuyState, buyState, mostOf, windowState } from './sale.ts';
import { refusalText, usePlaceHold } from './use-place-hold.ts';
import { t } from './words.ts';

/** With fewer places left than this, the number is shown. */
const FEW = 20;

/** Only needed by buyers who come back from the checkout. */
const HeldNotice = lazy(() => import('./HeldNotice.tsx').then((file) => ({ default: file.HeldNotice })));

export function TicketPanel({ event }: { event: Event }) {
  const availability = useAvailability(event.id);
  const [chosen, setChosen] = useState<Record<string, number>>({});
  const hold = usePlaceHold(event.id);
  const state = buyState(event, availability?.available, useNowMs(15_000));
  const open = state.kind === 'open';
  const general = event.ticketTypes.filter((type) => type.zone === null);
  const zoned = event.ticketTypes.filter((type) => type.zone !== null);
  const items = general.flatMap((type) => {
    const quantity = chosen[type.id] ?? 0;
    return quantity > 0 ? [{ ticketTypeId: type.id, quantity }] : [];
  });
  const count = items.reduce((sum, item) => sum + item.quantity, 0);
  const amount = general.reduce((sum, type) => sum + type.price.amount * (chosen[type.id] ?? 0), 0);
  const choose = (type: TicketType, quantity: number) => {
    hold.reset();
    setChosen({ ...chosen, [type.id]: quantity });
  };
  return (
    <section id="tickets" aria-labelledby="tickets-title">
      {heldFor(event.id) !== null && (
        <Suspense>
          <HeldNotice eventId={event.id} />
        </Suspense>
      )}
      <div className="rounded-3xl border border-line bg-raised p-5 shadow-lift sm:p-6">
        <h2 id="tickets-title" className="text-2xl font-bold tracking-tight">
          {t('tickets')}
        </h2>
        {!open && (
          <Notice tone={state.kind === 'cancelled' ? 'bad' : 'warn'} className="mt-4" live>
            {whyClosed(state, event)}
          </Notice>
        )}
        {zoned.length > 0 && <Seats event={event} types={zoned} availability={availability} open={open} />}
        {zoned.length > 0 && general.length > 0 && <h3 className="mt-8 font-bold">{t('standing')}</h3>}
        {general.length > 0 && (
          <ul className="mt-2 divide-y divide-line">
            {general.map((type) => (
              <TypeRow
                key={type.id}
                event={event}
                type={type}
                left={availability?.available[type.id]}
                quantity={chosen[type.id] ?? 0}
                others={count - (chosen[type.id] ?? 0)}
                open={open}
                onChange={(quantity) => choose(type, quantity)}
              />
            ))}
          </ul>
        )}
        {hold.isError && (
          <Notice tone="bad" className="mt-4" live>
            {refusalText(hold.error)}
          </Notice>
        )}
        {general.length > 0 && (
          <div className="mt-5 max-lg:hidden">
            <Button
              size="large"
              className="w-full"
              busy={hold.isPending}
              disabledBecause={open ? count === 0 && t('chooseFirst') : whyClosed(state, event)}
              aria-describedby={open && count === 0 ? 'choose-first' : undefined}
              onClick={() => hold.mutate({ items })}
            >
              {count === 0
                ? t('getTickets')
                : `${t('continue')} · ${formatMoney({ amount, currency: event.currency })}`}
            </Button>
            {open && count === 0 && (
              <p id="choose-first" className="mt-2 text-center text-sm text-muted">
                {t('chooseFirst')}
              </p>
            )}
          </div>
        )}
        <p className="mt-4 text-sm text-muted">
          {event.orderFee.amount > 0
            ? t('plusPerOrder', { amount: formatMoney(event.orderFee) })
            : t('totalIs')}{' '}
          {t('limit', { count: event.maxPerBuyer })}
        </p>
      </div>
      {state.kind !== 'over' && (
        <BuyBar
          event={event}
          closed={open ? null : whyClosed(state, event, 'short')}
          count={count}
          amount={amount}
          busy={hold.isPending}
          onBuy={() => hold.mutate({ items })}
          seated={general.length === 0}
        />
      )}
    </section>
  );
}

/** Why nothing can be bought now: as a sentence, or short enough for the bar at the bottom of a phone. */
function whyClosed(state: BuyState, { timeZone }: Event, length?: 'short'): string {
  switch (state.kind) {
    case 'soon': {
      const when = formatWhen(state.at, timeZone);
      return length ? t('typeSoon', { when }) : t('saleSoon', { when });
    }
    case 'soldOut':
      return t(length ? 'soldOut' : 'allSoldOut');
    case 'cancelled':
      return t('eventCancelled');
    case 'over':
      return t('eventOver');
    default:
      return t(length ? 'typeEnded' : 'saleEnded');
  }
}

interface RowProps {
  event: Event;
  type: TicketType;
  /** Undefined until the first answer. */
  left: number | undefined;
  quantity: number;
  others: number;
  open: boolean;
  onChange: (quantity: number) => void;
}

function TypeRow({ event, type, left, quantity, others, open, onChange }: RowProps) {
  const sale = windowState(type, useNowMs(15_000));
  const most = mostOf(event, type, left ?? 0, others);
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
          <Money value={type.price} free={t('free')} />
          <Left left={left} />
        </p>
      </div>
      {sale === 'soon' && type.saleStartsAt && (
        <p className="text-end text-sm text-muted">
          {t('typeSoon', { when: formatWhen(type.saleStartsAt, event.timeZone) })}
        </p>
      )}
      {sale === 'ended' && <p className="text-end text-sm text-muted">{t('typeEnded')}</p>}
      {sale === 'open' && open && (left === undefined || left > 0 || quantity > 0) && (
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

function Left({ left }: { left: number | undefined }) {
  if (left === undefined) return <Skeleton className="ms-2 inline-block h-4 w-20 align-middle" />;
  const text = left === 0 ? t('soldOut') : left <= FEW ? t('left', { count: left }) : null;
  if (text === null) return null;
  return (
    <span
      className={`ms-2 text-sm font-semibold ${left === 0 ? 'text-bad' : 'text-warn'}`}
      aria-live="polite"
    >
      {text}
    </span>
  );
}

/** Numbered seats: the price of each zone, and the link to the map. */
function Seats({
  event,
  types,
  availability,
  open,
}: {
  event: Event;
  types: TicketType[];
  availability: Snapshot | undefined;
  open: boolean;
}) {
  return (
    <>
      <ul className="mt-3 divide-y divide-line">
        {types.map((type) => (
          <li key={type.id} className="flex flex-wrap items-baseline justify-between gap-x-4 py-3">
            <span>
              <bdi className="font-semibold">{type.name}</bdi>
              <Left left={availability?.available[type.id]} />
            </span>
            <Money value={type.price} free={t('free')} />
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

interface BarProps {
  event: Event;
  /** Why nothing can be bought; null if something can. */
  closed: string | null;
  count: number;
  amount: number;
  busy: boolean;
  seated: boolean;
  onBuy: () => void;
}

/** The buy button, always within reach of the thumb on a phone, above the tab bar. */
function BuyBar({ event, closed, count, amount, busy, seated, onBuy }: BarProps) {
  const { priceFrom, priceTo } = event;
  const single = priceFrom?.amount === priceTo?.amount;
  const price =
    priceFrom &&
    (priceTo?.amount === 0
      ? t('free')
      : t(single ? 'priceIs' : 'priceFrom', { price: formatMoney(priceFrom) }));
  return (
    <div className="fixed inset-x-0 bottom-0 z-20 flex items-center justify-between gap-4 border-t border-line bg-paper/95 px-4 pb-[max(0.75rem,env(safe-area-inset-bottom))] pt-3 backdrop-blur-md lg:hidden">
      <p className="min-w-0 flex-1 leading-tight">
        <span dir="auto" className="page-side block truncate text-sm text-muted">
          {count > 0 ? t('total') : event.title}
        </span>
        <span className="font-bold">
          {count > 0 ? formatMoney({ amount, currency: event.currency }) : price}
        </span>
      </p>
      {closed !== null ? (
        <p className="max-w-[55%] text-end text-sm font-semibold text-muted">{closed}</p>
      ) : seated ? (
        <Link to={paths.seats} params={{ slug: event.slug }} className={buttonClass()}>
          {t('chooseSeats')}
        </Link>
      ) : count > 0 ? (
        <Button busy={busy} onClick={onBuy}>
          {t('continueCount', { count })}
        </Button>
      ) : (
        <a href="#tickets" className={buttonClass()}>
          {t('getTickets')}
        </a>
      )}
    </div>
  );
}
