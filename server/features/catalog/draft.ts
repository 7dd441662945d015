import { stepMinor } from '../../../contract/currencies.ts';
import { Refused } from '../../../contract/errors.ts';
import type { Undecided } from '../../../contract/event-preparation.ts';
import type { NewEvent } from '../../../contract/events.ts';
import type { ProductId, TicketTypeId } from '../../../contract/ids.ts';
import { formatMoney } from '../../../contract/money.ts';
import { isZonePool, zonePoolKey } from '../sale/pools.ts';
import { layoutIssues } from '../seating/layout-issues.ts';
import { countSeatsByZone } from '../seating/seat-plan.ts';
import { morePriceIssues, priceIssues, stepIdIssues } from './price-issues.ts';

/** An event as its organiser writes it. */
export interface EventDraft extends Omit<NewEvent, 'organisationId' | 'startsAt' | 'endsAt'> {
  startsAt: string;
  endsAt: string;
  /** Which of these have stand-ins. No rule compares with a stand-in. */
  undecided: Undecided[];
}

export interface Issue {
  /** The place in the request: `body.pools.2.key`. */
  path: string;
  message: string;
}

/** A pool key has at most 40 characters, and the pool of a zone needs five for its prefix. */
const maxZoneKey = 35;

/** The ids of what an event sells already. A draft may name these and no others. */
interface Known {
  ticketTypes: ReadonlySet<TicketTypeId>;
  /** Its products, each with the ids of its variants. */
  products: ReadonlyMap<ProductId, ReadonlySet<TicketTypeId>>;
}
const nothingKnown: Known = { ticketTypes: new Set(), products: new Map() };

export const knownIn = ({ ticketTypes, products }: EventDraft): Known => ({
  ticketTypes: new Set(ticketTypes.map(({ id }) => id as TicketTypeId)),
  products: new Map(
    products.map(({ id, variants }) => [
      id as ProductId,
      new Set(variants.map((variant) => variant.id as TicketTypeId)),
    ]),
  ),
});

/** Throws invalid_request with everything that is wrong with a draft beyond its schema. */
export function checkDraft(draft: EventDraft, known: Known = nothingKnown, more: Issue[] = []): void {
  const issues = [
    ...more,
    ...scheduleIssues(draft),
    ...poolIssues(draft),
    ...ticketTypeIssues(draft, known.ticketTypes),
    ...draft.products.flatMap((product, i) =>
      productIssues(draft, product, known.products).map(at(`products.${i}`)),
    ),
    ...repeated(draft.products.map(({ id }, i) => id ?? `new ${i}`)).map((i) => ({
      path: `products.${i}.id`,
      message: 'is there twice',
    })),
    ...stepIdIssues(draft),
    ...layoutIssues(draft.seatLayout).map(at('seatLayout')),
    ...zoneKeyIssues(draft),
    ...placeIssues(draft),
    ...promoCodeIssues(draft),
    ...feeIssues(draft),
  ];
  if (issues.length === 0) return;
  const first = issues.slice(0, 20).map((issue) => ({ path: `body.${issue.path}`, message: issue.message }));
  const detail = first.map((issue) => `${issue.path}: ${issue.message}`).join('; ');
  throw new Refused('invalid_request', { detail: detail.slice(0, 500), issues: first });
}

const at =
  (parent: string) =>
  (issue: Issue): Issue => ({ ...issue, path: `${parent}.${issue.path}` });

function scheduleIssues(draft: EventDraft): Issue[] {
  const issues: Issue[] = [];
  const start = draft.undecided.includes('startsAt') ? null : ms(draft.startsAt);
  const end = endMs(draft);
  const doors = ms(draft.doorsAt);
  if (start !== null && end !== null && end <= start)
    issues.push({ path: 'endsAt', message: 'must be after startsAt' });
  if (start !== null && doors !== null && doors > start) {
    issues.push({ path: 'doorsAt', message: 'must not be after startsAt' });
  }
  issues.push(...saleWindowIssues(draft, end));
  return issues;
}

function saleWindowIssues(
  window: { saleStartsAt: string | null; saleEndsAt: string | null },
  eventEndMs: number | null,
): Issue[] {
  const opens = ms(window.saleStartsAt);
  const closes = ms(window.saleEndsAt);
  const issues: Issue[] = [];
  if (opens !== null && closes !== null && closes <= opens) {
    issues.push({ path: 'saleEndsAt', message: 'must be after saleStartsAt' });
  }
  if (opens !== null && eventEndMs !== null && opens >= eventEndMs) {
    issues.push({ path: 'saleStartsAt', message: 'must be before the event ends' });
  }
  if (closes !== null && eventEndMs !== null && closes > eventEndMs) {
    issues.push({ path: 'saleEndsAt', message: 'must not be after the end of the event' });
  }
  return issues;
}

const endMs = ({ endsAt, undecided }: EventDraft): number | null =>
  undecided.includes('endsAt') ? null : ms(endsAt);

const ms = (instant: string | null): number | null => (instant === null ? null : new Date(instant).getTime());

function poolIssues(draft: EventDraft): Issue[] {
  const zones = draft.seatLayout ? countSeatsByZone(draft.seatLayout) : new Map<string, number>();
  const issues: Issue[] = [];
  for (const i of repeated(draft.pools.map((pool) => pool.key))) {
    issues.push({ path: `pools.${i}.key`, message: 'is the key of another pool too' });
  }
  for (const [i, pool] of draft.pools.entries()) {
    if (!isZonePool(pool.key)) continue;
    // The pools of zones come from the seat map. A client may send them back unchanged.
    const seats = zones.get(pool.key.slice('zone-'.length));
    if (seats === undefined)
      issues.push({ path: `pools.${i}.key`, message: 'zone- is kept for the zones of the seat map' });
    else if (seats !== pool.capacity) {
      issues.push({ path: `pools.${i}.capacity`, message: `the zone has ${seats} seats` });
    }
  }
  return issues;
}

function ticketTypeIssues(draft: EventDraft, known: ReadonlySet<TicketTypeId>): Issue[] {
  const issues: Issue[] = [];
  const ids = draft.ticketTypes.map((type, i) => type.id ?? `new ${i}`);
  for (const i of repeated(ids)) issues.push({ path: `ticketTypes.${i}.id`, message: 'is there twice' });
  for (const [i, type] of draft.ticketTypes.entries()) {
    if (type.id && !known.has(type.id)) {
      issues.push({ path: `ticketTypes.${i}.id`, message: 'is not a ticket type of this event' });
    }
    issues.push(...typeIssues(draft, type).map(at(`ticketTypes.${i}`)));
  }
  return issues;
}

function typeIssues(draft: EventDraft, type: EventDraft['ticketTypes'][number]): Issue[] {
  const issues: Issue[] = saleWindowIssues(type, endMs(draft));
  const zones = new Set(draft.seatLayout?.zones.map((zone) => zone.key));
  if (type.zone !== null && !zones.has(type.zone))
    issues.push({ path: 'zone', message: 'the seat map has no such zone' });
  if (type.zone === null && type.pools.length === 0) {
    issues.push({ path: 'pools', message: 'name at least one pool, or a zone of the seat map' });
  }
  // A seat of a hidden type would be on the map, and nobody could say what it costs.
  if (type.hidden && type.zone !== null)
    issues.push({ path: 'hidden', message: 'numbered seats cannot be hidden: take a type without a zone' });
  const pools = new Set(draft.pools.map((pool) => pool.key));
  for (const [i, key] of type.pools.entries()) {
    const own = type.zone !== null && key === zonePoolKey(type.zone);
    if (!own && isZonePool(key))
      issues.push({ path: `pools.${i}`, message: 'seats of a zone are sold by naming the zone' });
    else if (!own && !pools.has(key)) issues.push({ path: `pools.${i}`, message: 'there is no such pool' });
  }
  for (const i of repeated(type.pools)) issues.push({ path: `pools.${i}`, message: 'is named twice' });
  return [
    ...issues,
    ...priceIssues(draft, type.tax)('priceMinor', type.priceMinor),
    ...morePriceIssues(draft, type),
  ];
}

/** What is wrong with an extra and its variants. */
function productIssues(
  draft: EventDraft,
  product: EventDraft['products'][number],
  known: Known['products'],
): Issue[] {
  const { id, tax, variants } = product;
  const issues = saleWindowIssues(product, ms(draft.endsAt));
  if (id && !known.has(id)) issues.push({ path: 'id', message: 'is not a product of this event' });
  const own = (id && known.get(id)) || new Set<TicketTypeId>();
  for (const [i, variant] of variants.entries()) {
    const path = `variants.${i}`;
    if (variant.id && !own.has(variant.id))
      issues.push({ path: `${path}.id`, message: 'is not a variant of this product' });
    if (variants.length > 1 && variant.name === '')
      issues.push({ path: `${path}.name`, message: 'say how this variant differs, for example by its size' });
    issues.push(...priceIssues(draft, tax)(`${path}.priceMinor`, variant.priceMinor));
  }
  for (const i of repeated(variants.map((variant, n) => variant.id ?? `new ${n}`)))
    issues.push({ path: `variants.${i}.id`, message: 'is there twice' });
  for (const i of repeated(variants.map(({ name }) => name.toLowerCase())))
    issues.push({ path: `variants.${i}.name`, message: 'is the name of another variant too' });
  return issues;
}

/** Fees change what is charged and what goes back, so they are whole steps of the currency. */
function feeIssues({ bookingFee, refundPolicy, resale, currency }: EventDraft): Issue[] {
  const step = stepMinor(currency);
  const message = `must be a multiple of ${formatMoney({ amount: step, currency }, 'en')}`;
  const fees = {
    'bookingFee.perTicketMinor': bookingFee?.perTicketMinor ?? 0,
    'bookingFee.perOrderMinor': bookingFee?.perOrderMinor ?? 0,
    'refundPolicy.feePerTicketMinor': refundPolicy.feePerTicketMinor,
    'resale.feePerTicketMinor': resale.feePerTicketMinor,
  };
  return Object.entries(fees).flatMap(([path, minor]) => (minor % step === 0 ? [] : [{ path, message }]));
}

function zoneKeyIssues(draft: EventDraft): Issue[] {
  return (draft.seatLayout?.zones ?? []).flatMap((zone, i) =>
    zone.key.length > maxZoneKey
      ? [{ path: `seatLayout.zones.${i}.key`, message: `must have at most ${maxZoneKey} characters` }]
      : [],
  );
}

/** A point on the map needs both coordinates. */
function placeIssues({ venue }: EventDraft): Issue[] {
  if ((venue.latitude === null) === (venue.longitude === null)) return [];
  const missing = venue.latitude === null ? 'latitude' : 'longitude';
  return [{ path: `venue.${missing}`, message: 'give both coordinates or neither' }];
}

function promoCodeIssues({ promoCodes, currency }: EventDraft): Issue[] {
  const issues: Issue[] = [];
  for (const i of repeated(promoCodes.map(({ code }) => code))) {
    issues.push({ path: `promoCodes.${i}.code`, message: 'is there twice' });
  }
  for (const [i, { percentOff, amountOffMinor }] of promoCodes.entries()) {
    if ((percentOff === null) === (amountOffMinor === null)) {
      issues.push({ path: `promoCodes.${i}.percentOff`, message: 'give either this or amountOffMinor' });
    }
    const step = stepMinor(currency);
    if (amountOffMinor !== null && amountOffMinor % step !== 0) {
      const amount = formatMoney({ amount: step, currency }, 'en');
      issues.push({ path: `promoCodes.${i}.amountOffMinor`, message: `must be a multiple of ${amount}` });
    }
  }
  return issues;
}

/** The indexes of entries that repeat an earlier one. */
function repeated(list: readonly string[]): number[] {
  const seen = new Set<string>();
  const again: number[] = [];
  for (const [i, entry] of list.entries()) {
    if (seen.has(entry)) again.push(i);
    seen.add(entry);
  }
  return again;
}
