import * as z from 'zod/mini';
import { defaultPlacesPerNetwork, eventFields } from '../../../../contract/event-fields.ts';
import type { Category, ManagedEvent } from '../../../../contract/events.ts';
import type { TicketTypeId } from '../../../../contract/ids.ts';
import { blockFields, type SeatLayout, seatLayoutSchema } from '../../../../contract/layout.ts';
import type { Currency } from '../../../../contract/money.ts';
import { shownZone } from '../../../../contract/zones.ts';
import { instantOf, wallTimeOf } from '../../ui/time-zone.ts';

/** An event in the form: every value is text as typed, and times are the venue's local times. */
export interface Draft {
  title: string;
  summary: string;
  description: string;
  category: Category;
  coverUrl: string;
  startsAt: string;
  endsAt: string;
  doorsAt: string;
  timeZone: string;
  venue: { name: string; address: string; city: string; country: string };
  currency: Currency;
  maxPerBuyer: string;
  placesPerNetwork: string;
  holdMinutes: string;
  attendees: 'none' | 'each';
  seating: 'general' | 'reserved';
  pools: { key: string; name: string; capacity: string }[];
  ticketTypes: TypeDraft[];
  promoCodes: PromoDraft[];
  /** A layout that was generated or pasted in this form; null keeps the present one. */
  layout: SeatLayout | null;
  refundKind: 'none' | 'until';
  hoursBefore: string;
  feePercent: string;
}

export interface PromoDraft {
  code: string;
  /** The unit of `off`: per cent, or an amount of the event's currency. */
  kind: 'percent' | 'amount';
  off: string;
  /** Empty for no limit. */
  maxTickets: string;
  validUntil: string;
}

export interface TypeDraft {
  id?: TicketTypeId;
  name: string;
  description: string;
  price: string;
  /** `pool:floor` or `zone:stalls`: where it takes its places from. */
  source: string;
}

/** A new event's values. Its first pool and ticket type have names in the organiser's language. */
export const emptyDraft = (timeZone: string, pool: string, type: string): Draft => ({
  title: '',
  summary: '',
  description: '',
  category: 'music',
  coverUrl: '',
  startsAt: '',
  endsAt: '',
  doorsAt: '',
  timeZone,
  venue: { name: '', address: '', city: '', country: '' },
  currency: 'EUR',
  maxPerBuyer: '10',
  placesPerNetwork: String(defaultPlacesPerNetwork),
  holdMinutes: '10',
  attendees: 'none',
  seating: 'general',
  pools: [{ key: 'floor', name: pool, capacity: '200' }],
  ticketTypes: [{ name: type, description: '', price: '25', source: 'pool:floor' }],
  promoCodes: [],
  layout: null,
  refundKind: 'until',
  hoursBefore: '48',
  feePercent: '0',
});

/** Pools of zones belong to the seat layout, which defines and counts them. */
const isZonePool = (key: string): boolean => key.startsWith('zone-');

/** The zones of an event's seat layout. */
export const zonesOf = ({ pools }: ManagedEvent): { key: string; name: string }[] =>
  pools
    .filter(({ key }) => isZonePool(key))
    .map(({ key, name }) => ({ key: key.slice('zone-'.length), name }));

export function draftOf(event: ManagedEvent): Draft {
  const zone = event.timeZone;
  return {
    title: event.title,
    summary: event.summary,
    description: event.description,
    category: event.category,
    coverUrl: event.coverUrl ?? '',
    startsAt: wallTimeOf(event.startsAt, zone),
    endsAt: wallTimeOf(event.endsAt, zone),
    doorsAt: event.doorsAt ? wallTimeOf(event.doorsAt, zone) : '',
    timeZone: zone,
    venue: {
      name: event.venue.name,
      address: event.venue.address,
      city: event.venue.city,
      country: event.venue.country,
    },
    currency: event.currency,
    maxPerBuyer: String(event.maxPerBuyer),
    placesPerNetwork: String(event.placesPerNetwork),
    holdMinutes: String(Math.round(event.holdSeconds / 60)),
    attendees: event.asksAttendeeNames ? 'each' : 'none',
    seating: event.hasSeatMap ? 'reserved' : 'general',
    pools: event.pools
      .filter(({ key }) => !isZonePool(key))
      .map(({ key, name, capacity }) => ({ key, name, capacity: String(capacity) })),
    ticketTypes: event.ticketTypes.map((type) => ({
      id: type.id,
      name: type.name,
      description: type.description,
      price: majorOf(type.price.amount, type.price.currency),
      source: type.zone === null ? `pool:${type.pools[0] ?? ''}` : `zone:${type.zone}`,
    })),
    promoCodes: event.promoCodes.map(({ code, percentOff, amountOffMinor, maxTickets, validUntil }) => ({
      code,
      kind: percentOff === null ? 'amount' : 'percent',
      off: String(percentOff ?? majorOf(amountOffMinor ?? 0, event.currency)),
      maxTickets: maxTickets === null ? '' : String(maxTickets),
      validUntil: validUntil ? wallTimeOf(validUntil, zone) : '',
    })),
    layout: null,
    refundKind: event.refundPolicy.kind,
    hoursBefore: String(event.refundPolicy.hoursBefore),
    feePercent: String(event.refundPolicy.feePercent),
  };
}

const eventBody = z.partial(z.strictObject(eventFields));

/** The form of an event, validated against the contract. */
export const eventForm = (before: ManagedEvent | null) =>
  z.pipe(
    z.transform((draft: Draft) => bodyOf(draft, before)),
    eventBody,
  );

/** The form's field for a part of the event. */
export const fieldOf = (path: string): string =>
  path
    .replace(/^seatLayout\b.*/, 'layout')
    .replace(/^(pools\.\d+)\.key$/, '$1.name')
    .replace(/^(ticketTypes\.\d+)\.priceMinor$/, '$1.price')
    .replace(/^(ticketTypes\.\d+)\.(pools|zone)\b.*/, '$1.source')
    .replace(/^(promoCodes\.\d+)\.(percentOff|amountOffMinor)$/, '$1.off')
    .replace('holdSeconds', 'holdMinutes')
    .replace('refundPolicy.', '');

/**
 * Converts the fields to the API's body. Wrong input becomes a value that the contract refuses. What the form does
 * not show (a ticket type's own sale window) stays as in `before`.
 */
export function bodyOf(draft: Draft, before: ManagedEvent | null): z.input<typeof eventBody> {
  const zone = shownZone(draft.timeZone);
  const instant = (wall: string) => (/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(wall) ? instantOf(wall, zone) : '');
  const isPool = (key: string) => draft.pools.some((pool) => pool.key === key);
  const venueBefore = before && before.venue.name === draft.venue.name ? before.venue : null;
  return {
    title: draft.title,
    summary: draft.summary,
    description: draft.description,
    category: draft.category,
    coverUrl: draft.coverUrl.trim() === '' ? null : draft.coverUrl.trim(),
    startsAt: instant(draft.startsAt),
    endsAt: instant(draft.endsAt),
    doorsAt: draft.doorsAt === '' ? null : instant(draft.doorsAt),
    timeZone: draft.timeZone,
    venue: {
      ...draft.venue,
      country: draft.venue.country.toUpperCase(),
      latitude: venueBefore?.latitude ?? null,
      longitude: venueBefore?.longitude ?? null,
    },
    currency: draft.currency,
    maxPerBuyer: numberOf(draft.maxPerBuyer),
    placesPerNetwork: numberOf(draft.placesPerNetwork),
    holdSeconds: numberOf(draft.holdMinutes) * 60,
    asksAttendeeNames: draft.attendees === 'each',
    refundPolicy: {
      kind: draft.refundKind,
      // The form hides these fields then, so they need no value.
      hoursBefore: draft.refundKind === 'none' ? 0 : numberOf(draft.hoursBefore),
      feePercent: draft.refundKind === 'none' ? 0 : numberOf(draft.feePercent),
    },
    pools: draft.pools.map(({ key, name, capacity }) => ({ key, name, capacity: numberOf(capacity) })),
    ticketTypes: draft.ticketTypes.map((type) => {
      const old = before?.ticketTypes.find(({ id }) => id === type.id);
      const [kind, key = ''] = type.source.split(/:(.*)/s);
      return {
        ...(type.id && { id: type.id }),
        name: type.name,
        description: type.description,
        priceMinor: minorOf(type.price, draft.currency),
        // A deleted pool is not a valid key, and is refused.
        pools: kind === 'zone' ? [] : [isPool(key) ? key : '', ...(old?.pools.slice(1) ?? []).filter(isPool)],
        zone: kind !== 'zone' ? null : draft.seating === 'reserved' ? key : '',
        maxPerOrder: old?.maxPerOrder ?? 10,
        saleStartsAt: old?.saleStartsAt ?? null,
        saleEndsAt: old?.saleEndsAt ?? null,
      };
    }),
    promoCodes: draft.promoCodes.map(({ code, kind, off, maxTickets, validUntil }) => ({
      code,
      percentOff: kind === 'percent' ? numberOf(off) : null,
      amountOffMinor: kind === 'amount' ? minorOf(off, draft.currency) : null,
      maxTickets: maxTickets.trim() === '' ? null : numberOf(maxTickets),
      validUntil: validUntil === '' ? null : instant(validUntil),
    })),
    // Without a value the present layout stays; null removes it.
    ...(draft.seating === 'reserved'
      ? (draft.layout || !before?.hasSeatMap) && { seatLayout: draft.layout ?? noSeats }
      : before?.hasSeatMap !== false && { seatLayout: null }),
  };
}

/** Numbered seats without a layout: an empty one, which the contract refuses. */
const noSeats: SeatLayout = { width: 1, height: 1, zones: [], sections: [] };

/** Parses a typed number; NaN if nothing was typed. */
const numberOf = (typed: string): number => (typed.trim() === '' ? Number.NaN : Number(typed));

const decimalsOf = (currency: Currency): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

const majorOf = (amountMinor: number, currency: Currency): string => {
  const decimals = decimalsOf(currency);
  return (amountMinor / 10 ** decimals).toFixed(amountMinor % 10 ** decimals === 0 ? 0 : decimals);
};

/** Parses `12.50` or `12,50` to whole minor units; NaN if it is no price. */
export function minorOf(typed: string, currency: Currency): number {
  const match = /^\s*(\d+)(?:[.,](\d*))?\s*$/.exec(typed);
  const decimals = decimalsOf(currency);
  const fraction = match?.[2] ?? '';
  if (!match || fraction.length > decimals) return Number.NaN;
  return Number(match[1] + fraction.padEnd(decimals, '0'));
}

/** The typed values for a plain block of seats. */
export const blockForm = z.pipe(
  z.transform((typed: { name: string; rows: string; seatsPerRow: string }) => ({
    name: typed.name.trim(),
    rows: numberOf(typed.rows),
    seatsPerRow: numberOf(typed.seatsPerRow),
  })),
  blockFields,
);

/** A plain block of seats: rows with letters, seats with numbers, an aisle in the middle of long rows. */
export function blockLayout(name: string, rows: number, seatsPerRow: number): SeatLayout {
  const aisle = seatsPerRow >= 16 ? Math.floor(seatsPerRow / 2) - 1 : null;
  const width = seatsPerRow * 10 + (aisle === null ? 0 : 14) + 40;
  const xs = Array.from(
    { length: seatsPerRow },
    (_, i) => 25 + i * 10 + (aisle !== null && i > aisle ? 14 : 0),
  );
  const key = keyOf(name) || 'seats';
  return {
    width,
    height: rows * 12 + 80,
    stage: { x: Math.round(width * 0.2), y: 10, width: Math.round(width * 0.6), height: 30, label: 'Stage' },
    zones: [{ key, name, color: '#7a5cd6' }],
    sections: [
      {
        key,
        name,
        rows: Array.from({ length: rows }, (_, row) => ({
          label: rowLabel(row),
          zone: key,
          labels: xs.map((_, seat) => String(seat + 1)),
          x: xs,
          y: xs.map(() => 65 + row * 12),
          ...(aisle !== null && { gapsAfter: [aisle] }),
        })),
      },
    ],
  };
}

/** A … Z, AA, AB … */
function rowLabel(row: number): string {
  const letter = String.fromCharCode(65 + (row % 26));
  return row < 26 ? letter : rowLabel(Math.floor(row / 26) - 1) + letter;
}

/** A key of the contract's shape from a name: "Front stalls" is `front-stalls`. */
export const keyOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);

export const seatsIn = (layout: SeatLayout): number =>
  layout.sections.reduce(
    (sum, section) => sum + section.rows.reduce((n, row) => n + row.labels.length, 0),
    0,
  );

/** Parses a pasted layout. Throws an error that says where it is invalid. */
export function parseLayout(text: string): SeatLayout {
  const checked = seatLayoutSchema.safeParse(JSON.parse(text));
  if (checked.success) return checked.data;
  const { path = [], message = '' } = checked.error.issues[0] ?? {};
  throw new Error(`${path.join('.')}: ${message}`);
}
