import type { EventId, HoldId, OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Queryable } from '../../data/db.ts';
import { refuseDisputed } from '../inventory/disputed.ts';
import { orderIdOf, type Refusal } from '../inventory/inventory.ts';
import { tradeInOf } from '../inventory/trade-in.ts';
import type { OrderRecord } from './orders.ts';

/* The ticket of an exchange was also paid for by earlier orders, its credits. A bank may take the money of these orders too. */

// The orders may be of other events: of other dates of a run.
const withoutMoneySql = `
  select orders.hold_id as "holdId", orders.event_id as "eventId"
  from ticket_exchanges exchange
    join orders on orders.id = exchange.order_id and orders.event_id = exchange.event_id
  where exchange.credit_order_ids @> array[$1::text] and orders.status = 'confirmed'
    and not exists (
      select from orders paid
      where paid.id = any(exchange.credit_order_ids || exchange.order_id)
        and paid.id <> $1 and paid.total_minor > paid.refunded_minor + paid.disputed_minor)
  order by orders.id`;

/**
 * Finds the exchanges whose tickets were paid for by this order, and by no other money that is left. The money of this order
 * is gone by a lost dispute.
 */
export const listExchangesWithoutMoney = (
  app: Pick<App, 'db'>,
  orderId: OrderId,
): Promise<{ holdId: HoldId; eventId: EventId }[]> => app.db.query(withoutMoneySql, [orderId]);

const disputedSql = `select coalesce(sum(disputed_minor), 0)::int as minor from orders where id = any($1::text[])`;

/**
 * Refuses to pass on tickets of an order while a bank has money that was paid for them; null if no bank has any. Only the order
 * of an exchange needs a query.
 */
export async function refuseDisputedMoney(
  db: Queryable,
  { lines, disputedMinor, currency }: Pick<OrderRecord, 'lines' | 'disputedMinor' | 'currency'>,
): Promise<Refusal | null> {
  const credits = (tradeInOf({ lines })?.credits ?? []).map(({ holdId }) => orderIdOf(holdId));
  const [row] = credits.length > 0 ? await db.query<{ minor: number }>(disputedSql, [credits]) : [];
  return refuseDisputed({ disputedMinor: disputedMinor + (row?.minor ?? 0) }, currency);
}
