import type {
  EventId,
  HoldId,
  ResaleId,
  TicketId,
  TicketTypeId,
  TransferId,
  UserId,
} from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import type { HoldLine } from './inventory.ts';
import type { Resale } from './resale.ts';
import { maxOffers } from './serve-line.ts';
import type { EventChanges } from './state.ts';

interface ResaleRow {
  id: ResaleId;
  event_id: EventId;
  ticket_id: TicketId;
  hold_id: HoldId;
  position: number;
  transfer_id: TransferId | null;
  seller_id: UserId;
  ticket_type_id: TicketTypeId;
  line: HoldLine;
  price_minor: number;
  back_minor: number;
  currency: Currency;
  status: Resale['status'];
  ended_because: Resale['endedBecause'];
  buyer_hold_id: HoldId | null;
  idempotency_key: string | null;
  fingerprint: string | null;
  offered_at: Date;
  ended_at: Date | null;
}

const columns = `id, event_id, ticket_id, hold_id, position, transfer_id, seller_id, ticket_type_id, line, price_minor, back_minor,
  currency, status, ended_because, buyer_hold_id, idempotency_key, fingerprint, offered_at, ended_at`;

const toResale = (row: ResaleRow): Resale => ({
  id: row.id,
  eventId: row.event_id,
  ticketId: row.ticket_id,
  holdId: row.hold_id,
  position: row.position,
  transferId: row.transfer_id,
  sellerId: row.seller_id,
  ticketTypeId: row.ticket_type_id,
  line: row.line,
  priceMinor: row.price_minor,
  backMinor: row.back_minor,
  currency: row.currency,
  status: row.status,
  endedBecause: row.ended_because,
  buyerHoldId: row.buyer_hold_id,
  retry:
    row.idempotency_key === null ? null : { key: row.idempotency_key, fingerprint: row.fingerprint ?? '' },
  offeredAt: row.offered_at,
  endedAt: row.ended_at,
});

const toRow = (resale: Resale): ResaleRow => ({
  id: resale.id,
  event_id: resale.eventId,
  ticket_id: resale.ticketId,
  hold_id: resale.holdId,
  position: resale.position,
  transfer_id: resale.transferId,
  seller_id: resale.sellerId,
  ticket_type_id: resale.ticketTypeId,
  line: resale.line,
  price_minor: resale.priceMinor,
  back_minor: resale.backMinor,
  currency: resale.currency,
  status: resale.status,
  ended_because: resale.endedBecause,
  buyer_hold_id: resale.buyerHoldId,
  idempotency_key: resale.retry?.key ?? null,
  fingerprint: resale.retry?.fingerprint ?? null,
  offered_at: resale.offeredAt,
  ended_at: resale.endedAt,
});

// The open offers that a batch may need: those that somebody may buy now, the oldest others of each ticket type (a batch makes
// so many offers at most), and all of the orders and tickets that its commands name, ended ones too.
const readSql = `
  with open as (
    select *, row_number() over (partition by event_id, ticket_type_id, buyer_hold_id is null order by offered_at, id) as n
    from resales where event_id = any($1::text[]) and status = 'offered'
  )
  select ${columns} from open
  where buyer_hold_id is not null or n <= $2 or hold_id = any($3::text[]) or ticket_id = any($4::text[])
  union all
  select ${columns} from resales where hold_id = any($3::text[]) and status <> 'offered'
  order by offered_at, id`;

/** Reads the offers for resale of locked events. */
export const selectResales = async (
  trx: Queryable,
  wanted: { eventIds: EventId[]; holdIds: HoldId[]; ticketIds: TicketId[] },
): Promise<Resale[]> =>
  (await trx.query<ResaleRow>(readSql, [wanted.eventIds, maxOffers, wanted.holdIds, wanted.ticketIds])).map(
    toResale,
  );

const writeSql = `
  insert into resales (${columns})
  select ${columns} from jsonb_populate_recordset(null::resales, $1::jsonb)
  on conflict (id, event_id) do update set status = excluded.status, ended_because = excluded.ended_because,
    buyer_hold_id = excluded.buyer_hold_id, ended_at = excluded.ended_at`;
const countSql = `
  update ledgers set resales = resales + changed.more
  from unnest($1::text[], $2::int[]) as changed (event_id, more) where ledgers.event_id = changed.event_id`;

/** Writes the changes of a batch to the offers for resale of its events, whose ledgers it has locked. */
export function writeResales(trx: Writes, events: EventChanges[]): void {
  const changed = events.filter(({ changes }) => changes.resales.size > 0);
  if (changed.length === 0) return;
  const rows = changed.flatMap(({ changes }) => [...changes.resales].map(toRow));
  trx.write(writeSql, [JSON.stringify(rows)]);
  const counted = changed.filter(({ changes }) => changes.openResales !== 0);
  if (counted.length === 0) return;
  trx.write(countSql, [
    counted.map(({ eventId }) => eventId),
    counted.map(({ changes }) => changes.openResales),
  ]);
}

const byIdSql = `select ${columns} from resales where id = any($1::text[]) order by offered_at, id`;
export const selectResalesById = async (db: Queryable, ids: ResaleId[]): Promise<Resale[]> =>
  ids.length === 0 ? [] : (await db.query<ResaleRow>(byIdSql, [ids])).map(toResale);

const ofHoldSql = `select ${columns} from resales where hold_id = $1 order by offered_at, id`;
export const selectResalesOfHold = async (db: Queryable, holdId: HoldId): Promise<Resale[]> =>
  (await db.query<ResaleRow>(ofHoldSql, [holdId])).map(toResale);

const ofSellerSql = `select ${columns} from resales where seller_id = $1 order by offered_at, id`;
export const selectResalesOfSeller = async (db: Queryable, sellerId: UserId): Promise<Resale[]> =>
  (await db.query<ResaleRow>(ofSellerSql, [sellerId])).map(toResale);

const moveSellerSql = `update resales set seller_id = $2 where seller_id = $1`;
/** Gives a guest's offers to the account that the guest opened. The caller has locked the ledgers and counts the move. */
export const moveSeller = (trx: Transaction, from: UserId, to: UserId): Promise<unknown> =>
  trx.run(moveSellerSql, [from, to]);

const openSql = `select distinct event_id from resales where status = 'offered' limit 1000`;
/** The events with tickets on resale. */
export const selectEventsWithResales = async (db: Queryable): Promise<EventId[]> =>
  (await db.query<{ event_id: EventId }>(openSql)).map(({ event_id }) => event_id);

// Reads the table of tickets: the door marks them as used without the ledger. And the tables of orders and of ticket_exchanges: a
// bank takes money without the ledger, also of an order before an exchange.
const lostSql = `
  select resales.event_id as "eventId", resales.ticket_id as "ticketId",
    case when tickets.status = 'used' then 'used' else 'disputed' end as because
  from resales
  join tickets on tickets.id = resales.ticket_id and tickets.event_id = resales.event_id
  where resales.status = 'offered' and ($1::text is null or resales.event_id = $1) and (
    tickets.status = 'used' or exists (
      select from orders paid
      where paid.disputed_minor > 0
        and (paid.id = tickets.order_id or paid.id = any(array(
          select unnest(credit_order_ids) from ticket_exchanges exchange
          where exchange.order_id = tickets.order_id and exchange.event_id = resales.event_id)))))
  limit 1000`;
/** The open offers, of one event or of all, of tickets that were used at the door or whose payment a bank disputes. */
export const selectLostResales = (
  db: Queryable,
  eventId: EventId | null,
): Promise<{ eventId: EventId; ticketId: TicketId; because: 'used' | 'disputed' }[]> =>
  db.query(lostSql, [eventId]);
