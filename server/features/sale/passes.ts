/* What features above date-passes must know of passes. */
import { Refused } from '../../../contract/errors.ts';
import type { EventId, TicketTypeId } from '../../../contract/ids.ts';
import type { Reads } from '../../data/db.ts';

/** A column of a SaleRow and of an EventRow. It never changes. */
export const isPassColumn = 'exists (select from passes where passes.event_id = events.id) as is_pass';

// Reads a table of date-passes, which is below the features that ask.
const isPassSql = `select exists (select from passes where event_id = $1) as is`;
/** Throws Refused('pass_places') for a pass: only the commands of date-passes change its places. */
export async function refusePass(db: Reads, eventId: EventId): Promise<void> {
  const [row] = await db.query<{ is: boolean }>(isPassSql, [eventId]);
  if (row?.is) throw new Refused('pass_places');
}

// Reads a table of date-passes, too.
const opensSql = `select exists (select from pass_dates where event_id = $1 and pass_id = $2) as is`;
/** Whether tickets of the pass open this date. */
export const opensDate = async (db: Reads, passId: EventId, eventId: EventId): Promise<boolean> =>
  (await db.query<{ is: boolean }>(opensSql, [eventId, passId]))[0]?.is === true;

// Reads a table of date-passes, too.
const typesSql = `select ticket_type_id as id from pass_dates where event_id = $1`;
/** The ticket types of a date whose places passes take. */
export const selectTypesOfPasses = async (db: Reads, eventId: EventId): Promise<Set<TicketTypeId>> =>
  new Set((await db.query<{ id: TicketTypeId }>(typesSql, [eventId])).map(({ id }) => id));

// Reads tables of date-passes, too, and the table of inventory with the holds that keep places.
const keptSql = `
  select exists (select from pass_dates where event_id = $1)
    or exists (select from pass_dates join holds on holds.id = hold_id where pass_id = $1 and status = 'blocked') as is`;
/** Whether a pass opens the event, or the event is a pass for which dates keep places. */
export const isBoundByPass = async (db: Reads, eventId: EventId): Promise<boolean> =>
  (await db.query<{ is: boolean }>(keptSql, [eventId]))[0]?.is === true;
