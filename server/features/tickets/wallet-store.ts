import type { EventId, TicketId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';

/** The SQL of wallets and paper, for tickets whose codes turn. A ticket that nobody opened has no row. */
interface WalletRow {
  ticket_id: TicketId;
  /** How many wallets have opened the ticket. */
  devices: number;
  /** The guest has the ticket on paper. */
  paper: boolean;
}

/** Counts one more wallet, and returns its number. */
export async function insertWallet(db: Queryable, eventId: EventId, ticketId: TicketId): Promise<number> {
  const [row] = await db.query<{ devices: number }>(
    `insert into ticket_wallets (event_id, ticket_id, devices) values ($1, $2, 1)
     on conflict (ticket_id, event_id) do update set devices = least(ticket_wallets.devices + 1, 65535)
     returning devices`,
    [eventId, ticketId],
  );
  return row?.devices ?? 0;
}

export const insertPaper = (db: Queryable, eventId: EventId, ticketIds: TicketId[]): Promise<unknown> =>
  db.query(
    `insert into ticket_wallets (event_id, ticket_id, paper) select $1, unnest($2::text[]), true
     on conflict (ticket_id, event_id) do update set paper = true where not ticket_wallets.paper`,
    [eventId, ticketIds],
  );

export const selectWallets = (db: Queryable, eventId: EventId, ticketIds: TicketId[]): Promise<WalletRow[]> =>
  db.query(
    `select ticket_id, devices, paper from ticket_wallets where event_id = $1 and ticket_id = any($2::text[])`,
    [eventId, ticketIds],
  );
