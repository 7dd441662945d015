import { Link } from '@tanstack/react-router';
import { type ComponentType, lazy, type ReactNode, Suspense, useState } from 'react';
import type { Event, TicketType } from '../../../../contract/events.ts';
import type { Money as Price } from '../../../../contract/money.ts';
import { later } from '../../page.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { useNowMs } from '../../ui/clock.ts';
import { Icon } from '../../ui/Icon.tsx';
import { formatMoney, Money } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Stepper } from '../../ui/Stepper.tsx';
import { formatWhen } from '../../ui/When.tsx';
import type { Cost, PriceNotesProps } from '../prices/PriceNotes.tsx';
import { load as loadLineWords } from '../waitlist/words.ts';
import { type Snapshot, useAvailability } from './availability.ts';
import { BuyBar } from './BuyBar.tsx';
import { reportVisit } from './held.ts';
import { Left } from './Left.tsx';
import { type BuyState, buyState, mostOf, sameAgain, windowState } from './sale.ts';
import { useLine } from './use-line.ts';
import { type OwnHold, useOwnHold } from './use-own-hold.ts';
import { usePlaceHold } from './use-place-hold.ts';
import { t } from './words.ts';

/** Only needed by buyers who hold places. */
const HeldNotice = lazy(() => import('./HeldNotice.tsx').then((file) => ({ default: file.HeldNotice })));

/** Only needed where people wait in a queue. */
const QueueGate = lazy(() => import('../queue/load-gate.ts').then((file) => file.loadGate()));

/** Only needed where something is sold out. */
const EventLine = lazy(async () => {
  const [{ EventLine }] = await Promise.all([import('../waitlist/EventLine.tsx'), loadLineWords()]);
  return { default: EventLine };
});

/** Only needed where a price has steps or groups, or is the buyer's choice. */
const PriceNotes = later('PriceNotes') as ComponentType<PriceNotesProps>;

export function TicketPanel({ event }: { event: Event }) {
  const availability = useAvailability(event.id);
  const own = useOwnHold(event.id);
  const { movable } = own;
  const [touched, setTouched] = useState<Record<string, number>>({});
  const [costs, setCosts] = useState<Record<string, Cost>>({});
  // A buyer who has places begins with them.
  const had = Object.fromEntries(movable ? event.ticketTypes.map(({ id }) => [id, own.placesOf(id)]) : []);
  const chosen: Record<string, number> = { ...had, ...touched };
  const hold = usePlaceHold(event.id, { own });
  const state = buyState(event, availability && withOwn(availability.available, own), useNowMs(15_000));
  const { mode } = event.waitingRoom;
  const [isTurn, setTurn] = useState(mode === 'off' || mode === 'under-load');
  // Whoever holds places may change them, also after their turn.
  const waits = state.kind === 'open' && !isTurn && !own.hold;
  const open = state.kind === 'open' && !waits;
  const gone =
    availability !== undefined &&
    event.ticketTypes.every((type) => (availability.available[type.id] ?? 0) === 0);
  // "Sold out" would be wrong for the buyer who holds the last places.
  const isMine = gone && own.hold !== null && (open || state.kind === 'soldOut');
  const general = event.ticketTypes.filter((type) => type.zone === null);
  const zoned = event.ticketTypes.filter((type) => type.zone !== null);
  const items = general.flatMap((type) => {
    const quantity = chosen[type.id] ?? 0;
    return quantity > 0 ? [{ ticketTypeId: type.id, quantity, priceMinor: costs[type.id]?.priceMinor }] : [];
  });
  const count = items.reduce((sum, item) => sum + item.quantity, 0);
  const amount = general.reduce(
    (sum, type) => sum + (costs[type.id]?.amount ?? own.priceOf(type).amount * (chosen[type.id] ?? 0)),
    0,
  );
  const line = useLine(event, availability, own);
  const choose = (type: TicketType, quantity: number) => {
    hold.reset();
    if (Object.keys(touched).length === 0) void reportVisit(event.id, 'click');
    setTouched({ ...touched, [type.id]: costs[type.id]?.next?.(quantity) ?? quantity });
  };
  // Places of another type that the buyer gives back are free for this one, if both are of one pool.
  const freeFor = (type: TicketType): number | undefined =>
    availability &&
    general
      .filter((other) => other !== type && other.pools.some((pool) => type.pools.includes(pool)))
      .reduce(
        (sum, { id }) => sum + Math.max(0, (had[id] ?? 0) - (chosen[id] ?? 0)),
        (availability.available[type.id] ?? 0) + (had[type.id] ?? 0),
      );
  const notesOf = (type: TicketType) =>
    (type.priceSteps.length + type.groupPrices.length + type.minPerOrder > 1 || type.payWhatYouWant) && (
      <Suspense fallback={<Skeleton className="h-5" />}>
        <PriceNotes
          {...{ event, type, availability, movable }}
          quantity={chosen[type.id] ?? 0}
          onCost={(cost) => setCosts((old) => ({ ...old, [type.id]: cost }))}
        />
      </Suspense>
    );
  // Seats that the hold has stay in it.
  const seats = movable ? (sameAgain(movable).seats ?? []) : [];
  const buy = () =>
    items.some(({ ticketTypeId }) => costs[ticketTypeId]?.isWrong?.()) ||
    hold.mutate({ items, ...(seats.length > 0 && { seats }) });
  return (
    <section id="tickets" aria-labelledby="tickets-title">
      {own.hold && !line.isOffer && (
        <Suspense>
          <HeldNotice own={own} />
        </Suspense>
      )}
      <div className="rounded-3xl border border-line bg-raised p-5 shadow-lift sm:p-6">
        {mode !== 'off' && (
          <Suspense fallback={<Skeleton className="mb-6 h-40" />}>
            <QueueGate event={event} onWaits={(now) => setTurn(!now)} />
          </Suspense>
        )}
        <h2 id="tickets-title" className="text-2xl font-bold tracking-tight">
          {t('tickets')}
        </h2>
        {isMine && !line.isOffer && (
          <Notice className="mt-4" live>
            {t('restSoldOut')}
          </Notice>
        )}
        {!open && !waits && !isMine && !(state.kind === 'soldOut' && line.hasEntry) && (
          <Notice tone={state.kind === 'cancelled' ? 'bad' : 'warn'} className="mt-4" live>
            {whyClosed(state, event)}
            {event.cancellation && (
              <p dir="auto" className="mt-1 wrap-anywhere">
                {event.cancellation.reason}
              </p>
            )}
          </Notice>
        )}
        {zoned.length > 0 && (
          <Seats
            event={event}
            types={zoned}
            availability={availability}
            placesOf={own.placesOf}
            notesOf={notesOf}
            open={open}
          />
        )}
        {zoned.length > 0 && general.length > 0 && <h3 className="mt-8 font-bold">{t('standing')}</h3>}
        {general.length > 0 && (
          <ul className="mt-2 divide-y divide-line">
            {general.map((type) => (
              <TypeRow
                key={type.id}
                event={event}
                type={type}
                price={own.priceOf(type)}
                left={availability?.available[type.id]}
                free={freeFor(type)}
                mine={own.placesOf(type.id)}
                quantity={chosen[type.id] ?? 0}
                others={count + seats.length - (chosen[type.id] ?? 0)}
                open={open}
                onChange={(quantity) => choose(type, quantity)}
                notes={notesOf(type)}
              />
            ))}
          </ul>
        )}
        {own.promo && <p className="mt-2 text-sm text-good">{t('withCode', { code: own.promo })}</p>}
        {hold.refusal && (
          <Notice tone="bad" className="mt-4" live>
            {hold.refusal}
          </Notice>
        )}
        {general.length > 0 && !waits && (
          <div className="mt-5 max-lg:hidden">
            <Button
              size="large"
              className="w-full"
              busy={hold.isPending}
              disabledBecause={open ? count === 0 && t('chooseFirst') : whyClosed(state, event)}
              aria-describedby={open && count === 0 ? 'choose-first' : undefined}
              onClick={buy}
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
        {availability && line.isShown && (
          <Suspense>
            <EventLine event={event} soldOut={line.soldOut} version={availability.version} />
          </Suspense>
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
          waits={waits}
          isWaitable={state.kind === 'soldOut' && !isMine && event.waitlist.enabled}
          closed={open ? null : isMine ? t('heldFor') : whyClosed(state, event, 'short')}
          count={count}
          amount={amount}
          busy={hold.isPending}
          onBuy={buy}
          seated={general.length === 0}
        />
      )}
    </section>
  );
}

/** The places left for a buyer who may exchange the places of a hold. */
const withOwn = (
  available: Record<string, number>,
  { movable, placesOf }: OwnHold,
): Record<string, number> =>
  movable
    ? Object.fromEntries(Object.entries(available).map(([id, left]) => [id, left + placesOf(id)]))
    : available;

/** Why nothing can be bought now: as a sentence, or short enough for the bar at the bottom of a phone. */
function whyClosed(state: BuyState, { timeZone, waitlist }: Event, length?: 'short'): string {
  switch (state.kind) {
    case 'soon': {
      const when = formatWhen(state.at, timeZone);
      return length ? t('typeSoon', { when }) : t('saleSoon', { when });
    }
    case 'soldOut':
      if (length) return t('soldOut');
      return t(waitlist.enabled ? 'allSoldOutLine' : 'allSoldOut');
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

function TypeRow({
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
          {price.amount < type.price.amount && (
            <s className="me-2 text-muted">
              <Money value={type.price} />
            </s>
          )}
          <Money value={price} free={t('free')} />
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

/** Numbered seats: the price of each zone, and the link to the map. */
function Seats({
  event,
  types,
  availability,
  placesOf,
  notesOf,
  open,
}: {
  event: Event;
  types: TicketType[];
  availability: Snapshot | undefined;
  placesOf: (ticketTypeId: string) => number;
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
