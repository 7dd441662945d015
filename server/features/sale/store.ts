/**
 * What an event sells and on which terms. An event's terms (dates, limits, refund policy, state) are columns of `events`, a
 * table of catalog, which writes them; its plan is in the table of seating. The ledger reads all of it in one round trip.
 */
import type { PublicCancellation } from '../../../contract/event-cancellations.ts';
import type {
  OrderReviewTerms,
  ResaleTerms,
  TicketCodes,
  WaitlistTerms,
} from '../../../contract/event-fields.ts';
import type { EventId, OrganisationId, SeatMapId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { BookingFee } from '../../../contract/price.ts';
import type { QuestionForm } from '../../../contract/question-fields.ts';
import type { RefundPolicy } from '../../../contract/refund-policy.ts';
import type { Queryable, Reads, Transaction } from '../../data/db.ts';
import { gatherPerDb } from '../../gather.ts';
import { cancellationColumn } from './cancellation-column.ts';
import { type OnlineRoom, onlineColumn } from './online-access.ts';
import { isPassColumn } from './passes.ts';
import type { ProductRow } from './products.ts';
import type { TicketTypeRow } from './ticket-types.ts';

/** The columns of an event that a sale needs. The catalog writes the row (catalog/store.ts). */
export interface SaleRow {
  id: EventId;
  organisation_id: OrganisationId;
  version: number;
  status: 'draft' | 'published' | 'cancelled';
  title: string;
  slug: string;
  cover_url: string | null;
  starts_at: Date;
  ends_at: Date;
  doors_at: Date | null;
  time_zone: string;
  venue_name: string;
  venue_address: string;
  city: string;
  sale_starts_at: Date | null;
  sale_ends_at: Date | null;
  max_per_buyer: number;
  places_per_network: number;
  hold_seconds: number;
  asks_attendee_names: boolean;
  transfers_allowed: boolean;
  transfers_until: Date | null;
  renames_allowed: boolean;
  renames_until: Date | null;
  resale: ResaleTerms;
  waitlist: WaitlistTerms;
  reminder_hours: number[];
  exchanges_allowed: boolean;
  exchanges_until: Date | null;
  run: string | null;
  is_pass: boolean;
  order_review: OrderReviewTerms;
  ticket_codes: TicketCodes;
  currency: Currency;
  refund_policy: RefundPolicy;
  booking_fee: BookingFee | null;
  seat_map_id: SeatMapId | null;
  cancellation: PublicCancellation | null;
  refund_offers: { version: number; until: string }[];
  form: QuestionForm | null;
  online: OnlineRoom | null;
}

const selectSaleSql = `
  select events.id, organisation_id, events.version, status, title, slug, cover_url, starts_at, ends_at, doors_at, time_zone,
    venue_name, venue_address, city, sale_starts_at, sale_ends_at, max_per_buyer, places_per_network, hold_seconds,
    asks_attendee_names, transfers_allowed, transfers_until, renames_allowed, renames_until, exchanges_allowed,
    exchanges_until, run, ${isPassColumn}, order_review, ticket_codes, resale, waitlist, reminder_hours, currency, refund_policy, booking_fee,
    seat_maps.id as seat_map_id, ${cancellationColumn},
    (select coalesce(json_agg(json_build_object('version', event_moves.version, 'until', refund_until)), '[]')
      from event_moves where event_moves.event_id = events.id and refund_until is not null) as refund_offers,
    (select form || jsonb_build_object('version', event_forms.version) from event_forms
      where event_forms.event_id = events.id order by event_forms.version desc limit 1) as form,
    ${onlineColumn}
  from events left join seat_maps on seat_maps.event_id = events.id and seat_maps.replaced_at is null
  where events.id = $1`;

export async function selectSale(db: Queryable, eventId: EventId): Promise<SaleRow | null> {
  const [row] = await db.query<SaleRow>(selectSaleSql, [eventId]);
  return row ?? null;
}

// The array comes out of a sub-select, which hides its length from the planner, so it plans once.
const versionsSql = `
  select (select version from events where id = asked.id) as version
  from unnest((select $1::text[])) with ordinality as asked (id, n)
  order by n`;

/** Reads an event's present version; null if there is no event. Concurrent calls share one query. */
export const selectVersion = gatherPerDb(async (db, eventIds: EventId[]): Promise<(number | null)[]> => {
  const rows = await db.query<{ version: number | null }>(versionsSql, [eventIds]);
  return rows.map((row) => row.version);
}, 1000);

const bySlugSql = `select id, published_at is not null as was_published from events where slug = $1`;

export async function selectEventOfSlug(
  db: Queryable,
  slug: string,
): Promise<{ id: EventId; was_published: boolean } | null> {
  const [row] = await db.query<{ id: EventId; was_published: boolean }>(bySlugSql, [slug]);
  return row ?? null;
}

const organisationSql = `select organisation_id from events where id = $1`;

export async function selectOrganisationId(db: Queryable, eventId: EventId): Promise<OrganisationId | null> {
  const [row] = await db.query<{ organisation_id: OrganisationId }>(organisationSql, [eventId]);
  return row?.organisation_id ?? null;
}

const selectTypesSql = `
  select ticket_types.*, (
    select to_jsonb(products) from products
    where products.event_id = ticket_types.event_id and products.id = ticket_types.product_id) as product
  from ticket_types where event_id = any($1::text[]) order by event_id, position`;

export async function selectTicketTypes(
  db: Reads,
  eventIds: EventId[],
): Promise<Map<EventId, TicketTypeRow[]>> {
  const rows = eventIds.length === 0 ? [] : await db.query<TicketTypeRow>(selectTypesSql, [eventIds]);
  return Map.groupBy(rows, (row) => row.event_id);
}

const removeTypesSql = `delete from ticket_types where event_id = $1 and id <> all($2::text[])`;
const upsertTypesSql = `
  insert into ticket_types (event_id, id, position, name, description, price_minor, list_minor, tax, zone, pool_ids, min_per_order,
    max_per_order, price_steps, group_prices, pay_what_you_want, sale_starts_at, sale_ends_at, door_note, hidden, product_id, variant)
  select event_id, id, position, name, description, price_minor, list_minor, tax, zone, pool_ids, min_per_order, max_per_order,
    price_steps, group_prices, pay_what_you_want, sale_starts_at, sale_ends_at, door_note, hidden, product_id, variant
  from jsonb_populate_recordset(null::ticket_types, $1::jsonb)
  on conflict (event_id, id) do update set position = excluded.position, name = excluded.name,
    description = excluded.description, price_minor = excluded.price_minor,
    list_minor = excluded.list_minor, tax = excluded.tax, zone = excluded.zone,
    pool_ids = excluded.pool_ids, min_per_order = excluded.min_per_order, max_per_order = excluded.max_per_order,
    price_steps = excluded.price_steps, group_prices = excluded.group_prices, pay_what_you_want = excluded.pay_what_you_want,
    sale_starts_at = excluded.sale_starts_at, sale_ends_at = excluded.sale_ends_at, door_note = excluded.door_note,
    hidden = excluded.hidden, variant = excluded.variant`;

const removeProductsSql = `delete from products where event_id = $1 and id <> all($2::text[])`;
const upsertProductsSql = `
  insert into products select * from jsonb_populate_recordset(null::products, $1::jsonb)
  on conflict (event_id, id) do update set position = excluded.position, name = excluded.name,
    description = excluded.description, picture_url = excluded.picture_url, picture_alt = excluded.picture_alt,
    max_per_order = excluded.max_per_order, max_per_ticket = excluded.max_per_ticket,
    needs_ticket = excluded.needs_ticket, collect = excluded.collect`;

// Writes the table of door: from its first extra on, an event has rules at its door, so that nobody is admitted by the code of an extra,
// and a desk that hands extras out. The desk has the id of its event with another prefix. If the team removes it, its row and so the desk stays removed.
const openDeskSql = `
  with desk as (
    insert into checkpoints (event_id, id, position, name, kind, per_day, times, counts_inside)
    select $1, 'cpt_' || substr($1, 5), coalesce(max(position) + 1, 0), 'Extras', 'extras', false, 1, false
    from checkpoints where event_id = $1
    having count(*) filter (where kind = 'extras') = 0 returning event_id
  )
  insert into door_settings (event_id, re_entry, disputed, day_starts_hour, version, changed_at)
  select event_id, 'no', 'refuse', 5, 1, $2 from desk
  on conflict (event_id) do update set version = door_settings.version + 1`;

/** Opens the desk that hands extras out, if the event has none yet. */
export const openExtrasDesk = (trx: Transaction, eventId: EventId, now: Date): Promise<number> =>
  trx.run(openDeskSql, [eventId, now]);

/** Replaces the ticket types and products of the event with these. */
export async function replaceTicketTypes(
  trx: Transaction,
  eventId: EventId,
  types: Omit<TicketTypeRow, 'product'>[],
  products: ProductRow[],
): Promise<void> {
  await trx.run(removeTypesSql, [eventId, types.map((type) => type.id)]);
  await trx.run(removeProductsSql, [eventId, products.map(({ id }) => id)]);
  if (products.length > 0) await trx.run(upsertProductsSql, [JSON.stringify(products)]);
  await trx.run(upsertTypesSql, [JSON.stringify(types)]);
}
