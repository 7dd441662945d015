import type { EventId, TicketId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { selectWallets } from './wallet-store.ts';

export interface Wallets {
  /** How many wallets have opened the ticket. */
  devices: number;
  paper: boolean;
}

const none: Wallets = { devices: 0, paper: false };

/** Reads which wallets and papers these tickets of one event have. */
export async function readWallets(
  { db }: Pick<App, 'db'>,
  eventId: EventId,
  ticketIds: TicketId[],
): Promise<(ticketId: TicketId) => Wallets> {
  const rows = await selectWallets(db, eventId, ticketIds);
  const byId = new Map(rows.map((row) => [row.ticket_id, row]));
  return (ticketId) => byId.get(ticketId) ?? none;
}
