import type { Category } from '../../../contract/events.ts';
import type { EventId, OrganisationId, PoolId, TicketTypeId } from '../../../contract/ids.ts';
import type { SeatLayout } from '../../../contract/layout.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Queryable, Transaction } from '../../data/db.ts';
import { gatherPerDb } from '../../gather.ts';

/** What is stored of an event itself, column by column. */
export interface EventColumns {
  id: EventId;
  organisation_id: OrganisationId;
  slug: string;
  status: 'draft' | 'published' | 'cancelled';
  version: number;
  title: string;
  summary: string;
  description: string;
  category: Category;
  cover_url: string | null;
  starts_at: Date;
  ends_at: Date;
  /** The days of these two where the event takes place, `2027-01-15`. */
  starts_on: string;
  ends_on: string;
  doors_at: Date | null;
  time_zone: string;
  venue_name: string;
  venue_address: string;
  city: string;
  country: string;
  latitude: number | null;
  longitude: number | null;
  currency: Currency;
  max_per_buyer: number;
  places_per_network: number;
  hold_seconds: number;
  asks_attendee_names: boolean;
  sale_starts_at: Date | null;
  sale_ends_at: Date | null;
  refund_kind: 'none' | 'until';
  refund_hours_before: number;
  refund_fee_percent: number;
  price_from_minor: number | null;
  price_to_minor: number | null;
  published_at: Date | null;
  created_at: Date;
}

/** An event as it is read: with its organisation's name, and whether it has numbered seats and promo codes. */
export interface EventRow extends EventColumns {
  organisation_name: string;
  organisation_slug: string;
  layout_etag: string | null;
  takes_promo_codes: boolean;
  /** Only where events near a place were asked for. */
  distance_km?: number | null;
}

export interface TicketTypeRow {
  event_id: EventId;
  id: TicketTypeId;
  position: number;
  name: string;
  description: string;
  price_minor: number;
  zone: string | null;
  pool_ids: PoolId[];
  max_per_order: number;
  sale_starts_at: Date | null;
  sale_ends_at: Date | null;
}

const columns = `id, organisation_id, slug, status, version, title, summary, description, category, cover_url,
  starts_at, ends_at, starts_on, ends_on, doors_at, time_zone, venue_name, venue_address, city, country, latitude, longitude, currency,
  max_per_buyer, places_per_network, hold_seconds, asks_attendee_names, sale_starts_at, sale_ends_at, refund_kind, refund_hours_before, refund_fee_percent,
  price_from_minor, price_to_minor, published_at, created_at`;

/** What a list shows of an event. */
export const summaryColumns = `events.id, organisation_id, slug, status, version, title, summary, category, cover_url,
  starts_at, ends_at, time_zone, venue_name, city, country, latitude, longitude, currency, price_from_minor,
  price_to_minor, published_at`;

/** The columns of an EventRow, of `events` joined with what belongs to it. */
const readColumns = `${columns.replaceAll(/\w+/g, 'events.$&')}, organisations.name as organisation_name,
  organisations.slug as organisation_slug, seat_maps.etag as layout_etag,
  exists (select from promo_codes where promo_codes.event_id = events.id) as takes_promo_codes`;
const readTables = `events join organisations on organisations.id = events.organisation_id
  left join seat_maps on seat_maps.event_id = events.id`;

const selectByIdSql = `select ${readColumns} from ${readTables} where events.id = $1`;
const selectBySlugSql = `select ${readColumns} from ${readTables} where events.slug = $1`;

/** One event by id, or by slug: no slug looks like an id. */
export async function selectEvent(db: Queryable, ref: string): Promise<EventRow | null> {
  const [row] = await db.query<EventRow>(ref.startsWith('evt_') ? selectByIdSql : selectBySlugSql, [ref]);
  return row ?? null;
}

// Not `for update`: orders and tickets point at this row, and placing one must not wait for an editor.
const lockSql = `select ${readColumns} from ${readTables} where events.id = $1 for no key update of events`;

export async function lockEvent(trx: Transaction, eventId: EventId): Promise<EventRow | null> {
  const [row] = await trx.query<EventRow>(lockSql, [eventId]);
  return row ?? null;
}

// The array comes out of a sub-select, so that the planner does not see its length and plans once.
const versionsSql = `
  select (select version from events where id = asked.id) as version
  from unnest((select $1::text[])) with ordinality as asked (id, n)
  order by n`;

/** The version of an event as it is now; null where there is none. Calls that come together share a query. */
export const selectVersion = gatherPerDb(async (db, eventIds: EventId[]): Promise<(number | null)[]> => {
  const rows = await db.query<{ version: number | null }>(versionsSql, [eventIds]);
  return rows.map((row) => row.version);
}, 1000);

const organisationSql = `select organisation_id from events where id = $1`;

export async function selectOrganisationId(db: Queryable, eventId: EventId): Promise<OrganisationId | null> {
  const [row] = await db.query<{ organisation_id: OrganisationId }>(organisationSql, [eventId]);
  return row?.organisation_id ?? null;
}

const ofOrganisationSql = `
  select ${readColumns} from ${readTables} where events.organisation_id = $1 order by events.id desc`;

export function selectEventsOfOrganisation(
  db: Queryable,
  organisationId: OrganisationId,
): Promise<EventRow[]> {
  return db.query(ofOrganisationSql, [organisationId]);
}

// In the C collation, a pattern that begins with letters is a range of the unique index.
const slugsLikeSql = `select slug from events where (slug = $1 or slug like $1 || '-%') and id <> $2`;

/** Of all other events: the slugs that are `base` or continue it after a hyphen. */
export async function selectSlugsLike(db: Queryable, base: string, exceptId: EventId): Promise<Set<string>> {
  const rows = await db.query<{ slug: string }>(slugsLikeSql, [base, exceptId]);
  return new Set(rows.map((row) => row.slug));
}

// One parameter instead of thirty-three; PostgreSQL reads each member as the type of its column.
const insertSql = `
  insert into events (${columns}) select ${columns} from jsonb_populate_record(null::events, $1::jsonb)`;
const updateSql = `
  update events set (${columns}) = (select ${columns} from jsonb_populate_record(null::events, $2::jsonb)) where id = $1`;

export const insertEvent = (trx: Transaction, event: EventColumns): Promise<number> =>
  trx.run(insertSql, [JSON.stringify(event)]);

/** Writes all columns of an event that this transaction has locked. */
export const updateEventRow = (trx: Transaction, event: EventColumns): Promise<number> =>
  trx.run(updateSql, [event.id, JSON.stringify(event)]);

const selectTypesSql = `
  select event_id, id, position, name, description, price_minor, zone, pool_ids, max_per_order, sale_starts_at,
    sale_ends_at
  from ticket_types where event_id = any($1::text[]) order by event_id, position`;

export async function selectTicketTypes(
  db: Queryable,
  eventIds: EventId[],
): Promise<Map<EventId, TicketTypeRow[]>> {
  const rows = eventIds.length === 0 ? [] : await db.query<TicketTypeRow>(selectTypesSql, [eventIds]);
  return Map.groupBy(rows, (row) => row.event_id);
}

const removeTypesSql = `delete from ticket_types where event_id = $1 and id <> all($2::text[])`;
const upsertTypesSql = `
  insert into ticket_types (event_id, id, position, name, description, price_minor, zone, pool_ids, max_per_order,
    sale_starts_at, sale_ends_at)
  select event_id, id, position, name, description, price_minor, zone, pool_ids, max_per_order, sale_starts_at,
    sale_ends_at
  from jsonb_populate_recordset(null::ticket_types, $1::jsonb)
  on conflict (event_id, id) do update set position = excluded.position, name = excluded.name,
    description = excluded.description, price_minor = excluded.price_minor, zone = excluded.zone,
    pool_ids = excluded.pool_ids, max_per_order = excluded.max_per_order,
    sale_starts_at = excluded.sale_starts_at, sale_ends_at = excluded.sale_ends_at`;

/** Makes these the ticket types of the event, and no others. */
export async function replaceTicketTypes(
  trx: Transaction,
  eventId: EventId,
  types: TicketTypeRow[],
): Promise<void> {
  await trx.run(removeTypesSql, [eventId, types.map((type) => type.id)]);
  await trx.run(upsertTypesSql, [JSON.stringify(types)]);
}

const selectLayoutSql = `select layout, etag from seat_maps where event_id = $1`;

export async function selectLayout(
  db: Queryable,
  eventId: EventId,
): Promise<{ layout: SeatLayout; etag: string } | null> {
  const [row] = await db.query<{ layout: SeatLayout; etag: string }>(selectLayoutSql, [eventId]);
  return row ?? null;
}

const removeLayoutSql = `delete from seat_maps where event_id = $1`;
const upsertLayoutSql = `
  insert into seat_maps (event_id, layout, seat_count, etag) values ($1, $2::jsonb, $3, $4)
  on conflict (event_id) do update set layout = excluded.layout, seat_count = excluded.seat_count, etag = excluded.etag`;

export const removeLayout = (trx: Transaction, eventId: EventId): Promise<number> =>
  trx.run(removeLayoutSql, [eventId]);

export function upsertLayout(
  trx: Transaction,
  eventId: EventId,
  map: { layout: SeatLayout; seatCount: number; etag: string },
): Promise<number> {
  return trx.run(upsertLayoutSql, [eventId, JSON.stringify(map.layout), map.seatCount, map.etag]);
}
