import { z } from 'zod';
import { issueErrors } from './complimentary.ts';
import { fitsOneHold, maxPlacesPerHold, namedPlaces } from './holds.ts';
import { idSchema } from './ids.ts';
import { moneySchema } from './money.ts';
import { operation } from './operation.ts';
import { doorMethods } from './order-origins.ts';
import { orderSchema } from './orders.ts';
import { emailSchema, personNameSchema } from './person.ts';
import { refundSchema } from './refunds.ts';

/** Door sales: the team of an event sells tickets itself, for cash or with a card reader of its own. */

const eventParam = z.object({ eventId: idSchema('event') });

const newDoorSaleSchema = z
  .strictObject({
    ...namedPlaces.shape,
    blockId: z.optional(idSchema('block')).meta({
      description: 'Takes the places out of this block. Without it, free places are taken.',
    }),
    payment: z
      .strictObject({ method: z.enum(doorMethods), amount: moneySchema })
      .meta({ description: 'What was taken for the tickets: their price, and not the note that was given.' }),
    buyer: z
      .strictObject({ name: z.optional(personNameSchema), email: z.optional(emailSchema) })
      .optional()
      .meta({ description: 'Without an address no mail is sent.' }),
  })
  .refine((body) => Boolean(body.items ?? body.seats), { message: 'give items, seats or both' })
  .refine(fitsOneHold, { message: `give at most ${maxPlacesPerHold} tickets at once` })
  .meta({ id: 'NewDoorSale' });
export type NewDoorSale = z.infer<typeof newDoorSaleSchema>;

const doorSaleSchema = z
  .object({
    order: orderSchema,
    codes: z
      .array(z.object({ ticketId: idSchema('ticket'), svg: z.string() }))
      .meta({ description: 'A picture of the QR code of each valid ticket.' }),
  })
  .meta({ id: 'DoorSale' });
export type DoorSale = z.infer<typeof doorSaleSchema>;

export const sellAtDoor = operation({
  id: 'sellAtDoor',
  method: 'POST',
  path: '/api/events/{eventId}/door-sales',
  tag: 'Organise',
  summary: 'Sell tickets for cash or with a card reader, all or none',
  description:
    'The order is confirmed at once, at the price of the event with its tax and booking fee. `amount_differs` names the price if `payment.amount` is another one, and nothing is sold. Sale times, limits per buyer and the largest order do not count; the capacity always does. Places that are kept for people in the waitlist are not free. A request with the same `Idempotency-Key` gets the first sale.',
  access: 'team',
  needs: 'tickets.sell',
  params: eventParam,
  body: newDoorSaleSchema,
  rateLimit: { max: 240, seconds: 60 },
  status: 201,
  reply: doorSaleSchema,
  acts: ['order.sold_at_door'],
  budgets: ['orderMailsPerRecipient'],
  errors: ['amount_differs', 'price_too_low', ...issueErrors],
  example: {
    body: {
      items: [{ ticketTypeId: 'tty_01K9ZC4V7R8W3T5XN2M6QHJDEF', quantity: 2 }],
      payment: { method: 'cash', amount: { amount: 3000, currency: 'EUR' } },
    },
  },
});

export const getDoorSaleTickets = operation({
  id: 'getDoorSaleTickets',
  method: 'GET',
  path: '/api/events/{eventId}/door-sales/{orderId}/tickets.pdf',
  tag: 'Organise',
  summary: 'Print the tickets of a door sale',
  access: 'team',
  needs: 'tickets.sell',
  params: z.object({ eventId: idSchema('event'), orderId: idSchema('order') }),
  status: 200,
  reply: null,
  produces: 'application/pdf',
  errors: ['ticket_not_admissible'],
});

const totalSchema = z.object({
  day: z.iso.date().meta({ description: 'In the time zone of the event.' }),
  seller: z.object({
    id: idSchema('user'),
    name: z.string().nullable().meta({ description: 'Null if the account is deleted.' }),
  }),
  method: z.enum(doorMethods),
  sales: z.int().meta({ description: 'How many orders were sold.' }),
  taken: moneySchema,
  /** What this member gave back by hand on that day. */
  returned: moneySchema,
});
export type DoorTotal = z.infer<typeof totalSchema>;

export const getDoorTotals = operation({
  id: 'getDoorTotals',
  method: 'GET',
  path: '/api/events/{eventId}/door-sales/totals',
  tag: 'Organise',
  summary: 'Cash up: what each member took and gave back on each day',
  description: 'What must be in the till of a member is `taken` less `returned` with the method `cash`.',
  access: 'team',
  needs: 'door-sales.read',
  params: eventParam,
  rateLimit: { max: 120, seconds: 60 },
  status: 200,
  reply: z.object({ items: z.array(totalSchema) }),
  errors: [],
});

export const handOverRefund = operation({
  id: 'handOverRefund',
  method: 'POST',
  path: '/api/orders/{orderId}/refunds/{refundId}/handing-over',
  tag: 'Organise',
  summary: 'Say that you have given the money of a refund back by hand',
  description:
    'Only for refunds of door sales (`isByHand`). No provider is asked. A refund that was handed over stays so.',
  access: 'team',
  needs: 'tickets.sell',
  params: z.object({ orderId: idSchema('order'), refundId: idSchema('refund') }),
  rateLimit: { max: 120, seconds: 60 },
  status: 200,
  reply: refundSchema,
  acts: ['refund.handed_over'],
  errors: ['refund_not_by_hand'],
});
