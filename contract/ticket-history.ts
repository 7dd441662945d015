import { z } from 'zod';
import { placeSchema } from './holds.ts';
import { idSchema } from './ids.ts';
import { moneySchema } from './money.ts';
import { resaleSchema } from './resale-shapes.ts';
import { instantSchema } from './time.ts';
import { transferSchema } from './transfers.ts';

/* What happened to the tickets of an order: a part of its history (order-desk.ts). */

const placedSchema = z.object({ ticketTypeName: z.string(), place: placeSchema.nullable() });

const common = {
  at: instantSchema,
  ticketId: idSchema('ticket'),
  by: z.enum(['holder', 'organiser']).meta({ description: '`organiser`: a member of the team.' }),
  byName: z.string().nullable().meta({ description: 'Null if nobody knows the name any more.' }),
};

export const ticketEventSchemas = [
  z.object({
    kind: z.literal('transfer'),
    ...common,
    became: z
      .enum(['offered', 'accepted', 'declined', 'withdrawn', 'expired', 'void'])
      .meta({ description: 'A transfer is in the history when it is offered and when it ends.' }),
    transfer: transferSchema,
  }),
  z.object({
    kind: z.literal('rename'),
    ...common,
    rename: z
      .object({ from: z.string().nullable(), to: z.string().nullable() })
      .meta({ description: 'The names are null after their erasure.' }),
  }),
  z.object({
    kind: z.literal('exchange'),
    ...common,
    exchange: z.object({
      fromOrderId: idSchema('order'),
      toOrderId: idSchema('order'),
      from: placedSchema,
      to: placedSchema,
      status: z.enum(['pending', 'done', 'ended']).meta({
        description: '`pending`: it waits for its payment. `ended`: nobody paid, and nothing was exchanged.',
      }),
      /** What the exchange costs. */
      pay: moneySchema,
      /** What went back. */
      back: moneySchema,
    }),
  }),
  z.object({
    kind: z.literal('resale'),
    ...common,
    resale: resaleSchema.omit({ ticketId: true }).extend({
      toOrderId: z
        .nullable(idSchema('order'))
        .meta({ description: 'The order that bought it; null before.' }),
    }),
  }),
] as const;
export type TicketEvent = z.infer<(typeof ticketEventSchemas)[number]>;
