import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Order } from '../../../../contract/orders.ts';
import { eventQuery } from '../buy/queries.ts';
import { orderQuery } from '../wallet/queries.ts';
import { isOwnValid } from '../wallet/say-order.ts';
import { ExchangeLink } from './ExchangeLink.tsx';
import { PassOn, PassOnAll } from './PassOn.tsx';
import { resalesQuery, transfersQuery } from './queries.ts';
import { Rename } from './Rename.tsx';
import { Resell } from './Resell.tsx';
import { t } from './words.ts';

/** Passes on all tickets of an order that the buyer still has and offers to nobody. */
export function PassOnRest({ order, offline }: { order: Order; offline: boolean }) {
  const { data } = useQuery({ ...transfersQuery(order.id), enabled: !offline });
  if (!data || order.status === 'completed') return null;
  const offered = new Set(
    data.items.flatMap(({ status, ticketId }) => (status === 'pending' ? ticketId : [])),
  );
  const rest = order.tickets.filter(
    (ticket) => isOwnValid(ticket) && !ticket.isOnResale && !offered.has(ticket.id),
  );
  return (
    <PassOnAll orderId={order.id} count={rest.length} disabledBecause={offline && t('needsConnection')} />
  );
}

/** What the buyer of an order can do with one of its tickets: pass it on, or change its name. */
export function OwnActions({
  order,
  ticket,
  offline,
}: {
  order: Order;
  ticket: Order['tickets'][number];
  offline: boolean;
}) {
  const client = useQueryClient();
  const { data } = useQuery({ ...transfersQuery(order.id), enabled: !offline });
  const { data: event } = useQuery({ ...eventQuery(order.event.slug), enabled: !offline });
  const { data: resales } = useQuery({ ...resalesQuery(order.id), enabled: !offline && ticket.isOnResale });
  const transfers = data?.items.filter(({ ticketId }) => ticketId === ticket.id) ?? [];
  if (ticket.isTransferred) {
    const last = transfers.findLast(({ status }) => status === 'accepted');
    return last ? (
      <p className="wrap-anywhere">{t('transferredTo', { to: last.to.name ?? last.to.email })}</p>
    ) : null;
  }
  if (ticket.status !== 'valid' || order.status === 'completed') return null;
  const disabledBecause = offline && t('needsConnection');
  const givenBecause = disabledBecause || (ticket.isOnResale && t('keepFirst'));
  return (
    <>
      <PassOn
        ticketId={ticket.id}
        open={transfers.find(({ status }) => status === 'pending')}
        disabledBecause={givenBecause}
      />
      <Rename
        ticketId={ticket.id}
        name={ticket.attendeeName}
        disabledBecause={disabledBecause}
        onRenamed={() => client.invalidateQueries({ queryKey: orderQuery(order.id).queryKey })}
      />
      <ExchangeLink ticketId={ticket.id} exchanges={event?.exchanges} disabledBecause={givenBecause} />
      <Resell
        ticketId={ticket.id}
        open={resales?.items.find(
          ({ ticketId, endedAt }) => ticket.isOnResale && ticketId === ticket.id && endedAt === null,
        )}
        terms={event?.resale}
        disabledBecause={disabledBecause}
        onChanged={async () => {
          await client.invalidateQueries({ queryKey: orderQuery(order.id).queryKey });
          await client.invalidateQueries({ queryKey: resalesQuery(order.id).queryKey });
        }}
      />
    </>
  );
}
