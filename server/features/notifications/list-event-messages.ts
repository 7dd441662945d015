import type { z } from 'zod';
import type * as contract from '../../../contract/event-messages.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { countWaitingItems } from '../../work/jobs.ts';
import { orderNumber } from '../orders/orders.ts';
import { countDeliveries, type DeliveryRow, listDeliveries } from './deliveries-store.ts';

type Query = z.output<NonNullable<typeof contract.listEventMessages.query>>;
type Reply = z.output<NonNullable<typeof contract.listEventMessages.reply>>;

/** Lists the messages about an event's orders and the offers of its waitlist, the latest first. The cursor is the id of the last one shown. */
export async function listEventMessages(
  app: App,
  call: { params: { eventId: EventId }; query: Query },
): Promise<Reply> {
  const { eventId } = call.params;
  const { state = null, broadcastId = null, cursor = null, limit } = call.query;
  const [rows, counted, queued] = await Promise.all([
    listDeliveries(app.db, eventId, { state, broadcastId, cursor, limit: limit + 1 }),
    countDeliveries(app.db, eventId),
    countWaitingItems(app.db, 'send-order-mails', eventId),
  ]);
  const page = rows.slice(0, limit);
  const counts = { waiting: 0, withheld: 0, sent: 0, failed: 0, bounced: 0 };
  for (const { state: of, count } of counted) counts[of] = count;
  return {
    items: page.map(showMessage),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
    counts,
    queued,
  };
}

export const showMessage = (row: DeliveryRow): contract.EventMessage => ({
  id: row.id,
  kind: row.kind,
  channel: row.channel,
  state: row.state,
  recipient: row.recipient,
  language: row.language,
  order: row.orderId && { id: row.orderId, number: orderNumber(row.orderId) },
  error: row.error,
  attempts: row.attempts,
  createdAt: row.createdAt.toISOString(),
  sentAt: row.sentAt?.toISOString() ?? null,
  canBeResent: canBeResent(row),
});

/** Decision: only a message that did not arrive is sent again. An erased one has no recipient any more. */
export const canBeResent = ({ state, job, channel }: DeliveryRow): boolean =>
  (state === 'failed' || state === 'bounced' || state === 'withheld') && job !== null && channel === 'email';
