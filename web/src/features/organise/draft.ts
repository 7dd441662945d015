import {
  defaultAccountsPerNetwork,
  defaultPlacesPerNetwork,
  defaultReminderHours,
  defaultWaitlist,
  type TicketCodes,
  type WaitingRoomTerms,
  type WaitlistTerms,
} from '../../../../contract/event-fields.ts';
import type { Category, ManagedEvent } from '../../../../contract/events.ts';
import type { TicketTypeId } from '../../../../contract/ids.ts';
import type { SeatLayout } from '../../../../contract/layout.ts';
import type { Currency } from '../../../../contract/money.ts';
import { type Occurrence, occurrenceOf, wallTimeOf } from '../../ui/time-zone.ts';
import { type ProductDraft, productDraftsOf } from '../extras/product-draft.ts';
import { majorOf, minutesOf } from './numbers.ts';
import { type FeeDraft, feeDraftOf, noFee, noTax, type TaxDraft, taxDraftOf } from './price-draft.ts';
import { newRefunds, type RefundDraft, refundsOf } from './refund-draft.ts';
import { type ReminderDraft, reminderDraftOf } from './reminder-draft.ts';
import { newResale, type ResaleDraft, resaleFeesOf } from './resale-draft.ts';
import { newTerms, type TermsDraft, termsDraftOf } from './type-terms-draft.ts';

/**
 * An event in the form: every value is text as typed, and times are the venue's local times. The field that ends in
 * `Nth` says which one is meant of a local time that occurs twice.
 */
export interface Draft extends RefundDraft, FeeDraft, ResaleDraft {
  title: string;
  summary: string;
  description: string;
  category: Category;
  /** With commas between them. */
  tags: string;
  coverUrl: string;
  coverAlt: string;
  startsAt: string;
  startsAtNth: Occurrence;
  endsAt: string;
  endsAtNth: Occurrence;
  doorsAt: string;
  doorsAtNth: Occurrence;
  timeZone: string;
  venue: {
    name: string;
    address: string;
    city: string;
    country: string;
    latitude: string;
    longitude: string;
  };
  currency: Currency;
  maxPerBuyer: string;
  placesPerNetwork: string;
  /** Empty: no order waits. */
  ticketCodes: TicketCodes;
  reviewFrom: string;
  reviewAccounts: string;
  holdMinutes: string;
  attendees: 'none' | 'each';
  transfers: RightDraft;
  transfersUntil: string;
  transfersUntilNth: Occurrence;
  renames: RightDraft;
  renamesUntil: string;
  renamesUntilNth: Occurrence;
  exchanges: RightDraft;
  exchangesUntil: string;
  exchangesUntilNth: Occurrence;
  run: string;
  waitlist: 'on' | 'off';
  offerMinutes: string;
  partiesUntilHours: string;
  queueMode: WaitingRoomTerms['mode'];
  queueOpensAt: string;
  queueOpensAtNth: Occurrence;
  reminders: ReminderDraft;
  seating: 'general' | 'reserved';
  pools: PoolDraft[];
  ticketTypes: TypeDraft[];
  products: ProductDraft[];
  promoCodes: PromoDraft[];
  /** A layout that was made or pasted in this form; null keeps the present one. */
  layout: SeatLayout | null;
}

/** Whether holders may do something with their tickets: always, never, or before a local time. */
type RightDraft = 'free' | 'off' | 'until';

interface PoolDraft {
  key: string;
  name: string;
  capacity: string;
}

interface PromoDraft {
  code: string;
  /** The unit of `off`: per cent, or an amount of the event's currency. */
  kind: 'percent' | 'amount';
  off: string;
  /** Empty for no limit. */
  maxTickets: string;
  validUntil: string;
  validUntilNth: Occurrence;
}

export interface TypeDraft extends TaxDraft, TermsDraft {
  /** The ticket type's id. An entry that was never saved has a key of this form. */
  row: string;
  id?: TicketTypeId;
  name: string;
  description: string;
  doorNote: string;
  /** Whether everybody sees it, or only who has a code for it. */
  shown: 'all' | 'code';
  price: string;
  /** `pool:floor` or `zone:stalls`: where it takes its places from. */
  source: string;
}

const waitlistDraftOf = ({ enabled, offerMinutes, partiesUntilHours }: WaitlistTerms) => ({
  waitlist: enabled ? ('on' as const) : ('off' as const),
  offerMinutes: String(offerMinutes),
  partiesUntilHours: String(partiesUntilHours),
});

/** A key that no other entry has, not even one that somebody else is adding at the same time. */
export const newKey = (): string => crypto.randomUUID().slice(0, 8);

export const newPool = (): PoolDraft => ({ key: `pool-${newKey()}`, name: '', capacity: '100' });

export const newType = (source: string): TypeDraft => ({
  row: newKey(),
  name: '',
  description: '',
  doorNote: '',
  shown: 'all',
  price: '',
  ...noTax,
  ...newTerms,
  source,
});

export const newPromo = (): PromoDraft => ({
  code: '',
  kind: 'percent',
  off: '10',
  maxTickets: '',
  validUntil: '',
  validUntilNth: 'first',
});

/** A new event's values. Its first pool and ticket type have names in the organiser's language. */
export const emptyDraft = (timeZone: string, pool: string, type: string): Draft => ({
  title: '',
  summary: '',
  description: '',
  category: 'music',
  tags: '',
  coverUrl: '',
  coverAlt: '',
  startsAt: '',
  startsAtNth: 'first',
  endsAt: '',
  endsAtNth: 'first',
  doorsAt: '',
  doorsAtNth: 'first',
  timeZone,
  venue: { name: '', address: '', city: '', country: '', latitude: '', longitude: '' },
  currency: 'EUR',
  maxPerBuyer: '10',
  placesPerNetwork: String(defaultPlacesPerNetwork),
  ticketCodes: 'fixed',
  reviewFrom: '',
  reviewAccounts: String(defaultAccountsPerNetwork),
  holdMinutes: '10',
  attendees: 'none',
  ...{ transfers: 'free', transfersUntil: '', transfersUntilNth: 'first' },
  ...{ renames: 'free', renamesUntil: '', renamesUntilNth: 'first' },
  ...{ exchanges: 'off', exchangesUntil: '', exchangesUntilNth: 'first' },
  run: '',
  ...newResale,
  ...waitlistDraftOf(defaultWaitlist),
  ...{ queueMode: 'off', queueOpensAt: '', queueOpensAtNth: 'first' },
  reminders: reminderDraftOf(defaultReminderHours),
  seating: 'general',
  pools: [{ key: 'floor', name: pool, capacity: '200' }],
  ticketTypes: [{ ...newType('pool:floor'), name: type, price: '25' }],
  products: [],
  promoCodes: [],
  layout: null,
  ...noFee,
  ...newRefunds(),
});

/** Pools of zones belong to the seat layout, which defines and counts them. */
export const isZonePool = ({ key }: { key: string }): boolean => key.startsWith('zone-');

/** The zones of an event's seat layout. */
export const zonesOf = ({ pools }: ManagedEvent): { key: string; name: string }[] =>
  pools.filter(isZonePool).map(({ key, name }) => ({ key: key.slice('zone-'.length), name }));

const rightOf = ({ allowed, until }: ManagedEvent['transfers']): RightDraft =>
  allowed ? (until === null ? 'free' : 'until') : 'off';

export function draftOf(event: ManagedEvent): Draft {
  const zone = event.timeZone;
  const wall = (instant: string | null) => (instant === null ? '' : wallTimeOf(instant, zone));
  const nth = (instant: string | null) => (instant === null ? 'first' : occurrenceOf(instant, zone));
  const { name, address, city, country, latitude, longitude } = event.venue;
  return {
    title: event.title,
    summary: event.summary,
    description: event.description,
    category: event.category,
    tags: event.tags.join(', '),
    coverUrl: event.coverUrl ?? '',
    coverAlt: event.coverAlt,
    // A stand-in is no time that anybody chose.
    startsAt: event.undecided.includes('startsAt') ? '' : wall(event.startsAt),
    startsAtNth: nth(event.startsAt),
    endsAt: event.undecided.includes('endsAt') ? '' : wall(event.endsAt),
    endsAtNth: nth(event.endsAt),
    doorsAt: wall(event.doorsAt),
    doorsAtNth: nth(event.doorsAt),
    timeZone: zone,
    venue: {
      name,
      address,
      city,
      country,
      latitude: String(latitude ?? ''),
      longitude: String(longitude ?? ''),
    },
    currency: event.currency,
    maxPerBuyer: String(event.maxPerBuyer),
    placesPerNetwork: String(event.placesPerNetwork),
    ticketCodes: event.ticketCodes,
    reviewFrom: String(event.orderReview?.fromScore ?? ''),
    reviewAccounts: String(event.orderReview?.accountsPerNetwork ?? defaultAccountsPerNetwork),
    holdMinutes: minutesOf(event.holdSeconds),
    attendees: event.asksAttendeeNames ? 'each' : 'none',
    transfers: rightOf(event.transfers),
    transfersUntil: wall(event.transfers.until),
    transfersUntilNth: nth(event.transfers.until),
    renames: rightOf(event.renames),
    renamesUntil: wall(event.renames.until),
    renamesUntilNth: nth(event.renames.until),
    exchanges: rightOf(event.exchanges),
    exchangesUntil: wall(event.exchanges.until),
    exchangesUntilNth: nth(event.exchanges.until),
    run: event.run ?? '',
    resale: rightOf(event.resale),
    resaleUntil: wall(event.resale.until),
    resaleUntilNth: nth(event.resale.until),
    ...resaleFeesOf(event.resale, event.currency),
    ...waitlistDraftOf(event.waitlist),
    queueMode: event.waitingRoom.mode,
    queueOpensAt: wall(event.waitingRoom.opensAt),
    queueOpensAtNth: nth(event.waitingRoom.opensAt),
    reminders: reminderDraftOf(event.reminderHours),
    seating: event.hasSeatMap ? 'reserved' : 'general',
    pools: event.pools
      .filter((pool) => !isZonePool(pool))
      .map(({ key, name, capacity }) => ({ key, name, capacity: String(capacity) })),
    ticketTypes: event.ticketTypes.map((type) => ({
      row: type.id,
      id: type.id,
      name: type.name,
      description: type.description,
      doorNote: type.doorNote,
      shown: type.hidden ? 'code' : 'all',
      price: majorOf(type.listPrice.amount, event.currency),
      ...taxDraftOf(type.tax),
      ...termsDraftOf(type, event),
      source: type.zone === null ? `pool:${type.pools[0] ?? ''}` : `zone:${type.zone}`,
    })),
    products: productDraftsOf(event, { wall, nth }),
    promoCodes: event.promoCodes.map(({ code, percentOff, amountOffMinor, maxTickets, validUntil }) => ({
      code,
      kind: percentOff === null ? 'amount' : 'percent',
      off: String(percentOff ?? majorOf(amountOffMinor ?? 0, event.currency)),
      maxTickets: maxTickets === null ? '' : String(maxTickets),
      validUntil: wall(validUntil),
      validUntilNth: nth(validUntil),
    })),
    layout: null,
    ...feeDraftOf(event),
    ...refundsOf(event),
  };
}
