import { type ComponentType, Suspense, useState } from 'react';
import type { Event, TicketType } from '../../../../contract/events.ts';
import { later } from '../../page.ts';
import { Button } from '../../ui/Button.tsx';
import { useNowMs } from '../../ui/clock.ts';
import { formatMoney } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { formatWhen } from '../../ui/When.tsx';
import type { AppliedCode } from '../codes/applied-code.ts';
import type { CodeBoxProps } from '../codes/CodeBox.tsx';
import type { ChosenExtras, EventExtrasProps } from '../extras/EventExtras.tsx';
import type { Cost, PriceNotesProps } from '../prices/PriceNotes.tsx';
import type { QueueGateProps } from '../queue/QueueGate.tsx';
import type { EventLineProps } from '../waitlist/EventLine.tsx';
import { useAvailability } from './availability.ts';
import { BuyBar } from './BuyBar.tsx';
import { knownCode, reportVisit } from './held.ts';
import { type BuyState, buyState, sameAgain, windowState } from './sale.ts';
import { Seats, TypeRow } from './TicketTypes.tsx';
import { useLine } from './use-line.ts';
import { type OwnHold, useOwnHold } from './use-own-hold.ts';
import { usePlaceHold } from './use-place-hold.ts';
import { t } from './words.ts';

/** Only needed by buyers who hold places. */
const HeldNotice = later('HeldNotice') as ComponentType<{ own: OwnHold }>;

/** Only needed where people wait in a queue. */
const QueueGate = later('QueueGate') as ComponentType<QueueGateProps>;

/** Only needed where something is sold out. */
const EventLine = later('EventLine') as ComponentType<EventLineProps>;

/** Only needed where a price has steps or groups, or is the buyer's choice. */
const PriceNotes = later('PriceNotes') as ComponentType<PriceNotesProps>;

/** Only needed by buyers with a code, and for an event with extras. */
const CodeBox = later('CodeBox') as ComponentType<CodeBoxProps>;
const EventExtras = later('EventExtras') as ComponentType<EventExtrasProps>;

export function TicketPanel({ event: shown }: { event: Event }) {
  const own = useOwnHold(shown.id);
  const [applied, setApplied] = useState<AppliedCode | null>(null);
  // A hold keeps its prices, and gets another code at the checkout.
  const code = own.hold ? null : applied;
  const [isAsked, setAsked] = useState(() => knownCode(shown.id) !== null);
  const [extras, setExtras] = useState<ChosenExtras | null>(null);
  const event = code?.open(shown) ?? shown;
  const live = useAvailability(event.id);
  const availability = live && (code?.fill(live) ?? live);
  const priceOf = (type: TicketType) => code?.prices[type.id] ?? own.priceOf(type);
  const { movable } = own;
  const [touched, setTouched] = useState<Record<string, number>>({});
  const [costs, setCosts] = useState<Record<string, Cost>>({});
  // A buyer who has places begins with them.
  const had = Object.fromEntries(movable ? event.ticketTypes.map(({ id }) => [id, own.placesOf(id)]) : []);
  const chosen: Record<string, number> = { ...had, ...touched };
  const hold = usePlaceHold(event.id, { own });
  const now = useNowMs(15_000);
  const state = buyState(event, availability && withOwn(availability.available, own), now);
  const { mode } = event.waitingRoom;
  const [isTurn, setTurn] = useState(mode === 'off' || mode === 'under-load');
  // Whoever holds places may change them, also after their turn.
  const waits = state.kind === 'open' && !isTurn && !own.hold;
  const open = state.kind === 'open' && !waits;
  // While the event is on sale, a code may open tickets where everything else is sold out, or not on sale.
  const mayUnlock =
    !own.hold &&
    !waits &&
    state.kind !== 'over' &&
    state.kind !== 'cancelled' &&
    windowState(shown, now) === 'open';
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
    (sum, type) => sum + (costs[type.id]?.amount ?? priceOf(type).amount * (chosen[type.id] ?? 0)),
    extras?.amount ?? 0,
  );
  const line = useLine(shown, live, own);
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
  const buy = () => {
    if (items.some(({ ticketTypeId }) => costs[ticketTypeId]?.isWrong?.())) return;
    extras?.forget();
    hold.mutate({ items: [...items, ...(extras?.items ?? [])], ...(seats.length > 0 && { seats }) });
  };
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
            priceOf={priceOf}
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
                price={priceOf(type)}
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
        {!own.hold && open && shown.products.length > 0 && (
          <Suspense fallback={<div style={{ height: `${heightOf(shown)}rem` }} />}>
            <EventExtras event={shown} onChange={setExtras} />
          </Suspense>
        )}
        {mayUnlock && isAsked && (
          <Suspense fallback={<Skeleton className="mt-5 h-20" />}>
            <CodeBox event={shown} error={hold.error} onApply={setApplied} />
          </Suspense>
        )}
        {hold.refusal && (
          <Notice tone="bad" className="mt-4" live>
            {extras?.say(hold.error) ?? hold.refusal}
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
            <EventLine event={shown} soldOut={line.soldOut} version={availability.version} />
          </Suspense>
        )}
        {mayUnlock && !isAsked && (
          <Button look="plain" size="small" className="-ms-4 mt-2" onClick={() => setAsked(true)}>
            {t('haveCode')}
          </Button>
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

/** About the height of the extras, in rem, so that what is below them hardly moves when they have loaded. */
const heightOf = ({ products }: Event): number =>
  products.reduce((sum, { variants }) => sum + 6.5 + 3.25 * variants.length, 4.5);

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
