import type { World } from '../../../testing/world.ts';
import type { Purchase } from './purchase.ts';

/** Reads tables directly, for what no operation shows. */
export function openBooks(world: World) {
  const rows = <Row extends object>(sql: string, ...values: unknown[]) =>
    world.app.db.query<Row>(sql, values);
  return {
    rows,
    transfers: (orderId: string) =>
      rows(
        'select kind, debit, credit, amount_minor from transfers where order_id = $1 order by kind',
        orderId,
      ),
    refunds: (orderId: string) =>
      rows('select amount_minor, reason, status from refunds where order_id = $1', orderId),
    async paymentStatus({ paymentId }: Purchase) {
      const [row] = await rows<{ status: string }>('select status from payments where id = $1', paymentId);
      return row?.status;
    },
    async ticketCount(orderId: string) {
      return (await rows('select from tickets where order_id = $1', orderId)).length;
    },
    /** The outcomes of an order's webhooks, sorted. */
    async outcomes(orderId: string) {
      const found = await rows<{ outcome: string }>(outcomesSql, orderId);
      return found.map((row) => row.outcome);
    },
    /** The messages about an order's money. */
    async notices(orderId: string) {
      return (await rows<{ type: string }>(noticesSql, orderId)).map((row) => row.type);
    },
    async available(event: { id: string }): Promise<number> {
      const { body } = await world.client().get(`/api/events/${event.id}/availability`);
      return body.ticketTypes[0].available;
    },
  };
}

const outcomesSql = `
  select outcome from webhook_events where convert_from(payload, 'UTF8')::jsonb->'data'->'object'->'metadata'->>'orderId' = $1 order by outcome`;
const noticesSql = `
  select type from outbox where topic = 'payment_notifications' and payload->>'orderId' = $1 order by id`;
