import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useLocation } from '@tanstack/react-router';
import { type ReactNode, Suspense, useState } from 'react';
import type { OrderId } from '../../../../contract/ids.ts';
import type { Order } from '../../../../contract/orders.ts';
import type { Refund } from '../../../../contract/refunds.ts';
import { meQuery } from '../../api/session.ts';
import { useMay } from '../../api/use-may.ts';
import { later } from '../../page.ts';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { formatMoney, Money } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { useTitle } from '../../ui/title.ts';
import { formatWhen, When } from '../../ui/When.tsx';
import { Documents } from '../documents/Documents.tsx';
import { chosenOrganisation } from '../organise/chosen.ts';
import { Rename } from '../transfer/Rename.tsx';
import { OrderStatus } from '../wallet/OrderStatus.tsx';
import { BuyerAddress } from './BuyerAddress.tsx';
import { Disputes } from './Disputes.tsx';
import { HandOver } from './HandOver.tsx';
import { OrderHistory } from './OrderHistory.tsx';
import { historyQuery, refundsQuery, soldOrderQuery } from './queries.ts';
import { RefundForm } from './RefundForm.tsx';
import { TeamNotes } from './TeamNotes.tsx';
import { TicketHistory } from './TicketHistory.tsx';
import { nameOf } from './ticket-name.ts';
import { t } from './words.ts';

const route = getRouteApi('/organise/orders/$orderId');

const TeamExchange = later('TeamExchange');
const AskedToPay = later('AskedToPay');
const OrderAnswers = later('OrderAnswers');

/**
 * An order as the organiser sees it. The page that exchanges a ticket of it is at `#exchange-tkt_…`, because a route of its own would
 * make the first page of every visitor larger.
 */
export function SoldOrderPage() {
  const { hash } = useLocation();
  if (!hash.startsWith('exchange-')) return <SoldOrder />;
  return (
    <Suspense fallback={<Skeleton className="page mt-12 h-64" />}>
      <TeamExchange />
    </Suspense>
  );
}

/** Tickets, payment, refunds, and the form for a refund. */
function SoldOrder() {
  const orderId = route.useParams().orderId as OrderId;
  const search = route.useSearch();
  const { data: order } = useSuspenseQuery(soldOrderQuery(orderId));
  const [done, setDone] = useState<string | null>(null);
  useTitle(t('order', { number: order.number }));
  const { buyer, event, createdAt } = order;
  const { data: me } = useSuspenseQuery(meQuery);
  const { data: history } = useQuery(historyQuery(orderId));
  const organisationId = history?.organisationId ?? chosenOrganisation(me, search.org)?.id;
  const may = useMay(organisationId, event.id);
  const seesDisputes = useMay(organisationId)('money.read');
  return (
    <Subpage
      back={{ to: paths.soldOrders, search: search }}
      backText={t('title')}
      title={t('order', { number: order.number })}
    >
      <p className="mt-3">
        <OrderStatus order={order} />
      </p>
      <p className="mt-3 wrap-anywhere">
        <bdi className="font-semibold">{buyer.name}</bdi>
        <br />
        <bdi>{buyer.email}</bdi>
      </p>
      {may('orders.edit') && order.status === 'confirmed' && <BuyerAddress order={order} />}
      <p className="mt-3 text-muted wrap-anywhere">
        <bdi>{event.title}</bdi> · <When at={event.startsAt} timeZone={event.timeZone} />
        <br />
        {t('ordered', { when: formatWhen(createdAt, ownTimeZone()) })}
        {history?.cardLast4 && ` · ${t('card', { digits: history.cardLast4 })}`}
      </p>
      {seesDisputes && <Disputes orderId={orderId} org={search.org} />}
      {order.status === 'pending' && order.exchangeOf?.askedUntil && may('orders.exchange') && (
        <Suspense fallback={<Skeleton className="mt-6 h-32" />}>
          <AskedToPay />
        </Suspense>
      )}
      {order.tickets.length > 0 && (
        <Tickets
          order={order}
          mayEdit={may('orders.edit')}
          mayExchange={may('orders.exchange')}
          mayReadDoor={may('door.read')}
        />
      )}
      {order.tickets.length > 0 && (
        <Suspense>
          <OrderAnswers />
        </Suspense>
      )}
      {history && <TicketHistory orderId={orderId} items={history.items} />}
      <Payment order={order} />
      <Refunds orderId={orderId} maySell={may('tickets.sell')} />
      <Documents order={order} readOnly />
      {history && (
        <TeamNotes orderId={orderId} tags={history.tags} items={history.items} mayEdit={may('orders.edit')} />
      )}
      {history && <OrderHistory order={order} items={history.items} />}
      {may('orders.refund') && (
        <section aria-labelledby="refund" className="mt-10">
          <h2 id="refund" className="text-xl font-bold tracking-tight">
            {t('refund')}
          </h2>
          <div aria-live="polite" className="mt-3 empty:hidden">
            {done && <Notice tone="good">{done}</Notice>}
          </div>
          <RefundForm key={stateOf(order)} order={order} onDone={setDone} />
        </section>
      )}
    </Subpage>
  );
}

/** Changes with every refund and dispute, so that the form begins anew. */
const stateOf = ({ refunded, disputes, tickets }: Order): string =>
  [refunded.amount, ...disputes.map(({ status }) => status), ...tickets.map(({ status }) => status)].join();

interface TicketsProps {
  order: Order;
  mayEdit: boolean;
  mayExchange: boolean;
  mayReadDoor: boolean;
}

function Tickets({ order, mayEdit, mayExchange, mayReadDoor }: TicketsProps) {
  const client = useQueryClient();
  const reload = async () => {
    await client.invalidateQueries({ queryKey: historyQuery(order.id).queryKey });
    await client.invalidateQueries({ queryKey: soldOrderQuery(order.id).queryKey });
  };
  return (
    <section aria-labelledby="tickets" className="mt-10">
      <h2 id="tickets" className="text-xl font-bold tracking-tight">
        {t('tickets')}
      </h2>
      <ul className="mt-3 divide-y divide-line border-y border-line">
        {order.tickets.map((ticket) => (
          <li key={ticket.id} className="flex justify-between gap-4 py-3">
            <div className="min-w-0 wrap-anywhere">
              <p>{nameOf(ticket)}</p>
              <p className="text-sm text-muted">
                {t(ticket.status)}
                {ticket.refunded.amount > 0 &&
                  ` · ${t('refundedPart', { amount: formatMoney(ticket.refunded) })}`}
              </p>
              <div className="mt-2 flex flex-wrap gap-3 empty:hidden">
                {mayEdit && ticket.status !== 'cancelled' && (
                  <Rename ticketId={ticket.id} name={ticket.attendeeName} onRenamed={reload} />
                )}
                {mayExchange && ticket.status === 'valid' && (
                  <Link
                    to={paths.soldOrder}
                    params={{ orderId: order.id }}
                    hash={`exchange-${ticket.id}`}
                    className={buttonClass('quiet', 'small')}
                  >
                    {t('exchange')}
                  </Link>
                )}
                {mayReadDoor && (
                  <Link
                    to={paths.eventDoor}
                    params={{ eventId: order.event.id }}
                    hash={`ticket-${ticket.id}`}
                    className={buttonClass('quiet', 'small')}
                  >
                    {t('atDoor')}
                  </Link>
                )}
              </div>
            </div>
            <Money value={ticket.price} free={t('free')} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Payment({ order: { total, refunded, orderFee, status } }: { order: Order }) {
  const paid =
    status === 'confirmed' || status === 'completed' || status === 'cancelled' || status === 'refunded';
  const left = { amount: total.amount - refunded.amount, currency: total.currency };
  return (
    <section aria-labelledby="money" className="mt-10">
      <h2 id="money" className="text-xl font-bold tracking-tight">
        {t('money')}
      </h2>
      <dl className="mt-3 divide-y divide-line border-y border-line *:flex *:justify-between *:gap-4 *:py-3">
        {orderFee.amount > 0 && (
          <div>
            <dt>{t('fee')}</dt>
            <dd>
              <Money value={orderFee} />
            </dd>
          </div>
        )}
        <div className="font-bold">
          <dt>{t('total')}</dt>
          <dd>
            <Money value={total} free={t('free')} />
          </dd>
        </div>
        {refunded.amount > 0 && (
          <div>
            <dt>{t('refunded')}</dt>
            <dd>
              <Money value={refunded} />
            </dd>
          </div>
        )}
        {paid && left.amount > 0 && refunded.amount > 0 && (
          <div>
            <dt>{t('left')}</dt>
            <dd>
              <Money value={left} />
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

function Refunds({ orderId, maySell }: { orderId: OrderId; maySell: boolean }) {
  const { data } = useQuery(refundsQuery(orderId));
  if (!data || data.items.length === 0) return null;
  return (
    <section aria-labelledby="refunds" className="mt-10">
      <h2 id="refunds" className="text-xl font-bold tracking-tight">
        {t('refunds')}
      </h2>
      <ul className="mt-3 divide-y divide-line border-y border-line">
        {data.items.map((refund) => (
          <RefundRow key={refund.id} refund={refund}>
            {maySell && refund.isByHand && refund.status === 'pending' && (
              <HandOver orderId={orderId} refundId={refund.id} />
            )}
          </RefundRow>
        ))}
      </ul>
    </section>
  );
}

const RefundRow = ({
  refund: { amount, cause, reason, status, isByHand, createdAt },
  children,
}: {
  refund: Refund;
  children: ReactNode;
}) => (
  <li className="flex justify-between gap-4 py-3">
    <div className="min-w-0 wrap-anywhere">
      <p>{t(cause)}</p>
      {reason && (
        <p dir="auto" className="page-side text-sm">
          {reason}
        </p>
      )}
      <p className={`text-sm ${status === 'failed' ? 'font-medium text-bad' : 'text-muted'}`}>
        <When at={createdAt} timeZone={ownTimeZone()} /> ·{' '}
        {t(isByHand && status === 'pending' ? 'byHand' : status)}
      </p>
      {children}
    </div>
    <strong>
      <Money value={amount} />
    </strong>
  </li>
);
