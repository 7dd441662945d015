import type { MovedFrom, PublicCancellation } from '../../../contract/event-cancellations.ts';
import type {
  OrderReviewTerms,
  ResaleTerms,
  TicketCodes,
  WaitingRoomTerms,
  WaitlistTerms,
} from '../../../contract/event-fields.ts';
import type { Undecided } from '../../../contract/event-preparation.ts';
import type { Category } from '../../../contract/events.ts';
import type { EventId, OrganisationId, SeatMapId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Attendance } from '../../../contract/online-fields.ts';
import type { BookingFee } from '../../../contract/price.ts';
import type { RefundPolicy } from '../../../contract/refund-policy.ts';
import type { Queryable, Reads, Transaction } from '../../data/db.ts';
import { cancellationColumn } from '../sale/cancellation-column.ts';
import { attendanceColumn } from '../sale/online-access.ts';
import { isPassColumn } from '../sale/passes.ts';

/** The stored columns of an event. */
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
  tags: string[];
  cover_url: string | null;
  cover_alt: string;
  starts_at: Date;
  ends_at: Date;
  /** The dates of the start and the end at the event's place, `2027-01-15`. */
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
  transfers_allowed: boolean;
  transfers_until: Date | null;
  renames_allowed: boolean;
  renames_until: Date | null;
  resale: ResaleTerms;
  waitlist: WaitlistTerms;
  waiting_room: WaitingRoomTerms;
  reminder_hours: number[];
  exchanges_allowed: boolean;
  exchanges_until: Date | null;
  run: string | null;
  order_review: OrderReviewTerms;
  ticket_codes: TicketCodes;
  sale_starts_at: Date | null;
  sale_ends_at: Date | null;
  refund_policy: RefundPolicy;
  booking_fee: BookingFee | null;
  /** The time and place before the last move; null if the event was never moved. */
  moved_from: MovedFrom | null;
  price_from_minor: number | null;
  price_to_minor: number | null;
  /** The price of a ticket type changes by itself (sale/present-price.ts). */
  has_price_steps: boolean;
  published_at: Date | null;
  created_at: Date;
  /** Fields of a draft that have stand-ins (stand-ins.ts). */
  undecided: Undecided[];
  archived_at: Date | null;
}

/** An event as it is read: with its organisation's name, and whether it has numbered seats and promo codes. */
export interface EventRow extends EventColumns {
  organisation_name: string;
  organisation_slug: string;
  seat_map_id: SeatMapId | null;
  takes_promo_codes: boolean;
  asks_questions: boolean;
  attendance: Attendance;
  is_pass: boolean;
  /** Null while the platform has not removed the event. */
  removed_at: Date | null;
  /** Null while the event is not cancelled. */
  cancellation: PublicCancellation | null;
  /** Only in a search: the lowest price at which a ticket can be had now. */
  price_now_minor?: number | null;
  /** Only in a search for events near a place. */
  distance_km?: number | null;
}

const columns = `id, organisation_id, slug, status, version, title, summary, description, category, tags, cover_url, cover_alt,
  starts_at, ends_at, starts_on, ends_on, doors_at, time_zone, venue_name, venue_address, city, country, latitude, longitude, currency,
  max_per_buyer, places_per_network, hold_seconds, asks_attendee_names, transfers_allowed, transfers_until,
  renames_allowed, renames_until, exchanges_allowed, exchanges_until, run, order_review, ticket_codes, resale, waitlist, waiting_room, sale_starts_at, sale_ends_at,
  refund_policy,
  booking_fee, reminder_hours,
  price_from_minor, price_to_minor, has_price_steps, moved_from, published_at, created_at, undecided, archived_at`;

/** The columns that a list shows of an event. */
export const summaryColumns = `events.id, organisation_id, slug, status, version, title, summary, category, cover_url,
  starts_at, ends_at, time_zone, venue_name, city, country, latitude, longitude, currency, price_from_minor,
  price_to_minor, has_price_steps, moved_from, published_at`;

// Whether an event takes promo codes and asks questions is read with it from tables of sale, and whether it has vouchers from the table of
// inventory: every event page asks, and one read is cheaper.
/** The columns of an EventRow, of `events` joined with what belongs to it. */
const readColumns = `${columns.replaceAll(/\w+/g, 'events.$&')}, organisations.name as organisation_name,
  organisations.slug as organisation_slug, seat_maps.id as seat_map_id,
  exists (select from promo_codes where promo_codes.event_id = events.id)
    or exists (select from vouchers where vouchers.event_id = events.id) as takes_promo_codes,
  coalesce((select jsonb_array_length(form->'questions') + jsonb_array_length(form->'terms') > 0 from event_forms
    where event_forms.event_id = events.id order by event_forms.version desc limit 1), false) as asks_questions,
  ${attendanceColumn}, ${isPassColumn}, events.removed_at,
  ${cancellationColumn}`;
const readTables = `events join organisations on organisations.id = events.organisation_id
  left join seat_maps on seat_maps.event_id = events.id and seat_maps.replaced_at is null`;

const selectByIdSql = `select ${readColumns} from ${readTables} where events.id = $1`;
const selectBySlugSql = `select ${readColumns} from ${readTables} where events.slug = $1`;

/** Selects one event by id or slug. No slug looks like an id. */
export async function selectEvent(db: Reads, ref: string): Promise<EventRow | null> {
  const [row] = await db.query<EventRow>(ref.startsWith('evt_') ? selectByIdSql : selectBySlugSql, [ref]);
  return row ?? null;
}

// Not `for update`: orders and tickets reference this row, and placing an order must not wait for an editor.
const lockSql = `select ${readColumns} from ${readTables} where events.id = $1 for no key update of events`;

export async function lockEvent(trx: Transaction, eventId: EventId): Promise<EventRow | null> {
  const [row] = await trx.query<EventRow>(lockSql, [eventId]);
  // If the lock waited for the event's cancellation, the row is new and what was joined to it is old.
  return row?.status === 'cancelled' ? selectEvent(trx, eventId) : (row ?? null);
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

/** The slugs of other events that are `base` or continue it after a hyphen. */
export async function selectSlugsLike(db: Queryable, base: string, exceptId: EventId): Promise<Set<string>> {
  const rows = await db.query<{ slug: string }>(slugsLikeSql, [base, exceptId]);
  return new Set(rows.map((row) => row.slug));
}

// One parameter instead of thirty-three. PostgreSQL reads each member as the type of its column.
const insertSql = `
  insert into events (${columns}) select ${columns} from jsonb_populate_record(null::events, $1::jsonb)`;
const updateSql = `
  update events set (${columns}) = (select ${columns} from jsonb_populate_record(null::events, $2::jsonb)) where id = $1`;

export const insertEvent = (trx: Transaction, event: EventColumns): Promise<number> =>
  trx.run(insertSql, [JSON.stringify(event)]);

/** Writes all columns of an event that this transaction has locked. */
export const updateEventRow = (trx: Transaction, event: EventColumns): Promise<number> =>
  trx.run(updateSql, [event.id, JSON.stringify(event)]);

const deleteSql = `delete from events where id = $1`;

/** Deletes an event with the rows that refer to it by `on delete cascade`. */
export const deleteEventRow = (trx: Transaction, eventId: EventId): Promise<number> =>
  trx.run(deleteSql, [eventId]);

/** A version of an event's seat map, and whether the public may see it. */
interface SeatMapRow {
  event_id: EventId;
  status: EventColumns['status'];
  id: SeatMapId;
}

// The version of the plan is in a table of seating. Joined, an event that is not public and a plan that is not there look
// the same to the caller.
const seatMapSql = (by: 'id' | 'slug') => `
  select events.id as event_id, case when removed_at is null then status else 'draft' end as status, seat_maps.id
  from events join seat_maps on seat_maps.event_id = events.id
  where events.${by} = $1 and case when $2::text is null then replaced_at is null else seat_maps.id = $2 end`;
const seatMapByIdSql = seatMapSql('id');
const seatMapBySlugSql = seatMapSql('slug');

/** Selects the current version, or the given one; null if there is no such event or version. */
export async function selectSeatMap(
  db: Queryable,
  ref: string,
  seatMapId: SeatMapId | null,
): Promise<SeatMapRow | null> {
  const sql = ref.startsWith('evt_') ? seatMapByIdSql : seatMapBySlugSql;
  const [row] = await db.query<SeatMapRow>(sql, [ref, seatMapId]);
  return row ?? null;
}
