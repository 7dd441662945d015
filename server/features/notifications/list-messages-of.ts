import type { Export } from '../../../contract/deletion.ts';
import type { EventMessage } from '../../../contract/event-messages.ts';
import type { OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type DeliveryRow, listDeliveriesOf } from './deliveries-store.ts';
import { showMessage } from './list-event-messages.ts';

/** Lists what was sent about a person's orders and to their verified address, the latest first. */
export async function listMessagesOf(
  app: Pick<App, 'db'>,
  email: string | null,
  orderIds: OrderId[],
): Promise<Export['messages']> {
  const rows = await listDeliveriesOf(app.db, email?.toLowerCase() ?? null, orderIds);
  return rows.map(({ kind, channel, state, recipient, orderId, createdAt, sentAt }) => ({
    kind,
    channel,
    state,
    recipient,
    orderId,
    createdAt: createdAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
  }));
}

/** Lists the messages about an order with their states, the latest first. */
export const listOrderMessages = async (app: Pick<App, 'db'>, orderId: OrderId): Promise<EventMessage[]> =>
  ((await listDeliveriesOf(app.db, null, [orderId])) as DeliveryRow[]).map(showMessage);
