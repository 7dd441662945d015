import { z } from 'zod';
import { fitsOneHold, maxPlacesPerHold, namedPlaces } from './holds.ts';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { orderSchema } from './orders.ts';
import { emailSchema, personNameSchema } from './person.ts';

/** Complimentary tickets: the team of an event gives tickets away, free of charge, to a name and an address. */

/** One request issues at most as many tickets as one hold may have. One mail has all of them. */
const newComplimentaryOrderSchema = z
  .strictObject({
    recipient: z
      .strictObject({ name: personNameSchema, email: emailSchema })
      .meta({ description: 'Whose order it is, and who gets the tickets by mail.' }),
    ...namedPlaces.shape,
    blockId: z.optional(idSchema('block')).meta({
      description: 'Takes the places out of this block. Without it, free places are taken.',
    }),
    note: z.string().trim().min(1).max(2000).optional().meta({
      description: 'Why, for the team only. It becomes a note of the order.',
    }),
  })
  .refine((body) => Boolean(body.items ?? body.seats), { message: 'give items, seats or both' })
  .refine(fitsOneHold, { message: `give at most ${maxPlacesPerHold} tickets at once` })
  .meta({ id: 'NewComplimentaryOrder' });
export type NewComplimentaryOrder = z.infer<typeof newComplimentaryOrderSchema>;

/** Why places cannot be issued by the team, free of charge or for money that it took. */
export const issueErrors = [
  'event_cancelled',
  'event_not_on_sale',
  'sale_ended',
  'sold_out',
  'seats_taken',
  'unknown_ticket_type',
  'unknown_seat',
  'seat_not_of_ticket_type',
  'seat_map_changed',
  'seat_choice_required',
  'busy',
] as const;

export const issueComplimentaryTickets = operation({
  id: 'issueComplimentaryTickets',
  method: 'POST',
  path: '/api/events/{eventId}/complimentary-orders',
  tag: 'Organise',
  summary: 'Issue complimentary tickets, all or none',
  description:
    'The order is confirmed at once and costs nothing, and the recipient gets the tickets by mail. Sale times, limits per buyer and the largest order do not count; the capacity always does. Places that are kept for people in the waitlist are not free. With `blockId` the places come out of that block: `sold_out` says how many places of the ticket type it has.',
  access: 'team',
  needs: 'tickets.issue',
  params: z.object({ eventId: idSchema('event') }),
  body: newComplimentaryOrderSchema,
  rateLimit: { max: 120, seconds: 60 },
  status: 201,
  reply: orderSchema,
  acts: ['order.issued'],
  budgets: ['orderMailsPerRecipient'],
  errors: issueErrors,
  example: {
    body: {
      recipient: { name: 'Ada Osei', email: 'ada@example.com' },
      items: [{ ticketTypeId: 'tty_01K9ZC4V7R8W3T5XN2M6QHJDEF', quantity: 2 }],
      note: 'Press',
    },
  },
});
