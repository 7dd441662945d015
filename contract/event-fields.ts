import * as z from 'zod/mini';
import { idSchema } from './ids.ts';
import { keySchema, seatLayoutSchema } from './layout.ts';
import { currencySchema, maxPriceMinor } from './money.ts';
import { whole } from './numbers.ts';
import { coverAddress } from './picture-address.ts';
import { bookingFeeSchema, taxSchema } from './price.ts';
import { maxProducts, productInput } from './product-fields.ts';
import { promoCodeInput } from './promo-codes.ts';
import { refundPolicySchema } from './refund-policy.ts';
import { tagsSchema } from './tags.ts';
import { ticketPriceFields } from './ticket-prices.ts';
import { instantSchema, timeZoneSchema } from './time.ts';

/**
 * The fields of the organiser's event form. The operations use these schemas for their bodies, and the web app for its
 * form. They are written with zod/mini, because they travel to the browser; see person.ts.
 */
export const categories = [
  'music',
  'theatre',
  'comedy',
  'sport',
  'family',
  'festival',
  'talk',
  'film',
  'art',
  'food',
  'nightlife',
  'other',
] as const;
export const categorySchema = z.enum(categories);

const name = (max: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(max));
const text = (max: number) => z.string().check(z.trim(), z.maxLength(max));
const between = (min: number, max: number) => z.number().check(z.gte(min), z.lte(max));

const venueSchema = z.strictObject({
  name: name(120),
  address: z._default(text(200), ''),
  city: name(80),
  /** ISO 3166-1 alpha-2. */
  country: z.string().check(z.regex(/^[A-Z]{2}$/)),
  latitude: z._default(z.nullable(between(-90, 90)), null),
  longitude: z._default(z.nullable(between(-180, 180)), null),
});

/** The venue of a draft, of which any part may be missing until the event is published. */
const draftVenueSchema = z.strictObject({
  ...venueSchema.shape,
  name: z._default(text(120), ''),
  city: z._default(text(80), ''),
  country: z._default(z.string().check(z.regex(/^([A-Z]{2})?$/)), ''),
});
export const noVenue: z.output<typeof draftVenueSchema> = {
  ...{ name: '', address: '', city: '', country: '' },
  ...{ latitude: null, longitude: null },
};

const poolInput = z.strictObject({
  key: keySchema,
  name: name(60),
  capacity: whole(0, 1_000_000),
});

const ticketTypeInput = z.strictObject({
  /** The id keeps this ticket type across an edit. A type that is left out of the list is removed. */
  id: z.optional(idSchema('ticketType')),
  name: name(60),
  description: z._default(text(300), ''),
  /**
   * In minor units of the event's currency, without the booking fee. 0 makes the ticket free. If the tax is not included,
   * it comes on top.
   */
  priceMinor: whole(0, maxPriceMinor),
  tax: z._default(z.nullable(taxSchema), null),
  /** Leave it out if `zone` is given: the seats of a zone are counted in a pool of their own. */
  pools: z._default(z.array(keySchema).check(z.maxLength(5)), []),
  zone: z._default(z.nullable(keySchema), null),
  maxPerOrder: z._default(whole(1, 100), 10),
  ...ticketPriceFields,
  saleStartsAt: z._default(z.nullable(instantSchema), null),
  saleEndsAt: z._default(z.nullable(instantSchema), null),
  /** What a gate shows with each ticket of this type. Buyers do not see it. */
  doorNote: z._default(text(120), ''),
  /** Not on the public page. Only a code that names it opens it (docs/codes.md). Such a type has no zone. */
  hidden: z._default(z.boolean(), false),
});

/**
 * Enough for fifteen pairs at one network address at the same time, or three of the largest usual orders. A place that is
 * bought no longer counts, so a network can buy any number, only not all at once (docs/holds.md).
 */
export const defaultPlacesPerNetwork = 30;

/** Whether holders may do something with their tickets: never, always, or before an instant. */
const holderRightSchema = z.strictObject({
  allowed: z.boolean(),
  /** The last moment; null means until the event is over. */
  until: z._default(z.nullable(instantSchema), null),
});
const allowed: z.output<typeof holderRightSchema> = { allowed: true, until: null };
/**
 * Whether holders may offer their tickets to the waitlist at the price that was paid, and what the organiser keeps of each:
 * a percentage of the price and an amount (docs/transfers.md).
 */
const resaleSchema = z.strictObject({
  allowed: z.boolean(),
  /** The last moment; null means until the event begins. */
  until: z._default(z.nullable(instantSchema), null),
  feePercent: z._default(whole(0, 100), 0),
  /** In minor units of the event's currency, and never more than the price leaves. */
  feePerTicketMinor: z._default(whole(0, maxPriceMinor), 0),
});
export type ResaleTerms = z.output<typeof resaleSchema>;
export const noResale: ResaleTerms = { allowed: false, until: null, feePercent: 0, feePerTicketMinor: 0 };
/**
 * Whether holders may pass tickets on (`transfers`), change the names on them (`renames`) and exchange them for other places
 * (`exchanges`), and offer them for resale (`resale`).
 */
export const holderRights = {
  transfers: holderRightSchema,
  renames: holderRightSchema,
  exchanges: holderRightSchema,
  resale: resaleSchema,
};
/** The terms of an event's waitlist (docs/waitlist.md). */
const waitlistSchema = z.strictObject({
  /** False: nobody can join any more. Who waits already keeps their place. */
  enabled: z.boolean(),
  /** How long an offer lasts between 9:00 and 22:00 of the event's zone. At night it lasts until so long after 9:00. */
  offerMinutes: whole(5, 1440),
  /** Until so long before the start, freed places are kept for a party at the head of the line until it fits. */
  partiesUntilHours: whole(0, 720),
});
export type WaitlistTerms = z.infer<typeof waitlistSchema>;
export const defaultWaitlist: WaitlistTerms = { enabled: true, offerMinutes: 30, partiesUntilHours: 24 };

/**
 * So many hours before the start, everybody who holds a ticket and wants reminders gets one by mail. An empty list sends none.
 * The farthest comes first, and none is there twice.
 */
const reminderHoursSchema = z.array(whole(1, 720)).check(
  z.maxLength(10),
  z.overwrite((hours) => [...new Set(hours)].sort((a, b) => b - a)),
);
export const defaultReminderHours = [24];

/** More accounts than an ordinary family, office or club has in one network. */
export const defaultAccountsPerNetwork = 20;

/**
 * The run whose date the event is, by any name that the organiser gives it. Published events of one organisation and currency with
 * the same name are dates of one run: a ticket for one can be exchanged for a place on another (docs/transfers.md).
 */
const runSchema = z.nullable(name(80));

/**
 * Whether people wait in a queue before they choose places (docs/waiting-room.md). always: from the publication. scheduled: from
 * the publication, and their order is drawn at `opensAt`. under-load: only while many people come at once.
 */
const waitingRoomSchema = z
  .strictObject({
    mode: z.enum(['off', 'always', 'scheduled', 'under-load']),
    opensAt: z._default(z.nullable(instantSchema), null),
  })
  .check(
    z.refine(({ mode, opensAt }) => (mode === 'scheduled') === (opensAt !== null), {
      message: 'give opensAt with the mode scheduled, and only with it',
      path: ['opensAt'],
    }),
  );
export type WaitingRoomTerms = z.infer<typeof waitingRoomSchema>;
const noWaitingRoom: WaitingRoomTerms = { mode: 'off', opensAt: null };

/**
 * From which score on the team looks at an order before its tickets may be used, and how many accounts of one network count as
 * ordinary (docs/fairness.md). Null: no order waits.
 */
const orderReviewSchema = z.nullable(
  z.strictObject({
    fromScore: whole(1, 100),
    accountsPerNetwork: z._default(whole(1, 100_000), defaultAccountsPerNetwork),
  }),
);
export type OrderReviewTerms = z.output<typeof orderReviewSchema>;

const ticketCodeKinds = ['fixed', 'rotating', 'rotating-or-paper'] as const;
/**
 * How guests show their tickets. fixed: a code that never changes, on a phone or on paper. rotating: a code that turns every 15
 * seconds, in the wallet only. rotating-or-paper: the same, and a guest may ask for a ticket on paper, whose code is fixed.
 */
const ticketCodesSchema = z.enum(ticketCodeKinds);
export type TicketCodes = z.output<typeof ticketCodesSchema>;

/** Terms that an organiser may leave out, with what they are then. */
export const termsOrDefault = {
  transfers: z._default(holderRightSchema, allowed),
  renames: z._default(holderRightSchema, allowed),
  exchanges: z._default(holderRightSchema, { ...allowed, allowed: false }),
  resale: z._default(resaleSchema, noResale),
  waitlist: z._default(waitlistSchema, defaultWaitlist),
  waitingRoom: z._default(waitingRoomSchema, noWaitingRoom),
  reminderHours: z._default(reminderHoursSchema, defaultReminderHours),
  run: z._default(runSchema, null),
  orderReview: z._default(orderReviewSchema, null),
  ticketCodes: z._default(ticketCodesSchema, 'fixed'),
};

export const eventFields = {
  title: name(120),
  summary: text(200),
  description: text(20_000),
  category: categorySchema,
  tags: tagsSchema,
  startsAt: instantSchema,
  endsAt: instantSchema,
  doorsAt: z.nullable(instantSchema),
  timeZone: timeZoneSchema,
  venue: venueSchema,
  currency: currencySchema,
  coverUrl: z.nullable(
    z
      .string()
      .check(
        z.maxLength(300),
        z.regex(coverAddress, 'expected the address of an uploaded picture, or an https address'),
      ),
  ),
  /** What the cover shows, for those who do not see it. Empty if it is decoration. */
  coverAlt: text(200),
  maxPerBuyer: whole(1, 1000),
  /** How many places guests of one network may hold at once. Accounts may hold ten times as many. 0 means no limit. */
  placesPerNetwork: whole(0, 100_000),
  holdSeconds: whole(60, 3600),
  asksAttendeeNames: z.boolean(),
  ...holderRights,
  waitlist: waitlistSchema,
  waitingRoom: waitingRoomSchema,
  reminderHours: reminderHoursSchema,
  run: runSchema,
  orderReview: orderReviewSchema,
  ticketCodes: ticketCodesSchema,
  saleStartsAt: z.nullable(instantSchema),
  saleEndsAt: z.nullable(instantSchema),
  refundPolicy: refundPolicySchema,
  bookingFee: z.nullable(bookingFeeSchema),
  pools: z.array(poolInput).check(z.maxLength(50)),
  ticketTypes: z.array(ticketTypeInput).check(z.maxLength(50)),
  products: z.array(productInput).check(z.maxLength(maxProducts)),
  seatLayout: z.nullable(seatLayoutSchema),
  promoCodes: z.array(promoCodeInput).check(z.maxLength(100)),
};

/** The same for a draft: the venue may be incomplete. */
export const draftFields = { ...eventFields, venue: draftVenueSchema };
