import * as z from 'zod/mini';
import { draftFields, eventFields } from '../../../../contract/event-fields.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import type { SeatLayout } from '../../../../contract/layout.ts';
import { tagsIn } from '../../../../contract/tags.ts';
import { shownZone } from '../../../../contract/zones.ts';
import { instantOf, type Occurrence } from '../../ui/time-zone.ts';
import { productBodies, productFieldOf, storedProducts } from '../extras/product-draft.ts';
import { type Draft, draftOf, isZonePool, type TypeDraft } from './draft.ts';
import { degreesOf, minorOf, numberOf, secondsOf } from './numbers.ts';
import { feeOf, taxOf } from './price-draft.ts';
import { policyOf } from './refund-draft.ts';
import { reminderHoursOf } from './reminder-draft.ts';
import { resaleOf } from './resale-draft.ts';
import { idOf, isFields, same } from './same.ts';
import { storedTerms, termsOf } from './type-terms-draft.ts';

const eventBody = z.partial(z.strictObject(eventFields));
/** Of a draft that may be incomplete. */
const draftBody = z.partial(z.strictObject(draftFields));
type EventBody = z.input<typeof eventBody>;

/** The form of an event, validated against the contract. Of an existing event it sends only what differs. */
export const eventForm = (before: ManagedEvent | null, mayBeIncomplete = false) =>
  z.pipe(
    z.transform((draft: Draft) => (before ? patchOf(draft, before) : bodyOf(draft, null))),
    // The values have the same shape; only what may be empty differs.
    mayBeIncomplete ? (draftBody as unknown as typeof eventBody) : eventBody,
  );

/** The form's field for a part of the event. */
export const fieldOf = (path: string): string =>
  productFieldOf(path)
    .replace(/^seatLayout\b.*/, 'layout')
    .replace(/^tags\b.*/, 'tags')
    .replace(/^(pools\.\d+)\.key$/, '$1.name')
    .replace(/^(ticketTypes\.\d+)\.priceMinor$/, '$1.price')
    .replace(/^(ticketTypes\.\d+\.(?:priceSteps|groupPrices)\.\d+)\.priceMinor$/, '$1.price')
    .replace(/^(ticketTypes\.\d+)\.payWhatYouWant\b.*/, '$1.leastPrice')
    .replace(/^(ticketTypes\.\d+)\.(pools|zone)\b.*/, '$1.source')
    .replace(/^(promoCodes\.\d+)\.(percentOff|amountOffMinor)$/, '$1.off')
    .replace('holdSeconds', 'holdMinutes')
    .replace('orderReview.fromScore', 'reviewFrom')
    .replace('orderReview.accountsPerNetwork', 'reviewAccounts')
    .replace(/^refundPolicy\.steps\b/, 'refundSteps')
    .replace(/^(refundSteps\.\d+)\.hoursBefore$/, '$1.before')
    .replace(/^(refundSteps\.\d+)\.refundPercent$/, '$1.percent')
    .replace('refundPolicy.feePerTicketMinor', 'feePerTicket')
    .replace('refundPolicy.refundsBookingFee', 'bookingFeeBack')
    .replace('refundPolicy.', '')
    .replace(/^(ticketTypes\.\d+)\.tax\.name$/, '$1.taxName')
    .replace(/^(ticketTypes\.\d+)\.tax\.ratePercent$/, '$1.taxRate')
    .replace(/^(transfers|renames|exchanges|resale)\.until$/, '$1Until')
    .replace('resale.feePercent', 'resalePercent')
    .replace('resale.feePerTicketMinor', 'resaleFee')
    .replace(/^reminderHours\b.*/, 'reminders')
    .replace('waitingRoom.opensAt', 'queueOpensAt')
    .replace('waitingRoom.mode', 'queueMode')
    .replace(/^waitlist\.(offerMinutes|partiesUntilHours)$/, '$1')
    .replace('bookingFee.perTicketMinor', 'feeEachTicket')
    .replace('bookingFee.perTicketPercent', 'feePercentOfTicket')
    .replace('bookingFee.perOrderMinor', 'feeEachOrder')
    .replace('bookingFee.tax.ratePercent', 'feeTaxRate')
    .replace('bookingFee.tax.name', 'feeTaxName');

/**
 * The fields of the event that the person changed. Parts of a list or of an address that the person did not touch
 * are sent exactly as they are stored, because the text in a field may not show every detail of a value.
 */
export function patchOf(draft: Draft, before: ManagedEvent): EventBody {
  const typed: Record<string, unknown> = bodyOf(draft, before);
  const shown: Record<string, unknown> = bodyOf(draftOf(before), before);
  const stored: Record<string, unknown> = storedBody(before);
  return Object.fromEntries(
    Object.keys(typed)
      .filter((key) => !same(typed[key], shown[key]))
      .map((key) => [key, keepStored(typed[key], shown[key], stored[key])]),
  );
}

/** Replaces every part of `typed` that equals what the form showed at first by the stored value. */
function keepStored(typed: unknown, shown: unknown, stored: unknown): unknown {
  if (same(typed, shown)) return stored;
  if (isFields(typed) && isFields(shown) && isFields(stored))
    return Object.fromEntries(
      Object.keys(typed).map((key) => [key, keepStored(typed[key], shown[key], stored[key])]),
    );
  if (!Array.isArray(typed) || !Array.isArray(shown) || !Array.isArray(stored)) return typed;
  return typed.map((entry) => {
    const id = idOf(entry);
    const at = id === undefined ? -1 : shown.findIndex((each) => idOf(each) === id);
    return at === -1 ? entry : keepStored(entry, shown[at], stored[at]);
  });
}

/** An event as it would be sent to leave everything as it is. */
export const storedBody = (event: ManagedEvent) => ({
  ...event,
  pools: event.pools
    .filter((pool) => !isZonePool(pool))
    .map(({ key, name, capacity }) => ({ key, name, capacity })),
  ticketTypes: storedTypes(event),
  products: storedProducts(event),
  promoCodes: event.promoCodes.map(({ held, sold, ...code }) => code),
});

/** The ticket types as they would be sent to leave them as they are. */
export const storedTypes = ({ ticketTypes }: ManagedEvent) =>
  ticketTypes.map(({ price, fullPrice, listPrice, ...type }) => ({
    ...type,
    ...storedTerms(type),
    priceMinor: listPrice.amount,
  }));

/** Converts the fields to the API's body. Wrong input becomes a value that the contract refuses. */
export function bodyOf(draft: Draft, before: ManagedEvent | null): EventBody {
  const zone = shownZone(draft.timeZone);
  const instant = (wall: string, nth: Occurrence) => instantOf(wall, zone, nth) ?? '';
  return {
    title: draft.title,
    summary: draft.summary,
    description: draft.description,
    category: draft.category,
    tags: tagsIn(draft.tags),
    coverUrl: draft.coverUrl.trim() === '' ? null : draft.coverUrl.trim(),
    coverAlt: draft.coverAlt.trim(),
    startsAt: instant(draft.startsAt, draft.startsAtNth),
    endsAt: instant(draft.endsAt, draft.endsAtNth),
    doorsAt: draft.doorsAt === '' ? null : instant(draft.doorsAt, draft.doorsAtNth),
    timeZone: draft.timeZone,
    venue: {
      name: draft.venue.name,
      address: draft.venue.address,
      city: draft.venue.city,
      country: draft.venue.country.trim().toUpperCase(),
      latitude: degreesOf(draft.venue.latitude),
      longitude: degreesOf(draft.venue.longitude),
    },
    currency: draft.currency,
    maxPerBuyer: numberOf(draft.maxPerBuyer),
    placesPerNetwork: numberOf(draft.placesPerNetwork),
    ticketCodes: draft.ticketCodes,
    orderReview:
      draft.reviewFrom.trim() === ''
        ? null
        : {
            fromScore: numberOf(draft.reviewFrom),
            accountsPerNetwork: numberOf(draft.reviewAccounts),
          },
    holdSeconds: secondsOf(draft.holdMinutes),
    asksAttendeeNames: draft.attendees === 'each',
    transfers: {
      allowed: draft.transfers !== 'off',
      until: draft.transfers === 'until' ? instant(draft.transfersUntil, draft.transfersUntilNth) : null,
    },
    renames: {
      allowed: draft.renames !== 'off',
      until: draft.renames === 'until' ? instant(draft.renamesUntil, draft.renamesUntilNth) : null,
    },
    exchanges: {
      allowed: draft.exchanges !== 'off',
      until: draft.exchanges === 'until' ? instant(draft.exchangesUntil, draft.exchangesUntilNth) : null,
    },
    run: draft.run.trim() === '' ? null : draft.run.trim(),
    resale: resaleOf(draft, before?.resale, instant),
    waitingRoom: {
      mode: draft.queueMode,
      opensAt: draft.queueMode === 'scheduled' ? instant(draft.queueOpensAt, draft.queueOpensAtNth) : null,
    },
    waitlist: {
      enabled: draft.waitlist === 'on',
      offerMinutes: numberOf(draft.offerMinutes),
      partiesUntilHours: numberOf(draft.partiesUntilHours),
    },
    reminderHours: reminderHoursOf(draft.reminders),
    refundPolicy: policyOf(draft, before),
    bookingFee: feeOf(draft),
    pools: draft.pools.map(({ key, name, capacity }) => ({ key, name, capacity: numberOf(capacity) })),
    ticketTypes: draft.ticketTypes.map((type) => ({
      ...typeBody(type, draft, before),
      ...termsOf(type, draft.currency, instant),
    })),
    products: productBodies(draft.products, draft.currency, instant),
    promoCodes: draft.promoCodes.map(({ code, kind, off, maxTickets, validUntil, validUntilNth }) => ({
      code,
      percentOff: kind === 'percent' ? numberOf(off) : null,
      amountOffMinor: kind === 'amount' ? minorOf(off, draft.currency) : null,
      maxTickets: maxTickets.trim() === '' ? null : numberOf(maxTickets),
      validUntil: validUntil === '' ? null : instant(validUntil, validUntilNth),
    })),
    // Without a value the present layout stays; null removes it.
    ...(draft.seating === 'reserved'
      ? (draft.layout || !before?.hasSeatMap) && { seatLayout: draft.layout ?? noSeats }
      : before?.hasSeatMap !== false && { seatLayout: null }),
  };
}

/** Numbered seats without a layout: an empty one, which the contract refuses. */
const noSeats: SeatLayout = { width: 1, height: 1, zones: [], sections: [] };

/** What the form does not show of a ticket type (its further pools) stays as in `before`. */
function typeBody(type: TypeDraft, draft: Draft, before: ManagedEvent | null) {
  const old = before?.ticketTypes.find(({ id }) => id === type.id);
  const [kind, key = ''] = type.source.split(/:(.*)/s);
  const isPool = (each: string) => draft.pools.some((pool) => pool.key === each);
  const sameZone = kind === 'zone' && old?.zone === key;
  // Pools beside the one that the form shows. The pool of a zone follows from the zone.
  const shown = old?.zone === null ? old.pools[0] : undefined;
  const further = (old?.pools ?? []).filter((each) => each !== shown && each !== key && isPool(each));
  const keepsAll = sameZone && old.pools.every((each) => isPool(each) || isZonePool({ key: each }));
  return {
    ...(type.id && { id: type.id }),
    name: type.name,
    description: type.description,
    doorNote: type.doorNote,
    // Numbered seats cannot be hidden.
    hidden: kind !== 'zone' && type.shown === 'code',
    priceMinor: minorOf(type.price, draft.currency),
    tax: taxOf(type),
    // A deleted pool is not a valid key, and is refused.
    pools: keepsAll ? old.pools : kind === 'zone' ? further : [isPool(key) ? key : '', ...further],
    zone: kind !== 'zone' ? null : draft.seating === 'reserved' ? key : '',
  };
}
