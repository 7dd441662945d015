import type { Preparation } from '../../../contract/event-preparation.ts';
import type { Event, EventSummary, ManagedEvent, TicketType } from '../../../contract/events.ts';
import type { PoolId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Product } from '../../../contract/products.ts';
import { freeIn } from '../inventory/free-places.ts';
import type { Pool } from '../inventory/inventory.ts';
import { leastChargeMinor } from '../sale/least-charge.ts';
import { isCounter } from '../sale/pools.ts';
import { lowestPrice, presentPrice } from '../sale/present-price.ts';
import {
  isStockPool,
  productsOf,
  productTerms,
  shownTickets,
  stockPoolKey,
  ticketsOnly,
} from '../sale/products.ts';
import { type PromoCodeRow, promoDraft } from '../sale/promo-codes.ts';
import type { TicketTypeRow } from '../sale/ticket-types.ts';
import type { PreparationRow } from './preparation-store.ts';
import { lacksForPublication, offerOf, toGaps } from './publishable.ts';
import { toRichText } from './rich-text.ts';
import { slugOf } from './slug.ts';
import type { EventColumns, EventRow } from './store.ts';

/** An event with what is sold of it. */
export interface WholeEvent {
  row: EventRow;
  types: TicketTypeRow[];
  pools: Pool[];
}

/** The status that people see: a published event is over after its end. */
export const statusAt = (event: Pick<EventColumns, 'status' | 'ends_at'>, now: Date): Event['status'] =>
  event.status === 'published' && event.ends_at <= now ? 'over' : event.status;

export function toSummary({ row, types, pools }: WholeEvent, now: Date): EventSummary {
  return {
    id: row.id,
    slug: row.slug,
    status: statusAt(row, now),
    title: row.title,
    summary: row.summary,
    category: row.category,
    coverUrl: row.cover_url,
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at.toISOString(),
    timeZone: row.time_zone,
    venue: { name: row.venue_name, city: row.city, country: row.country },
    ...pricesOf({ row, types, pools }, now),
    soldOut: isSoldOut(types, pools),
    movedFrom: row.moved_from,
    // Rounded, because coordinates are exact to a few metres and nobody needs a distance that exact.
    ...(row.distance_km != null && { distanceKm: Math.round(row.distance_km * 10) / 10 }),
  };
}

/** The lowest and the highest price now of what the public sees. Most events have the same prices from one edit to the next. */
function pricesOf({ row, types, pools }: WholeEvent, now: Date): Pick<EventSummary, 'priceFrom' | 'priceTo'> {
  if (!row.has_price_steps)
    return { priceFrom: money(row.price_from_minor, row), priceTo: money(row.price_to_minor, row) };
  const byId = byIdOf(pools);
  const shown = shownTickets(types);
  if (shown.length === 0) return { priceFrom: null, priceTo: null };
  return {
    priceFrom: money(Math.min(...shown.map((type) => lowestPrice(type, byId, now))), row),
    priceTo: money(Math.max(...shown.map((type) => presentPrice(type, byId, now))), row),
  };
}

export const byIdOf = (pools: Pool[]): Map<PoolId, Pool> => new Map(pools.map((pool) => [pool.id, pool]));

export function toEvent(whole: WholeEvent, now: Date): Event {
  const { row, types, pools } = whole;
  const keys = keysOf(pools);
  const byId = byIdOf(pools);
  return {
    ...toSummary(whole, now),
    version: row.version,
    description: row.description,
    about: toRichText(row.description),
    venue: {
      name: row.venue_name,
      address: row.venue_address,
      city: row.city,
      country: row.country,
      latitude: row.latitude,
      longitude: row.longitude,
    },
    organisation: { id: row.organisation_id, name: row.organisation_name, slug: row.organisation_slug },
    series: row.run === null ? null : { name: row.run, slug: slugOf(row.run) },
    isPass: row.is_pass,
    coverAlt: row.cover_alt,
    tags: row.tags,
    doorsAt: text(row.doors_at),
    currency: row.currency,
    ticketTypes: shownTickets(types).map((type) =>
      toTicketType(type, row, keys, presentPrice(type, byId, now)),
    ),
    products: toProducts(whole),
    hasSeatMap: row.seat_map_id !== null,
    takesPromoCodes: row.takes_promo_codes,
    asksQuestions: row.asks_questions,
    attendance: row.attendance,
    maxPerBuyer: row.max_per_buyer,
    holdSeconds: row.hold_seconds,
    asksAttendeeNames: row.asks_attendee_names,
    transfers: { allowed: row.transfers_allowed, until: text(row.transfers_until) },
    renames: { allowed: row.renames_allowed, until: text(row.renames_until) },
    resale: row.resale,
    waitlist: row.waitlist,
    waitingRoom: row.waiting_room,
    ticketCodes: row.ticket_codes,
    exchanges: { allowed: row.exchanges_allowed, until: text(row.exchanges_until) },
    saleStartsAt: text(row.sale_starts_at),
    saleEndsAt: text(row.sale_ends_at),
    refundPolicy: row.refund_policy,
    orderFee: {
      amount: row.booking_fee?.paidBy === 'buyer' ? row.booking_fee.perOrderMinor : 0,
      currency: row.currency,
    },
    publishedAt: text(row.published_at),
    cancellation: row.cancellation,
  };
}

export function toManagedEvent(
  whole: WholeEvent,
  codes: PromoCodeRow[],
  preparation: PreparationRow,
  now: Date,
): ManagedEvent {
  const places = inOrderOfSale(whole).filter(({ key }) => !isCounter(key) && !isStockPool(key));
  const pools = places.map(({ key, name, capacity, held, sold, kept, blocked }) => ({
    key,
    name,
    capacity,
    held,
    sold,
    kept,
    blocked,
  }));
  const keys = keysOf(whole.pools);
  const promoCodes = codes.map((row) => toManagedCode(row, whole.pools));
  return {
    ...toEvent(whole, now),
    ticketTypes: ticketsOnly(whole.types).map((type) => ({
      ...toTicketType(type, whole.row, keys, presentPrice(type, byIdOf(whole.pools), now)),
      doorNote: type.door_note,
      hidden: type.hidden,
    })),
    products: toManagedProducts(whole),
    bookingFee: whole.row.booking_fee,
    placesPerNetwork: whole.row.places_per_network,
    reminderHours: whole.row.reminder_hours,
    run: whole.row.run,
    orderReview: whole.row.order_review,
    pools,
    promoCodes,
    ...toPreparation(whole, preparation, now),
  };
}

function toPreparation(
  whole: WholeEvent,
  given: PreparationRow,
  now: Date,
): Preparation & { saleEndsAt: string | null } {
  const saleEndsAt = saleEndOf(whole.row, given);
  const { publish_at: at, failed_at, gaps } = given;
  return {
    saleEndsAt: text(saleEndsAt),
    undecided: whole.row.undecided,
    gaps: toGaps(lacksForPublication({ ...offerOf(whole), saleEndsAt }, now)),
    archivedAt: text(whole.row.archived_at),
    takenOffSaleAt: text(given.stopped_at),
    scheduledPublication: at && { at: at.toISOString(), failedAt: text(failed_at), gaps: toGaps(gaps ?? []) },
  };
}

/** When the sale ends, or would end if the team had not stopped it. */
export const saleEndOf = (
  row: Pick<EventColumns, 'sale_ends_at'>,
  { stopped_at, sale_ends_at }: Pick<PreparationRow, 'stopped_at' | 'sale_ends_at'>,
): Date | null => (stopped_at === null ? row.sale_ends_at : sale_ends_at);

/** A stored code as its organiser sees it, with its number of uses. */
function toManagedCode(row: PromoCodeRow, pools: Pool[]): ManagedEvent['promoCodes'][number] {
  const pool = pools.find(({ id }) => id === row.pool_id);
  return { ...promoDraft(row), held: pool?.held ?? 0, sold: pool?.sold ?? 0 };
}

const keysOf = (pools: Pool[]): Map<PoolId, string> => new Map(pools.map(({ id, key }) => [id, key]));

/** A ticket type as the public sees it. */
export const showTicketType = (
  type: TicketTypeRow,
  currency: Currency,
  pools: Pool[],
  now: Date,
): TicketType => toTicketType(type, { currency }, keysOf(pools), presentPrice(type, byIdOf(pools), now));

function toTicketType(
  type: TicketTypeRow,
  event: Pick<EventRow, 'currency'>,
  keys: Map<PoolId, string>,
  presentMinor: number,
): TicketType {
  const { currency } = event;
  const priced = ({ listMinor, wholeMinor }: { listMinor: number; wholeMinor: number }) => ({
    price: { amount: wholeMinor, currency },
    listPrice: { amount: listMinor, currency },
  });
  return {
    id: type.id,
    name: type.name,
    description: type.description,
    price: { amount: presentMinor, currency },
    fullPrice: { amount: type.price_minor, currency },
    listPrice: { amount: type.list_minor, currency },
    tax: type.tax,
    pools: type.pool_ids.map((id) => keys.get(id) ?? ''),
    zone: type.zone,
    minPerOrder: type.min_per_order,
    maxPerOrder: type.max_per_order,
    priceSteps: (type.price_steps ?? []).map((step) => ({
      id: step.id,
      name: step.name,
      ...priced(step),
      until: step.until,
      places: step.places,
    })),
    groupPrices: (type.group_prices ?? []).map((group) => ({ from: group.from, ...priced(group) })),
    payWhatYouWant: type.pay_what_you_want && {
      min: { amount: type.pay_what_you_want.leastMinor, currency },
      lowestPaid: {
        amount: Math.max(type.pay_what_you_want.leastMinor, leastChargeMinor[currency]),
        currency,
      },
    },
    saleStartsAt: text(type.sale_starts_at),
    saleEndsAt: text(type.sale_ends_at),
  };
}

const toProducts = ({ row, types }: Pick<WholeEvent, 'row' | 'types'>): Product[] =>
  productsOf(types).map((sold) => ({
    ...productTerms(sold),
    variants: sold.variants.map((type) => ({
      id: type.id,
      name: type.variant,
      price: { amount: type.price_minor, currency: row.currency },
      listPrice: { amount: type.list_minor, currency: row.currency },
    })),
  }));

function toManagedProducts(whole: WholeEvent): ManagedEvent['products'] {
  const pools = new Map(whole.pools.map((pool) => [pool.key, pool]));
  return toProducts(whole).map((product) => ({
    ...product,
    variants: product.variants.map((variant) => {
      const { capacity = 0, held = 0, sold = 0 } = pools.get(stockPoolKey(variant.id)) ?? {};
      return { ...variant, stock: capacity, held, sold };
    }),
  }));
}

/** Pools in the order in which the ticket types name them, then the others by key. */
function inOrderOfSale({ types, pools }: WholeEvent): Pool[] {
  const named = types.flatMap((type) => type.pool_ids);
  const rank = (pool: Pool) => (named.includes(pool.id) ? named.indexOf(pool.id) : named.length);
  return pools.toSorted((a, b) => rank(a) - rank(b) || (a.key < b.key ? -1 : 1));
}

/** True if there are ticket types on the public page and none has a free place. A ticket takes a place from each of its type's pools. */
export function isSoldOut(all: TicketTypeRow[], pools: Pool[]): boolean {
  const types = shownTickets(all);
  const free = new Map(pools.map((pool) => [pool.id, freeIn(pool)]));
  return types.length > 0 && types.every((type) => type.pool_ids.some((id) => (free.get(id) ?? 0) <= 0));
}

const text = (instant: Date | null): string | null => instant?.toISOString() ?? null;

const money = (amount: number | null, event: EventRow) =>
  amount === null ? null : { amount, currency: event.currency };
