import { z } from 'zod';
import { idSchema } from './ids.ts';
import { moneySchema } from './money.ts';
import { instantSchema } from './time.ts';

/** offered ⇄ reserved → sold; offered | reserved → withdrawn | ended. docs/transfers.md */
const resaleStatuses = ['offered', 'reserved', 'sold', 'withdrawn', 'ended'] as const;

/** Why an offer has ended that nobody has bought and nobody has withdrawn. */
const resaleEnds = ['used', 'cancelled', 'refunded', 'disputed', 'unsold', 'off'] as const;
export type ResaleEnd = (typeof resaleEnds)[number];

/** What a resale costs the buyer and brings the person who paid for the ticket. */
export const resaleTermsSchema = z
  .object({
    /** What was paid for the ticket and not refunded. The new buyer pays exactly this. */
    price: moneySchema,
    /** What goes back to whoever paid for the ticket. `back` and `fee` add up to `price`. */
    back: moneySchema,
    /** What the organiser keeps. */
    fee: moneySchema,
    /** A ticket that nobody has bought by then is not offered any more. */
    until: instantSchema,
  })
  .meta({ id: 'ResaleTerms' });
export type ResaleQuote = z.infer<typeof resaleTermsSchema>;

export const resaleSchema = resaleTermsSchema
  .extend({
    id: idSchema('resale'),
    ticketId: idSchema('ticket'),
    status: z.enum(resaleStatuses).meta({
      description:
        'reserved: somebody has an offer of the waitlist for it and may buy it now. It is still the ticket of its holder.',
    }),
    endedBecause: z.enum(resaleEnds).nullable().meta({
      description:
        'used: scanned at the door. cancelled: returned, or its event was cancelled. refunded: money of it was refunded. disputed: a bank disputes a payment for it. unsold: nobody bought it in time. off: the organiser has ended resale.',
    }),
    offeredAt: instantSchema,
    endedAt: z.nullable(instantSchema),
  })
  .meta({ id: 'Resale' });
export type Resale = z.infer<typeof resaleSchema>;
