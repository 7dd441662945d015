import type { TicketId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { findOpenTransfer } from './store.ts';
import { statusOf } from './transfer.ts';

/** True if somebody can still accept this ticket. */
export async function hasOpenOffer(app: Pick<App, 'db' | 'clock'>, ticketId: TicketId): Promise<boolean> {
  const open = await findOpenTransfer(app.db, ticketId);
  return open !== null && statusOf(open, app.clock.now()) === 'pending';
}
