import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { exchangeTicket } from '../../../../client/endpoints.generated.ts';
import type { Event } from '../../../../contract/events.ts';
import type { ExchangeQuote, NewExchange } from '../../../../contract/exchanges.ts';
import type { EventId, TicketId } from '../../../../contract/ids.ts';
import type { Money } from '../../../../contract/money.ts';
import type { SeatMap as SeatMapData } from '../../../../contract/seating.ts';
import type { Ticket } from '../../../../contract/tickets.ts';
import { call } from '../../api/call.ts';
import { useAct } from '../../api/use-act.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { formatMoney } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useTitle } from '../../ui/title.ts';
import { formatWhen } from '../../ui/When.tsx';
import { type Snapshot, useAvailability } from '../buy/availability.ts';
import { rememberBuyer, rememberOrdered } from '../buy/held.ts';
import { eventQuery, seatMapQuery } from '../buy/queries.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { bitsInMapOrder, readSeatMap, type SeatModel } from '../seats/seat-model.ts';
import { receivedQuery, ticketQuery } from '../transfer/queries.ts';
import { t as tTransfer } from '../transfer/words.ts';
import { orderQuery } from '../wallet/queries.ts';
import type { By } from './by.ts';
import { DateChoice } from './DateChoice.tsx';
import { exchangeQuery } from './queries.ts';
import { SeatPicker } from './SeatPicker.tsx';
import { TypeChoice } from './TypeChoice.tsx';
import { type OnePlace, useOnePlace } from './use-one-place.ts';
import { WhoPays } from './WhoPays.tsx';
import { t } from './words.ts';

/** The ticket as the holder's page and the team's page know it. */
export type Exchanged = Pick<Ticket, 'id' | 'orderId' | 'place' | 'ticketTypeName'> & {
  event: Pick<Ticket['event'], 'slug' | 'title' | 'startsAt' | 'timeZone'>;
};

interface Props {
  /** Undefined while it loads. */
  ticket: Exchanged | undefined;
  ticketId: TicketId;
  by: By;
  back: ReactNode;
}

/** Chooses another seat, ticket type or date for a ticket. The difference is shown before the button. */
export function Exchange({ ticket, ticketId, by, back }: Props) {
  const own = useQuery(exchangeQuery(ticketId));
  const [date, setDate] = useState<EventId | null>(null);
  const other = useQuery({ ...exchangeQuery(ticketId, date), enabled: date !== null });
  const quote = date === null ? own : other;
  const ref = date ?? ticket?.event.slug ?? '';
  const { data: event, error } = useQuery({ ...eventQuery(ref), enabled: ref !== '' });
  const map = useQuery({ ...seatMapQuery(ref), enabled: event?.hasSeatMap === true });
  useTitle(t(by === 'team' ? 'teamTitle' : 'title'));
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const isReady = ticket && quote.data && event && (!event.hasSeatMap || map.data);
  const trouble = quote.error ?? error;
  return (
    <div className="page max-w-4xl py-8 sm:py-12">
      {back}
      <h1 ref={heading} tabIndex={-1} className="mt-2 text-title font-extrabold outline-none">
        {t(by === 'team' ? 'teamTitle' : 'title')}
      </h1>
      {ticket && (
        <p className="mt-2 text-lg text-muted">
          <bdi className="wrap-anywhere">{ticket.event.title}</bdi>
        </p>
      )}
      {ticket && own.data && !own.data.pending && own.data.dates.length > 0 && (
        <DateChoice ticket={ticket} dates={own.data.dates} by={by} chosen={date} onChoose={setDate} />
      )}
      {trouble ? (
        <Notice tone="warn" live className="mt-6">
          {sayProblem(trouble)}
        </Notice>
      ) : isReady ? (
        quote.data.pending ? (
          <Pending pending={quote.data.pending} by={by} />
        ) : (
          <Choice
            key={event.id}
            ticket={ticket}
            quote={date === null ? quote.data : { ...quote.data, seatId: null }}
            event={event}
            map={map.data ?? null}
            date={date}
            by={by}
          />
        )
      ) : (
        <Skeleton className="mt-8 h-64" />
      )}
    </div>
  );
}

function Pending({ pending, by }: { pending: NonNullable<ExchangeQuote['pending']>; by: By }) {
  return (
    <Notice tone="warn" title={t('pendingTitle')} className="mt-6">
      <p>{t(by === 'team' ? 'teamPendingText' : 'pendingText')}</p>
      <Link
        to={by === 'team' ? paths.soldOrder : paths.order}
        params={{ orderId: pending.orderId }}
        className={buttonClass('primary', 'small', 'mt-3')}
      >
        {t(by === 'team' ? 'teamToOrder' : 'toPending')}
      </Link>
    </Notice>
  );
}

interface ChoiceProps {
  ticket: Exchanged;
  by: By;
  quote: ExchangeQuote;
  event: Event;
  map: SeatMapData | null;
  /** The other date of the new place; null for the date of the ticket. */
  date: EventId | null;
}

function Choice({ ticket, by, quote, event, map, date }: ChoiceProps) {
  const availability = useAvailability(event.id);
  const model = useModel(map, event);
  const shown = useShown(availability, model);
  const place = useOnePlace(event, quote, model, shown);
  // Null: the team waives a difference.
  const [withinHours, setWithinHours] = useState<number | null>(null);
  const { option } = place;
  const dearer = by === 'team' && option && option.dearer.amount > 0 ? option.dearer : null;
  return (
    <>
      <Present ticket={ticket} by={by} quote={quote} />
      <TypeChoice event={event} by={by} quote={quote} availability={shown} place={place} />
      {model && place.selection && (
        <SeatPicker
          event={event}
          model={model}
          availability={shown}
          place={place}
          selection={place.selection}
        />
      )}
      {dearer && <WhoPays dearer={dearer} withinHours={withinHours} onChange={setWithinHours} />}
      <Summary
        ticket={ticket}
        by={by}
        place={place}
        date={date}
        asked={dearer && withinHours !== null ? { dearer, withinHours } : null}
      />
      <p aria-live="polite" className="sr-only">
        {place.selection?.said}
      </p>
    </>
  );
}

/** What the ticket is for now, what was paid for it, and until when it can be exchanged. */
function Present({ ticket, by, quote }: Pick<ChoiceProps, 'ticket' | 'by' | 'quote'>) {
  const { place, ticketTypeName } = ticket;
  const seat = place && (place.row === '' ? tTransfer('seatNameNoRow', place) : tTransfer('seatName', place));
  const now = t(by === 'team' ? 'teamNow' : 'now');
  return (
    <section aria-label={now} className="mt-6 rounded-card border border-line bg-raised p-5">
      <dl className="flex flex-wrap gap-x-10 gap-y-3">
        <div>
          <dt className="text-sm text-muted">{now}</dt>
          <dd className="font-semibold">
            <bdi className="wrap-anywhere">{[ticketTypeName, seat].filter(Boolean).join(' · ')}</bdi>
          </dd>
        </div>
        <div>
          <dt className="text-sm text-muted">{t('paid')}</dt>
          <dd className="font-semibold">{formatMoney(quote.paid)}</dd>
        </div>
      </dl>
      {quote.until && by === 'holder' && (
        <p className="mt-3 text-sm text-muted">
          {t('until', { until: formatWhen(quote.until, ticket.event.timeZone) })}
        </p>
      )}
    </section>
  );
}

/** The difference, and then the button. */
function Summary({
  ticket,
  by,
  place,
  date,
  asked,
}: Pick<ChoiceProps, 'ticket' | 'by' | 'date'> & {
  place: OnePlace;
  /** The holder is asked to pay the difference. */
  asked: { dearer: Money; withinHours: number } | null;
}) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const act = useAct();
  const { option, seatId } = place;
  const exchange = useMutation({
    mutationFn: (body: NewExchange) => call(exchangeTicket, { params: { ticketId: ticket.id }, body, act }),
    onSuccess: async ({ order, payment }) => {
      void client.invalidateQueries({ queryKey: receivedQuery.queryKey });
      void client.invalidateQueries({ queryKey: ['orders'] });
      if (by === 'team') {
        await client.invalidateQueries({ queryKey: ['sold'] });
        await navigate({ to: paths.soldOrder, params: { orderId: order.id } });
      } else if (payment) {
        // The checkout finds the order by these, and shows its payment at once.
        rememberBuyer(order.buyer);
        rememberOrdered(order.holdId);
        await navigate({ to: paths.checkout, params: { holdId: order.holdId } });
      } else {
        await navigate({ to: paths.order, params: { orderId: order.id } });
      }
      // The exchange ends the old ticket, now or with the payment, and then its code can no longer be loaded.
      for (const { queryKey } of [ticketQuery(ticket.id), orderQuery(ticket.orderId)])
        client.removeQueries({ queryKey });
    },
    // Somebody may have been faster, or the organiser has changed the terms.
    onError: () => client.invalidateQueries({ queryKey: ['exchange-quote', ticket.id] }),
  });
  const pay = option?.pay;
  const back = option?.back;
  return (
    <section
      aria-label={t(by === 'team' ? 'teamTitle' : 'title')}
      className="sticky bottom-[calc(4.0625rem+env(safe-area-inset-bottom))] z-20 page-bleed mt-8 border-t border-line bg-raised p-4 shadow-tray sm:bottom-0 sm:mx-0 sm:rounded-t-card sm:px-6"
    >
      {place.lost && <p className="mb-2 font-medium text-warn">{t('seatTaken', { seat: place.lost })}</p>}
      {exchange.isError && (
        <Notice tone="bad" live className="mb-3">
          {sayProblem(exchange.error)}
        </Notice>
      )}
      {place.isComplete && place.seatName && (
        <p className="font-semibold">
          {t(place.keepsSeat ? (by === 'team' ? 'teamKeepSeat' : 'keepSeat') : 'newSeat', {
            seat: place.seatName,
          })}
        </p>
      )}
      <p className="text-muted">
        {!place.isComplete || !pay || !back
          ? t(option && place.selection ? 'chooseSeat' : 'choose')
          : pay.amount > 0
            ? t('sumPay', { amount: formatMoney(pay) })
            : asked
              ? t('teamSumAsk', { amount: formatMoney(asked.dearer) })
              : back.amount > 0
                ? t(by === 'team' ? 'teamSumBack' : 'sumBack', { amount: formatMoney(back) })
                : t(by === 'team' ? 'teamSumFree' : 'sumFree')}
      </p>
      <Button
        size="large"
        className="mt-3 w-full sm:w-auto"
        busy={exchange.isPending}
        disabledBecause={!place.isComplete && t('choose')}
        onClick={() => {
          if (!option || exchange.isPending) return;
          exchange.mutate({
            ticketTypeId: option.ticketTypeId,
            ...(seatId && { seatId }),
            ...(date && { eventId: date }),
            ...(asked && { askHolder: { withinHours: asked.withinHours } }),
          });
        }}
      >
        {pay && pay.amount > 0 ? t('doPay', { amount: formatMoney(pay) }) : t(asked ? 'teamAsk' : 'do')}
      </Button>
    </section>
  );
}

const useModel = (map: SeatMapData | null, event: Event): SeatModel | null =>
  useMemo(() => map && readSeatMap(map, event), [map, event]);

/** The availability with the bits of the seats in the order of the map. */
const useShown = (availability: Snapshot | undefined, model: SeatModel | null): Snapshot | undefined =>
  useMemo(
    () =>
      availability && model
        ? { ...availability, seats: bitsInMapOrder(model, availability.seats) }
        : availability,
    [availability, model],
  );
