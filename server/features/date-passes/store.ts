import type {
  EventId,
  HoldId,
  OrderId,
  OrganisationId,
  TicketId,
  TicketTypeId,
  UserId,
} from '../../../contract/ids.ts';
import type { Language } from '../../../contract/languages.ts';
import type { Queryable, Reads, Transaction } from '../../data/db.ts';
import type { HoldLine } from '../inventory/inventory.ts';

const insertPassSql = `insert into passes (event_id) values ($1)`;
const insertDatesSql = `
  insert into pass_dates (pass_id, event_id, ticket_type_id, hold_id)
  select $1, event_id, type_id, hold_id from unnest($2::text[], $3::text[], $4::text[]) as date (event_id, type_id, hold_id)`;

export async function insertPass(
  trx: Transaction,
  passId: EventId,
  dates: Pick<PassDate, 'eventId' | 'ticketTypeId' | 'holdId'>[],
): Promise<void> {
  await trx.run(insertPassSql, [passId]);
  await trx.run(insertDatesSql, [
    passId,
    dates.map(({ eventId }) => eventId),
    dates.map(({ ticketTypeId }) => ticketTypeId),
    dates.map(({ holdId }) => holdId),
  ]);
}

export interface PassDate {
  eventId: EventId;
  ticketTypeId: TicketTypeId;
  holdId: HoldId;
  title: string;
  slug: string;
  status: 'draft' | 'published' | 'cancelled';
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  venueName: string;
  city: string;
}

// Reads tables of catalog: what a date is called, when it is, and whether it was cancelled.
const datesSql = `
  select pass_dates.event_id as "eventId", ticket_type_id as "ticketTypeId", hold_id as "holdId", title, slug,
    case when exists (select from event_cancellations where event_cancellations.event_id = events.id) then 'cancelled' else status end
      as status,
    starts_at as "startsAt", ends_at as "endsAt", time_zone as "timeZone", venue_name as "venueName", city
  from pass_dates join events on events.id = pass_dates.event_id
  where pass_id = $1 order by starts_at, events.id`;
export const selectDates = (db: Reads, passId: EventId): Promise<PassDate[]> => db.query(datesSql, [passId]);

/** A date that a pass may have, as its team has it now. */
interface FitRow {
  eventId: EventId;
  organisationId: OrganisationId;
  currency: string;
  isOver: boolean;
  isPass: boolean;
  hasType: boolean;
}

// Reads the table of catalog and the table of sale with the ticket types: whether events can be dates of a pass.
const fitSql = `
  select events.id as "eventId", organisation_id as "organisationId", currency,
    ends_at <= $3 or status = 'cancelled' as "isOver",
    exists (select from passes where passes.event_id = events.id) as "isPass",
    exists (select from ticket_types where ticket_types.event_id = events.id and ticket_types.id = wanted.type_id
      and zone is null and product_id is null) as "hasType"
  from unnest($1::text[], $2::text[]) as wanted (event_id, type_id) join events on events.id = wanted.event_id`;
export const selectFit = (
  db: Reads,
  dates: { eventId: EventId; ticketTypeId: TicketTypeId }[],
  now: Date,
): Promise<FitRow[]> =>
  db.query(fitSql, [dates.map(({ eventId }) => eventId), dates.map(({ ticketTypeId }) => ticketTypeId), now]);

interface PassRow {
  turn: number;
  changingTo: number | null;
}
const passSql = `select turn, changing_to as "changingTo" from passes where event_id = $1`;
export const selectPass = async (db: Reads, passId: EventId): Promise<PassRow | null> =>
  (await db.query<PassRow>(passSql, [passId]))[0] ?? null;

const lockSql = `${passSql} for update`;
export const lockPass = async (trx: Transaction, passId: EventId): Promise<PassRow | null> =>
  (await trx.query<PassRow>(lockSql, [passId]))[0] ?? null;

const movePassSql = `update passes set turn = $2, changing_to = $3 where event_id = $1`;
export const movePass = (trx: Transaction, passId: EventId, { turn, changingTo }: PassRow): Promise<number> =>
  trx.run(movePassSql, [passId, turn, changingTo]);

// Reads the table of inventory with the holds that keep places.
const keptSql = `
  select event_id as "eventId", lines from holds
  where id in (select hold_id from pass_dates where pass_id = $1) and status = 'blocked'`;
export const selectKept = (db: Reads, passId: EventId): Promise<{ eventId: EventId; lines: HoldLine[] }[]> =>
  db.query(keptSql, [passId]);

// Reads the table of orders and the table of tickets: what the pass has brought on each date.
const broughtSql = `
  select tickets.event_id as "eventId", count(*)::int as tickets, count(*) filter (where tickets.status = 'used')::int as admitted
  from orders join tickets on tickets.order_id = orders.id and tickets.event_id = orders.event_id
  where orders.event_id in (select event_id from pass_dates where pass_id = $1) and origin = 'pass'
    and orders.lines->0->'ofPass'->>'passId' = $1 and tickets.status <> 'cancelled'
  group by tickets.event_id`;
export const countBrought = (
  db: Reads,
  passId: EventId,
): Promise<{ eventId: EventId; tickets: number; admitted: number }[]> => db.query(broughtSql, [passId]);

/** A ticket of a pass whose dates have not followed yet. */
export interface UnsettledTicket {
  id: TicketId;
  orderId: OrderId;
  issue: number;
  ended: boolean;
  buyerId: UserId;
  email: string;
  name: string;
  language: Language;
}

// Reads the table of tickets, the table of orders, and the table of sale with the ticket types, because an extra of the pass opens no date. Tickets
// that have ended come first, since the others may need their places.
const unsettledSql = `
  select tickets.id, tickets.order_id as "orderId", tickets.issue, tickets.status = 'cancelled' as ended, coalesce(holder_id, buyer_id) as "buyerId",
    coalesce(holder_email, buyer_email) as email, coalesce(attendee_name, buyer_name) as name, language
  from tickets join orders on orders.id = tickets.order_id and orders.event_id = tickets.event_id
  left join pass_settled settled on settled.ticket_id = tickets.id
  where tickets.event_id = $1 and tickets.id <> all($2::text[])
    and case when settled.ticket_id is null then tickets.status <> 'cancelled' and held_until is null
      else settled.issue <> tickets.issue or settled.ended <> (tickets.status = 'cancelled') end
    and not exists (select from ticket_types where ticket_types.event_id = tickets.event_id
      and ticket_types.id = tickets.ticket_type_id and product_id is not null)
  order by tickets.status <> 'cancelled', tickets.id limit $3`;
export const selectUnsettled = (
  db: Queryable,
  passId: EventId,
  except: TicketId[],
  limit: number,
): Promise<UnsettledTicket[]> => db.query(unsettledSql, [passId, except, limit]);

// The issue 0 says that a job has begun and has not finished. No ticket has it, so the next job looks at the ticket again, whatever
// has become of it.
const beginSql = `
  insert into pass_settled (ticket_id, pass_id, issue, ended) select id, $2, 0, false from unnest($1::text[]) as id
  on conflict (ticket_id) do update set issue = 0`;
/** Says that tickets of dates may come into being or end from here on. */
export const beginSettling = (db: Queryable, passId: EventId, tickets: UnsettledTicket[]): Promise<number> =>
  db.run(beginSql, [tickets.map(({ id }) => id), passId]);

const endSql = `update pass_settled set issue = $2, ended = $3 where ticket_id = $1 and issue = 0`;
/** Says that every date has followed the ticket as it was read. */
export const endSettling = (db: Queryable, { id, issue, ended }: UnsettledTicket): Promise<number> =>
  db.run(endSql, [id, issue, ended]);

// Reads the table of orders and the table of tickets: which tickets of the pass have brought the order. The issue is not 0, so a job that
// is at it now does not end this.
const againSql = `
  update pass_settled set issue = -1
  from orders join tickets on tickets.order_id = orders.lines->0->'ofPass'->>'orderId' and tickets.event_id = orders.lines->0->'ofPass'->>'passId'
  where orders.event_id = $1 and orders.id = $2 and origin = 'pass' and pass_settled.ticket_id = tickets.id
  returning pass_id as "passId"`;
/** Has the dates follow the tickets of a pass again that have brought this order of a date. Returns the pass, once for each ticket. */
export const settleAgain = (
  db: Queryable,
  eventId: EventId,
  orderId: OrderId,
): Promise<{ passId: EventId }[]> => db.query(againSql, [eventId, orderId]);

const lockSettlingSql = `select pg_advisory_xact_lock(hashtextextended('admit settles pass ' || $1, 0))`;
/** Waits until no other process settles tickets of the pass. The lock lasts as long as the transaction. */
export const lockSettling = (trx: Transaction, passId: EventId): Promise<unknown> =>
  trx.query(lockSettlingSql, [passId]);

// Reads the table of tickets.
const heldByBuyerSql = `
  select id, issue from tickets where order_id = $1 and event_id = $2 and holder_email is null and holder_id is null`;
/** The tickets of an order that were not passed on. */
export const selectHeldByBuyer = (
  db: Queryable,
  orderId: OrderId,
  passId: EventId,
): Promise<{ id: TicketId; issue: number }[]> => db.query(heldByBuyerSql, [orderId, passId]);

type TicketStatus = 'valid' | 'used' | 'cancelled';
// Reads the table of tickets: which tickets of dates there are already.
const statesSql = `select id, status from tickets where id = any($1::text[])`;
export const selectStates = async (db: Queryable, ids: TicketId[]): Promise<Map<TicketId, TicketStatus>> =>
  new Map(
    (await db.query<{ id: TicketId; status: TicketStatus }>(statesSql, [ids])).map(({ id, status }) => [
      id,
      status,
    ]),
  );

// Reads the table of catalog: the tickets of a pass change nothing after its last date.
const passesSql = `
  select event_id as "passId" from passes join events on events.id = passes.event_id
  where greatest(ends_at, (select max(dates.ends_at) from pass_dates join events dates on dates.id = pass_dates.event_id
    where pass_id = passes.event_id)) > $1`;
export const selectPassesAhead = (db: Queryable, now: Date): Promise<{ passId: EventId }[]> =>
  db.query(passesSql, [now]);
