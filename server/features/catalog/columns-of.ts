import type { SeatLayout } from '../../../contract/layout.ts';
import type { Pool } from '../inventory/inventory.ts';
import { isCounter, isZonePool } from '../sale/pools.ts';
import { isStockPool, productsOf, productTerms, ticketsOnly } from '../sale/products.ts';
import { type PromoCodeRow, promoDraft } from '../sale/promo-codes.ts';
import { pricesDraft, type TicketTypeRow, wholePriceOf } from '../sale/ticket-types.ts';
import type { EventDraft } from './draft.ts';
import type { EventColumns, EventRow } from './store.ts';

/** What an organiser writes, as columns. The server sets the others: ids, slug, status, version, dates. */
type DraftColumns = Omit<
  EventColumns,
  | 'id'
  | 'organisation_id'
  | 'slug'
  | 'status'
  | 'version'
  | 'moved_from'
  | 'published_at'
  | 'created_at'
  | 'archived_at'
>;

export function columnsOf(draft: EventDraft): DraftColumns {
  // The public sees no hidden type, so its price is in no list and no search.
  const shown = draft.ticketTypes.filter(({ hidden }) => !hidden);
  const prices = shown.map((type) => wholePriceOf(draft, type));
  const lowest = shown.map((type) =>
    wholePriceOf(draft, { ...type, priceMinor: type.payWhatYouWant?.minMinor ?? type.priceMinor }),
  );
  return {
    title: draft.title,
    undecided: draft.undecided,
    summary: draft.summary,
    description: draft.description,
    category: draft.category,
    tags: draft.tags,
    cover_url: draft.coverUrl,
    cover_alt: draft.coverAlt,
    starts_at: new Date(draft.startsAt),
    ends_at: new Date(draft.endsAt),
    starts_on: dayOf(draft.startsAt, draft.timeZone),
    ends_on: dayOf(draft.endsAt, draft.timeZone),
    doors_at: instant(draft.doorsAt),
    time_zone: draft.timeZone,
    venue_name: draft.venue.name,
    venue_address: draft.venue.address,
    city: draft.venue.city,
    country: draft.venue.country,
    latitude: draft.venue.latitude,
    longitude: draft.venue.longitude,
    currency: draft.currency,
    max_per_buyer: draft.maxPerBuyer,
    places_per_network: draft.placesPerNetwork,
    hold_seconds: draft.holdSeconds,
    asks_attendee_names: draft.asksAttendeeNames,
    transfers_allowed: draft.transfers.allowed,
    transfers_until: instant(draft.transfers.until),
    renames_allowed: draft.renames.allowed,
    renames_until: instant(draft.renames.until),
    resale: draft.resale,
    waitlist: draft.waitlist,
    waiting_room: draft.waitingRoom,
    reminder_hours: draft.reminderHours,
    exchanges_allowed: draft.exchanges.allowed,
    exchanges_until: instant(draft.exchanges.until),
    run: draft.run,
    order_review: draft.orderReview,
    ticket_codes: draft.ticketCodes,
    sale_starts_at: instant(draft.saleStartsAt),
    sale_ends_at: instant(draft.saleEndsAt),
    refund_policy: draft.refundPolicy,
    booking_fee: draft.bookingFee,
    price_from_minor: prices.length === 0 ? null : Math.min(...lowest),
    price_to_minor: prices.length === 0 ? null : Math.max(...prices),
    has_price_steps: draft.ticketTypes.some(({ priceSteps }) => priceSteps.length > 0),
  };
}

/** The reverse: a stored event as its organiser would write it now. */
export function draftOf(
  row: EventRow,
  types: TicketTypeRow[],
  pools: Pool[],
  codes: PromoCodeRow[],
  seatLayout: SeatLayout | null,
): EventDraft {
  const keys = new Map(pools.map((pool) => [pool.id, pool.key]));
  return {
    title: row.title,
    undecided: row.undecided,
    summary: row.summary,
    description: row.description,
    category: row.category,
    tags: row.tags,
    coverUrl: row.cover_url,
    coverAlt: row.cover_alt,
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at.toISOString(),
    doorsAt: text(row.doors_at),
    timeZone: row.time_zone,
    venue: {
      name: row.venue_name,
      address: row.venue_address,
      city: row.city,
      country: row.country,
      latitude: row.latitude,
      longitude: row.longitude,
    },
    currency: row.currency,
    maxPerBuyer: row.max_per_buyer,
    placesPerNetwork: row.places_per_network,
    holdSeconds: row.hold_seconds,
    asksAttendeeNames: row.asks_attendee_names,
    transfers: { allowed: row.transfers_allowed, until: text(row.transfers_until) },
    renames: { allowed: row.renames_allowed, until: text(row.renames_until) },
    resale: row.resale,
    waitlist: row.waitlist,
    waitingRoom: row.waiting_room,
    reminderHours: row.reminder_hours,
    exchanges: { allowed: row.exchanges_allowed, until: text(row.exchanges_until) },
    run: row.run,
    orderReview: row.order_review,
    ticketCodes: row.ticket_codes,
    saleStartsAt: text(row.sale_starts_at),
    saleEndsAt: text(row.sale_ends_at),
    refundPolicy: row.refund_policy,
    bookingFee: row.booking_fee,
    // The pools of zones follow from the seat layout, and those of promo codes, price steps and extras from these.
    pools: pools
      .filter((pool) => !isZonePool(pool.key) && !isCounter(pool.key) && !isStockPool(pool.key))
      .map(({ key, name, capacity }) => ({ key, name, capacity })),
    ticketTypes: ticketsOnly(types).map((type) => ({
      id: type.id,
      name: type.name,
      description: type.description,
      priceMinor: type.list_minor,
      tax: type.tax,
      pools: type.pool_ids.map((id) => keys.get(id) ?? ''),
      zone: type.zone,
      ...pricesDraft(type),
      maxPerOrder: type.max_per_order,
      saleStartsAt: text(type.sale_starts_at),
      saleEndsAt: text(type.sale_ends_at),
      doorNote: type.door_note,
      hidden: type.hidden,
    })),
    products: productsOf(types).map((sold) => ({
      ...productTerms(sold),
      variants: sold.variants.map(({ id, variant, list_minor, pool_ids }) => ({
        id,
        name: variant,
        priceMinor: list_minor,
        stock: pools.find((pool) => pool.id === pool_ids[0])?.capacity ?? 0,
      })),
    })),
    seatLayout,
    promoCodes: codes.map(promoDraft),
  };
}

const instant = (given: string | null): Date | null => (given === null ? null : new Date(given));
const text = (given: Date | null): string | null => given?.toISOString() ?? null;

/** An instant's date in a zone, `2027-01-15`. */
const dayOf = (given: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date(given));
