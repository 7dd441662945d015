import type { Export } from '../../../contract/deletion.ts';
import type { OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { listDeliveriesOf } from './deliveries-store.ts';

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
