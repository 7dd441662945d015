import type { PublicCancellation } from '../../../contract/event-cancellations.ts';
import type { OrderReviewTerms, TicketCodes, WaitlistTerms } from '../../../contract/event-fields.ts';
import type { EventId, OrganisationId, PoolId, TicketTypeId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { BookingFee, Tax } from '../../../contract/price.ts';
import type { QuestionForm } from '../../../contract/question-fields.ts';
import type { RefundPolicy } from '../../../contract/refund-policy.ts';
import type { Caches } from '../../caches.ts';
import type { Db } from '../../data/db.ts';
import { readSeatPlan } from '../seating/read-layout.ts';
import type { SeatPlan } from '../seating/seat-plan.ts';
import type { OnlineRoom } from './online-access.ts';
import { type SaleProduct, saleProductOf } from './products.ts';
import type { PromoCodeRow } from './promo-codes.ts';
import { selectPromoCodes } from './promo-store.ts';
import { type SaleRow, selectSale, selectTicketTypes, selectVersion } from './store.ts';
import type { StoredStep, TicketTypeRow } from './ticket-types.ts';

/** What the inventory, orders and tickets must know of an event. */
export interface EventSale {
  eventId: EventId;
  organisationId: OrganisationId;
  version: number;
  status: 'draft' | 'published' | 'cancelled';
  /** Null while the event is not cancelled. */
  cancellation: PublicCancellation | null;
  /** Offers of full refunds that came with moves of the event. */
  refundOffers: RefundOffer[];
  title: string;
  slug: string;
  coverUrl: string | null;
  startsAt: Date;
  endsAt: Date;
  doorsAt: Date | null;
  timeZone: string;
  venueName: string;
  address: string;
  city: string;
  saleStartsAt: Date | null;
  saleEndsAt: Date | null;
  maxPerBuyer: number;
  /** What guests from one network may hold at once; 0 is no limit. */
  placesPerNetwork: number;
  holdSeconds: number;
  asksAttendeeNames: boolean;
  /** Whether holders may pass tickets on and change names, and until when. */
  transfers: { allowed: boolean; until: Date | null };
  renames: { allowed: boolean; until: Date | null };
  resale: { allowed: boolean; until: Date | null; feePercent: number; feePerTicketMinor: number };
  waitlist: WaitlistTerms;
  /** When holders are reminded, in hours before the start. */
  reminderHours: number[];
  exchanges: { allowed: boolean; until: Date | null };
  /** The run whose date the event is (inventory/other-date.ts); null if it is none. */
  run: string | null;
  /** Its tickets open other dates (docs/passes.md). */
  isPass: boolean;
  /** From which score on the team looks at an order; null for never. */
  orderReview: OrderReviewTerms;
  /** How guests show their tickets. */
  ticketCodes: TicketCodes;
  currency: Currency;
  refundPolicy: RefundPolicy;
  bookingFee: BookingFee | null;
  ticketTypes: SaleTicketType[];
  promoCodes: SalePromoCode[];
  /** What buyers are asked; null if nothing. Its edits raise the version of the event. */
  form: QuestionForm | null;
  /** How holders of valid tickets attend online. A secret of theirs: no public answer has it. Null: at its place. */
  online: OnlineRoom | null;
  /** Null for an event without numbered seats. */
  seats: SeatPlan | null;
}

/** Buyers of an earlier version of the event may cancel until then and get everything back, whatever policy they bought. */
export interface RefundOffer {
  version: number;
  until: Date;
}

export interface SaleTicketType {
  id: TicketTypeId;
  name: string;
  /** The organiser's price: without the booking fee, and without a tax that comes on top. */
  listMinor: number;
  tax: Tax | null;
  zone: string | null;
  poolIds: PoolId[];
  /** Left out if one ticket can be bought. */
  minPerOrder?: number;
  maxPerOrder: number;
  /** Earlier prices, in their order. Left out if there is none. */
  steps?: SaleStep[];
  /** Left out if there is none. */
  groups?: GroupPrice[];
  /** The lowest price that a buyer may name. Left out if buyers name no price. */
  leastMinor?: number;
  saleStartsAt: Date | null;
  saleEndsAt: Date | null;
  /** Only a code that names it opens it. */
  hidden: boolean;
  /** The product whose variant it is; null for tickets. */
  product: SaleProduct | null;
}

/** An earlier price of a ticket type (docs/prices.md). */
export interface SaleStep {
  name: string;
  listMinor: number;
  until: string | null;
  places: number | null;
  /** Counts the tickets that are held and sold at this price. */
  poolId: PoolId;
}

/** The organiser's price of each of `from` or more tickets in one order. */
export interface GroupPrice {
  from: number;
  listMinor: number;
}

/** A promo code: exactly one of `percentOff` and `amountOffMinor`, off the price of each ticket. */
export interface SalePromoCode {
  code: string;
  percentOff: number | null;
  amountOffMinor: number | null;
  validUntil: Date | null;
  /** Counts the tickets that are held and sold with it. */
  poolId: PoolId;
}

/** A cached sale, or one that is being read, with the event's version. */
export interface RememberedSale {
  version: number;
  loaded: Promise<EventSale | null>;
}

/**
 * Returns the sale of an event as it is now; null if there is no such event. One look-up by the primary key tells
 * whether the cached sale is current. Callers that arrive while it is being read share that read. The sale is shared,
 * so nobody may change it.
 */
export async function readEventSale(
  { db, caches: { sales } }: { db: Db; caches: Pick<Caches, 'sales'> },
  eventId: EventId,
): Promise<EventSale | null> {
  const version = await selectVersion(db, eventId);
  if (version === null) return null;
  const known = sales.get(eventId);
  const loaded = known?.version === version ? known.loaded : load(db, eventId, known);
  // Put again on each use, so that the cache drops the least recently used event.
  sales.put(eventId, { version, loaded });
  try {
    return await loaded;
  } catch (error) {
    if (sales.get(eventId)?.loaded === loaded) sales.forget(eventId);
    throw error;
  }
}

/** Reads the whole event in one snapshot, so that an edit in between does not mix two versions. */
async function load(
  db: Db,
  eventId: EventId,
  earlier: RememberedSale | undefined,
): Promise<EventSale | null> {
  const known = await earlier?.loaded.catch(() => null);
  return db.transaction(async (trx) => {
    await trx.run('set transaction isolation level repeatable read, read only');
    const row = await selectSale(trx, eventId);
    if (!row) return null;
    const types = (await selectTicketTypes(trx, [eventId])).get(eventId) ?? [];
    const codes = await selectPromoCodes(trx, eventId);
    // After an edit of the title or a price the seats are the same, so 18,000 of them are not planned again.
    const seats =
      known && known.seats?.mapId === (row.seat_map_id ?? undefined)
        ? known.seats
        : await readSeatPlan(trx, eventId);
    return toSale(row, types, codes, seats);
  });
}

const toSale = (
  row: SaleRow,
  types: TicketTypeRow[],
  codes: PromoCodeRow[],
  seats: SeatPlan | null,
): EventSale => ({
  eventId: row.id,
  organisationId: row.organisation_id,
  version: row.version,
  status: row.status,
  cancellation: row.cancellation,
  refundOffers: row.refund_offers.map(({ version, until }) => ({ version, until: new Date(until) })),
  title: row.title,
  slug: row.slug,
  coverUrl: row.cover_url,
  startsAt: row.starts_at,
  endsAt: row.ends_at,
  doorsAt: row.doors_at,
  timeZone: row.time_zone,
  // Tickets, passes and mails name the place. An event that is only online may have none.
  venueName: row.venue_name || (row.online?.attendance === 'online' ? 'Online' : ''),
  address: row.venue_address,
  city: row.city,
  saleStartsAt: row.sale_starts_at,
  saleEndsAt: row.sale_ends_at,
  maxPerBuyer: row.max_per_buyer,
  placesPerNetwork: row.places_per_network,
  holdSeconds: row.hold_seconds,
  asksAttendeeNames: row.asks_attendee_names,
  transfers: { allowed: row.transfers_allowed, until: row.transfers_until },
  renames: { allowed: row.renames_allowed, until: row.renames_until },
  resale: { ...row.resale, until: row.resale.until === null ? null : new Date(row.resale.until) },
  waitlist: row.waitlist,
  reminderHours: row.reminder_hours,
  exchanges: { allowed: row.exchanges_allowed, until: row.exchanges_until },
  run: row.run,
  isPass: row.is_pass,
  orderReview: row.order_review,
  ticketCodes: row.ticket_codes,
  currency: row.currency,
  refundPolicy: row.refund_policy,
  bookingFee: row.booking_fee,
  ticketTypes: types.map((type) => ({
    id: type.id,
    name: type.name,
    listMinor: type.list_minor,
    tax: type.tax,
    zone: type.zone,
    poolIds: type.pool_ids,
    ...(type.min_per_order > 1 && { minPerOrder: type.min_per_order }),
    maxPerOrder: type.max_per_order,
    ...(type.price_steps && { steps: type.price_steps.map(toStep) }),
    ...(type.group_prices && {
      groups: type.group_prices.map(({ from, listMinor }) => ({ from, listMinor })),
    }),
    ...(type.pay_what_you_want && { leastMinor: type.pay_what_you_want.leastMinor }),
    saleStartsAt: type.sale_starts_at,
    saleEndsAt: type.sale_ends_at,
    hidden: type.hidden,
    product: saleProductOf(type.product),
  })),
  promoCodes: codes.map((code) => ({
    code: code.code,
    percentOff: code.percent_off,
    amountOffMinor: code.amount_off_minor,
    validUntil: code.valid_until,
    poolId: code.pool_id,
  })),
  form: row.form && row.form.questions.length + row.form.terms.length > 0 ? row.form : null,
  online: row.online,
  seats,
});

const toStep = ({ name, listMinor, until, places, poolId }: StoredStep): SaleStep => ({
  name,
  listMinor,
  until,
  places,
  poolId,
});
