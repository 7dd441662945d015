import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { addressOf } from '../../../../client/endpoint.ts';
import { getOrderCalendar, getOrderTicketsPdf } from '../../../../client/endpoints.generated.ts';
import type { Order } from '../../../../contract/orders.ts';
import { placeLine } from '../../../../contract/place.ts';
import { later } from '../../page.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { nowMs } from '../../ui/clock.ts';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { formatMoney, Money } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { useTitle } from '../../ui/title.ts';
import { formatWhen, When } from '../../ui/When.tsx';
import { Documents } from '../documents/Documents.tsx';
import { IncludedParts, OrderFeeRow, ResaleNote } from '../promo/PriceRows.tsx';
import { PromoRow } from '../promo/PromoRow.tsx';
import { fullPriceOf } from '../promo/promo.ts';
import { PushChoice } from '../push/PushChoice.tsx';
import { History } from '../transfer/History.tsx';
import { OwnActions, PassOnRest } from '../transfer/OwnActions.tsx';
import { Address } from './Address.tsx';
import { CancelDialog } from './CancelDialog.tsx';
import { EndLinks } from './EndLinks.tsx';
import { EventNews } from './EventNews.tsx';
import { JoinOnline } from './JoinOnline.tsx';
import { KeptNotice } from './KeptNotice.tsx';
import { OrderStatus } from './OrderStatus.tsx';
import { orderQuery } from './queries.ts';
import { Refunds } from './Refunds.tsx';
import {
  hasCode,
  isAsked,
  isOwnValid,
  moneyBack,
  moneyOf,
  noticeOf,
  receiptTitles,
  type Word,
} from './say-order.ts';
import { TicketCard } from './TicketCard.tsx';
import { t } from './words.ts';

const route = getRouteApi('/orders/$orderId');

/** Shows nothing at an event without extras. */
const MoreExtras = lazy(async () => {
  const { moreExtras } = await import('../../later-pages.ts');
  return { default: (await moreExtras()).MoreExtras };
});

const HeldOrder = later('HeldOrder');
const PayAsked = later('PayAsked');
const OrderAnswers = later('OrderAnswers');
const TransferDetails = later('TransferDetails');

/** After this long without an answer from the provider, the page says that it is slow. */
const SLOW_MS = 12_000;

export function OrderPage() {
  const { orderId } = route.useParams();
  const { paid } = route.useSearch();
  const [since] = useState(nowMs);
  const { data: order } = useSuspenseQuery({
    ...orderQuery(orderId),
    // Polls until the provider has answered, and until the tickets have codes: often at first, then less often.
    refetchInterval: ({ state }) =>
      state.data?.review
        ? nowMs() - since < SLOW_MS
          ? 1_500
          : 30_000
        : state.data?.status !== 'pending'
          ? false
          : // A bank transfer takes days.
            state.data.payBy
            ? 60_000
            : nowMs() - since < SLOW_MS
              ? 800
              : 3_000,
    refetchIntervalInBackground: false,
  });
  useTitle(`${order.event.title}: ${t('order', { number: order.number })}`);
  const offline = order.keptAt !== undefined;
  const live = (order.status === 'confirmed' || order.status === 'completed') && !order.event.cancellation;
  const waits = live && order.review !== null;
  const waitsForTransfer = order.payBy !== null && order.status === 'pending';
  return (
    <div className="page max-w-4xl py-8 sm:py-12">
      <header>
        <p>
          <OrderStatus order={order} />
        </p>
        <h1 tabIndex={-1} className="mt-3 text-title font-extrabold">
          <bdi>{order.event.title}</bdi>
        </h1>
        <p className="mt-2 text-lg text-muted">
          <When at={order.event.startsAt} timeZone={order.event.timeZone} format="long" withZone />
          <br />
          <bdi>{placeLine(order.event.venueName, order.event.city)}</bdi>
        </p>
      </header>
      <div aria-live="polite" className="mt-6 empty:hidden">
        {!waitsForTransfer && <State order={order} paid={paid === 1} slow={nowMs() - since > SLOW_MS} />}
      </div>
      {order.exchangeOf && order.confirmedAt !== null && (
        <p className="mt-6 text-muted">
          {t('cameByExchange')}{' '}
          <Link
            to={paths.order}
            params={{ orderId: order.exchangeOf.orderId }}
            className="font-semibold text-accent underline underline-offset-2"
          >
            {t('toEarlier')}
          </Link>
        </p>
      )}
      {waits && !offline && <HeldOrder />}
      {isAsked(order) && paid !== 1 && !offline && (
        <Suspense fallback={<Skeleton className="mt-6 h-48" />}>
          <PayAsked />
        </Suspense>
      )}
      {waitsForTransfer && !offline && (
        <Suspense fallback={<Skeleton className="mt-6 h-96" />}>
          <TransferDetails />
        </Suspense>
      )}
      <EventNews order={order} />
      <KeptNotice at={order.keptAt} />
      {live && <Actions order={order} offline={offline} />}
      {live && <JoinOnline join={order.join} />}
      {order.tickets.length > 0 && (
        <ul className="mt-8 grid grid-cols-1 gap-6">
          {order.tickets.map((ticket, index) => (
            <li key={ticket.id}>
              <TicketCard
                ticket={ticket}
                event={order.event}
                n={index + 1}
                count={order.tickets.filter(({ collect }) => !collect).length}
                offline={offline}
                waits={waits}
              >
                {live && !waits && !ticket.collect && (
                  <OwnActions order={order} ticket={ticket} offline={offline} />
                )}
              </TicketCard>
            </li>
          ))}
        </ul>
      )}
      {live && !offline && order.tickets.some((ticket) => !ticket.collect && isOwnValid(ticket)) && (
        <Suspense>
          <MoreExtras eventId={order.event.id} />
        </Suspense>
      )}
      {live && !offline && order.status === 'confirmed' && <PushChoice as="offer" />}
      {live && !offline && (
        <Suspense>
          <OrderAnswers />
        </Suspense>
      )}
      {live && !offline && <History orderId={order.id} />}
      <Receipt order={order} offline={offline} />
      <Documents order={order} offline={offline} />
      <Address order={order} offline={offline} />
      <EndLinks order={order} offline={offline} />
      {(live || order.status === 'pending') && <Cancel order={order} offline={offline} />}
    </div>
  );
}

/** The order's state, and what the person can do now. */
function State({ order, paid, slow }: { order: Order; paid: boolean; slow: boolean }) {
  const notice = noticeOf(order, { paid, slow });
  // The organiser's cancellation says what happened to the money of a paid order.
  if (!notice || (order.event.cancellation && moneyOf(order) === 'paid')) return null;
  const text =
    notice.text &&
    say(notice.text, {
      time: formatWhen(order.expiresAt, ownTimeZone(), 'time'),
      email: order.buyer.email,
      amount: formatMoney(order.refunded),
    });
  return (
    <Notice tone={notice.tone} title={say(notice.title, {})}>
      {notice.waits ? (
        <p className="flex items-center gap-3">
          <span
            aria-hidden="true"
            className="size-4 shrink-0 animate-spin rounded-full border-2 border-accent border-r-transparent"
          />
          {text}
        </p>
      ) : (
        text && <p>{text}</p>
      )}
      {notice.way === 'checkout' && (
        <Link
          to={paths.checkout}
          params={{ holdId: order.holdId }}
          className={buttonClass('primary', 'small', 'mt-3')}
        >
          {t('finish')}
        </Link>
      )}
      {notice.way === 'ticket' && order.exchangeOf && (
        <Link
          to={paths.ticket}
          params={{ ticketId: order.exchangeOf.ticketId }}
          className={buttonClass('primary', 'small', 'mt-3')}
        >
          {t('toTicket')}
        </Link>
      )}
      {notice.way === 'event' && (
        <Link
          to={paths.event}
          params={{ slug: order.event.slug }}
          className="mt-2 inline-block font-semibold underline underline-offset-2"
        >
          {t('toEvent')}
        </Link>
      )}
    </Notice>
  );
}

/** A text of say-order.ts, with all values that its texts may have. */
const say = t as (word: Word, values: Record<string, string>) => string;

function Actions({ order, offline }: { order: Order; offline: boolean }) {
  const disabledBecause = offline && t('needsConnection');
  const params = { orderId: order.id };
  return (
    <div className="mt-6 flex flex-wrap gap-3">
      {order.event.ticketCodes === 'fixed' && (
        <FileLink
          href={addressOf(getOrderTicketsPdf, { params })}
          icon="download"
          // A PDF of no ticket would be refused.
          disabledBecause={
            disabledBecause ||
            (order.review !== null && t('waits')) ||
            (!order.tickets.some(hasCode) && t('passedOn'))
          }
        >
          {t('pdf')}
        </FileLink>
      )}
      <FileLink
        href={addressOf(getOrderCalendar, { params })}
        icon="calendar"
        disabledBecause={disabledBecause}
      >
        {t('calendar')}
      </FileLink>
      {order.review === null && <PassOnRest order={order} offline={offline} />}
    </div>
  );
}

interface FileLinkProps {
  href: string;
  icon: IconName;
  disabledBecause: string | false;
  children: string;
}

/** A link to a file; a disabled button if the browser would show an error page for it. */
function FileLink({ href, icon, disabledBecause, children }: FileLinkProps) {
  const label = (
    <>
      <Icon name={icon} />
      {children}
    </>
  );
  if (disabledBecause) {
    return (
      <Button look="quiet" disabledBecause={disabledBecause}>
        {label}
      </Button>
    );
  }
  return (
    <a href={href} className={buttonClass('quiet')} download>
      {label}
    </a>
  );
}

function Receipt({ order, offline }: { order: Order; offline: boolean }) {
  const back = moneyBack(order);
  return (
    <section aria-labelledby="receipt" className="mt-12 max-w-xl">
      <h2 id="receipt" className="text-xl font-bold tracking-tight">
        {t(receiptTitles[moneyOf(order)])}
      </h2>
      <ul className="mt-3 divide-y divide-line border-y border-line">
        {order.lines.map((line, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: each ticket of another person is a line of its own, so types repeat
          <li key={n} className="py-3">
            <p className="flex justify-between gap-4">
              <span>
                {line.quantity} × <bdi>{line.name}</bdi>
              </span>
              <span>{formatMoney(fullPriceOf(line))}</span>
            </p>
            {line.seats?.map(({ seatId, section, row, seat }) => (
              <p key={seatId} className="text-sm text-muted">
                {row === '' ? t('seatNameNoRow', { section, seat }) : t('seatName', { section, row, seat })}
              </p>
            ))}
            <ResaleNote line={line} />
          </li>
        ))}
        <PromoRow lines={order.lines} />
        <OrderFeeRow fee={order.orderFee} />
        <li className="flex justify-between gap-4 py-3 font-bold">
          {t('total')} <Money value={order.total} free={t('free')} />
        </li>
        {back.amount > 0 && (
          <li className="flex justify-between gap-4 py-3">
            {t('refunded')} <Money value={back} />
          </li>
        )}
        {back.amount > 0 && !offline && <Refunds order={order} />}
      </ul>
      <div className="mt-3">
        <IncludedParts lines={order.lines} parts={order.parts} />
      </div>
      <p className="mt-3 text-sm text-muted">
        {t('order', { number: order.number })} · {t('orderedAs', order.buyer)}
      </p>
    </section>
  );
}

function Cancel({ order, offline }: { order: Order; offline: boolean }) {
  const [asking, setAsking] = useState(false);
  if (order.status === 'completed') return null;
  const valid = order.tickets.filter(isOwnValid);
  const isUsed = order.tickets.some(({ status, isTransferred }) => status === 'used' && !isTransferred);
  // The others of an order with a used ticket can be cancelled by naming them; the dialog asks for their quote.
  const isPossible = order.cancellation !== null || (isUsed && valid.length > 0);
  return (
    <div className="mt-8">
      {isPossible ? <Offer order={order} /> : <p className="mb-2 text-sm text-muted">{t('noCancel')}</p>}
      <Button
        look="quiet"
        disabledBecause={offline ? t('needsConnection') : !isPossible && t('noCancel')}
        onClick={() => setAsking(true)}
      >
        {t(valid.length > 1 ? 'cancelTickets' : 'cancel')}
      </Button>
      {asking && isPossible && <CancelDialog order={order} onClose={() => setAsking(false)} />}
    </div>
  );
}

/** What cancelling gives back, until when, and what is kept. */
function Offer({ order }: { order: Order }) {
  const { cancellation } = order;
  if (!cancellation || moneyOf(order) !== 'paid') return null;
  const { refund, fee, until } = cancellation;
  const values = {
    when: formatWhen(until, order.event.timeZone),
    refund: formatMoney(refund),
    fee: formatMoney(fee),
  };
  return (
    <p className="mb-2 max-w-xl text-sm text-muted">
      {fee.amount > 0 ? t('cancelOfferLess', values) : t('cancelOffer', values)}
    </p>
  );
}
