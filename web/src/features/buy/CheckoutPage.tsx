import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { placeOrder, releaseHold } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { Event } from '../../../../contract/events.ts';
import type { Order } from '../../../../contract/orders.ts';
import type { InvoiceAddress } from '../../../../contract/parties.ts';
import type { Payment } from '../../../../contract/payments.ts';
import { call } from '../../api/call.ts';
import { rememberOwnHold } from '../../api/own-holds.ts';
import { sourceOf } from '../../api/source.ts';
import { useAct } from '../../api/use-act.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Countdown } from '../../ui/Countdown.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Money } from '../../ui/Money.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useTitle } from '../../ui/title.ts';
import { t } from '../checkout/words.ts';
import { PromoCode } from '../promo/PromoCode.tsx';
import { rememberAnswers } from '../questions/kept-answers.ts';
import { useAsked } from '../questions/use-asked.ts';
import { CalledOff } from './CalledOff.tsx';
import { type Details, DetailsForm } from './DetailsForm.tsx';
import { ExchangeOver } from './ExchangeOver.tsx';
import { HoldGone } from './HoldGone.tsx';
import {
  knownBuyer,
  rememberBuyer,
  rememberInvoice,
  rememberOrdered,
  rememberTyped,
  wasOrdered,
} from './held.ts';
import { OrderSummary } from './OrderSummary.tsx';
import { PaymentStep } from './PaymentStep.tsx';
import { payWaysQuery } from './pay-ways-query.ts';
import { eventQuery, type HeldPlaces, holdQuery } from './queries.ts';
import { placesIn } from './sale.ts';
import { useEventNews } from './use-event-news.ts';
import { askedInvoice } from './use-invoice.ts';
import { t as tBuy } from './words.ts';

const route = getRouteApi('/checkout/$holdId');

/** Only buyers of an event with extras load it. */
const ExtrasChoice = lazy(async () => {
  const { extrasChoice } = await import('../../later-pages.ts');
  return { default: (await extrasChoice()).ExtrasChoice };
});

/** Only buyers who may choose how they pay load it. */
const PayChoice = lazy(async () => {
  const { payChoice } = await import('../../later-pages.ts');
  return { default: (await payChoice()).PayChoice };
});

export function CheckoutPage() {
  const { holdId } = route.useParams();
  // The hold whose countdown has ended here, and whether a payment for it is running.
  const [endedId, setEndedId] = useState<string | null>(null);
  const [paying, setPaying] = useState(false);
  const timeIsUp = endedId === holdId;
  const { data: hold } = useSuspenseQuery({
    ...holdQuery(holdId),
    refetchInterval: timeIsUp && paying ? 3_000 : false,
  });
  const { data: event } = useSuspenseQuery(eventQuery(hold.eventId));
  const client = useQueryClient();
  useEventNews(hold.eventId);
  useTitle(`${t('checkout')}: ${event.title}`);
  const reload = () => void client.invalidateQueries({ queryKey: holdQuery(holdId).queryKey });
  // In its last minute a hold only waits for the running payment. No new payment may start.
  const isCalledOff = event.status === 'cancelled' && hold.status !== 'confirmed';
  const open = hold.status === 'active' && !isCalledOff && (!timeIsUp || paying);
  return (
    <div className="page max-w-5xl py-6 sm:py-10">
      {open && (
        <p className="sticky top-16 z-20 page-bleed mb-6 flex items-center justify-center gap-2 border-b border-line bg-paper/95 py-3 backdrop-blur-md sm:mx-0 sm:rounded-full sm:border">
          <Icon name="clock" size={18} />
          {tBuy('heldFor')}
          <Countdown
            endsAtMs={Date.parse(hold.payBefore ?? hold.expiresAt)}
            offsetMs={hold.offsetMs}
            label={tBuy('timeLeft')}
            onEnd={() => {
              setEndedId(holdId);
              reload();
            }}
          />
        </p>
      )}
      <div className="grid gap-x-14 gap-y-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div>
          <h1 tabIndex={-1} className="text-title font-extrabold">
            {t('checkout')}
          </h1>
          <p className="mt-2 flex justify-between gap-4 border-b border-line pb-4 font-semibold lg:hidden">
            <span dir="auto" className="page-side min-w-0 truncate">
              {event.title} · {t('places', { count: placesIn(hold.lines) })}
            </span>
            <Money value={hold.total} free={tBuy('free')} />
          </p>
          {open && hold.exchangeOf && <p className="mt-4 text-muted">{t('exchangeNote')}</p>}
          {open && hold.resumed && <p className="mt-4 text-muted">{t('resumedText')}</p>}
          {open && <Steps key={holdId} event={event} onGone={reload} onPaying={setPaying} />}
          {isCalledOff && <CalledOff event={event} held />}
          {!open && !isCalledOff && <Over event={event} hold={hold} />}
        </div>
        <aside aria-label={t('summary')}>
          <OrderSummary event={event} hold={hold} />
          {open && <GiveBack event={event} exchangeOf={hold.exchangeOf} />}
        </aside>
      </div>
    </div>
  );
}

/** Nobody can pay for this hold any more. */
const Over = ({ event, hold }: { event: Event; hold: HeldPlaces }) =>
  hold.exchangeOf && hold.status !== 'confirmed' ? (
    <ExchangeOver ticketId={hold.exchangeOf} />
  ) : (
    <HoldGone event={event} hold={hold} />
  );

interface Placed {
  order: Order;
  payment: Payment | null;
}

/** First the buyer's details, then the payment. Placing the order freezes the price and opens the payment. */
function Steps({
  event,
  onGone,
  onPaying,
}: {
  event: Event;
  onGone: () => void;
  /** Called with whether a payment is running. */
  onPaying: (underWay: boolean) => void;
}) {
  const { holdId } = route.useParams();
  const { data: hold } = useSuspenseQuery(holdQuery(holdId));
  const navigate = useNavigate();
  const client = useQueryClient();
  const act = useAct();
  const [placed, setPlaced] = useState<Placed | null>(null);
  const toOrder = (orderId: string) => {
    rememberOwnHold(event.id, null);
    rememberInvoice(event.id, null);
    // Replaces the history entry, so that Back does not lead to a finished checkout.
    return navigate({ to: paths.order, params: { orderId }, search: { paid: 1 }, replace: true });
  };
  const { data: ways } = useSuspenseQuery(payWaysQuery(holdId));
  const [payBy, setPayBy] = useState<(typeof ways)[number]['way']>('card');
  const asked = useAsked(event, hold.lines);
  const order = useMutation({
    mutationFn: async ({ invoice, ...details }: Details & { invoice: InvoiceAddress | null }) => {
      rememberBuyer(details.buyer);
      // A free order has no invoice.
      const billed = invoice && hold.total.amount > 0 && { invoiceAddress: invoice };
      const answered = asked.form?.toBody();
      const chosen = ways.length > 1 && { payBy };
      const source = sourceOf(event.id);
      const body = { holdId: hold.id, ...details, ...answered, ...billed, ...chosen, source };
      return call(placeOrder, { body, act });
    },
    onSuccess: async (reply) => {
      rememberOrdered(hold.id);
      rememberTyped(event.id, null);
      rememberAnswers(event.id, null);
      if (reply.payment === null || reply.order.status !== 'pending') await toOrder(reply.order.id);
      else setPlaced(reply);
    },
    onError: (error) => {
      if (isProblem(error, 'hold_expired', 'hold_ended')) onGone();
      // The organiser now asks for names or something else. Refetch the event, and the form will ask too.
      if (isProblem(error, 'attendee_names_required', 'answers_refused'))
        void client.invalidateQueries({ queryKey: eventQuery(hold.eventId).queryKey });
      if (isProblem(error, 'way_not_offered', 'too_many_unpaid')) {
        setPayBy('card');
        void client.invalidateQueries({ queryKey: payWaysQuery(hold.id).queryKey });
      }
      // A form that is shown is loaded anew by its own fields.
      if (isProblem(error, 'answers_refused') && !asked.form) asked.reload();
    },
  });

  // After a reload, placing the order again returns the same order with its payment.
  useEffect(() => {
    const buyer = knownBuyer();
    if (buyer && wasOrdered(hold.id)) order.mutate({ buyer, invoice: askedInvoice(event.id) });
  }, [hold.id, event.id, order.mutate]);

  // The form that had the focus is gone. The focus goes on to the heading of the next step, which a screen reader reads.
  const paymentHeading = useRef<HTMLHeadingElement>(null);
  const isPayment = placed !== null;
  useEffect(() => {
    if (isPayment) paymentHeading.current?.focus();
  }, [isPayment]);

  return (
    <>
      {event.products.length > 0 &&
        !placed &&
        !hold.exchangeOf &&
        !hold.lines.some(({ isResale }) => isResale) && (
          <Suspense fallback={<Skeleton className="mt-6 h-48" />}>
            <ExtrasChoice event={event} hold={hold} onGone={onGone} />
          </Suspense>
        )}
      {event.takesPromoCodes && !placed && <PromoCode hold={hold} onGone={onGone} />}
      {ways.length > 1 && !placed && (
        <Suspense fallback={<Skeleton className="mt-6 h-56" />}>
          <PayChoice ways={ways} chosen={payBy} onChoose={setPayBy} />
        </Suspense>
      )}
      <ol className="mt-6 space-y-10">
        <li>
          <DetailsForm
            eventId={event.id}
            free={hold.total.amount === 0}
            busy={order.isPending}
            done={placed?.order.buyer ?? null}
            named={event.asksAttendeeNames && placesIn(hold.lines) > 0 ? hold.lines : null}
            asked={asked}
            lines={hold.lines}
            error={order.error}
            onSubmit={(details, invoice, onError) => order.mutate({ ...details, invoice }, { onError })}
          />
        </li>
        {hold.total.amount > 0 && (
          <li className={placed ? '' : 'text-muted'}>
            <h2 ref={paymentHeading} tabIndex={-1} className="scroll-mt-36 text-xl font-bold tracking-tight">
              2. {t('payment')}
            </h2>
            {placed?.payment && (
              <PaymentStep
                order={placed.order}
                payment={placed.payment}
                onPaid={() => toOrder(placed.order.id)}
                onGone={onGone}
                onPaying={onPaying}
              />
            )}
          </li>
        )}
      </ol>
    </>
  );
}

function GiveBack({ event, exchangeOf }: { event: Event; exchangeOf: HeldPlaces['exchangeOf'] }) {
  const { holdId } = route.useParams();
  const navigate = useNavigate();
  const release = useMutation({
    mutationFn: () => call(releaseHold, { params: { holdId: holdId as `hld_${string}` } }),
    onSuccess: () => {
      rememberOwnHold(event.id, null);
      if (exchangeOf) return navigate({ to: paths.ticket, params: { ticketId: exchangeOf }, replace: true });
      return navigate({ to: paths.event, params: { slug: event.slug }, replace: true });
    },
  });
  return (
    <div className="mt-3 flex flex-wrap justify-between text-sm">
      {!exchangeOf && (
        <Link
          to={event.hasSeatMap ? paths.seats : paths.event}
          params={{ slug: event.slug }}
          className="inline-flex min-h-11 items-center gap-1 rounded-full px-3 font-semibold text-accent hover:bg-accent-soft"
        >
          {t('change')}
        </Link>
      )}
      <Button look="plain" size="small" busy={release.isPending} onClick={() => release.mutate()}>
        {t(exchangeOf ? 'cancelExchange' : 'cancelHold')}
      </Button>
    </div>
  );
}
