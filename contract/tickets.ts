import { z } from 'zod';
import { eventFields } from './event-fields.ts';
import { placeSchema } from './holds.ts';
import { idSchema } from './ids.ts';
import { moneySchema, pricePartsSchema } from './money.ts';
import { joinSchema } from './online-fields.ts';
import { operation } from './operation.ts';
import { resaleSchema } from './resale-shapes.ts';
import { instantSchema } from './time.ts';

export const ticketStatuses = ['valid', 'used', 'cancelled'] as const;

export const ticketSchema = z
  .object({
    id: idSchema('ticket'),
    orderId: idSchema('order'),
    orderNumber: z.string(),
    status: z.enum(ticketStatuses),
    /** The signed text of the QR code. A scanner can verify it without a database. */
    code: z.string().nullable().meta({
      description:
        'Null for a cancelled ticket, for one that you have passed on, and while the ticket is held.',
    }),
    issue: z
      .int()
      .meta({ description: 'Rises when the ticket gets another holder. A wallet opens it again then.' }),
    codeUntil: z.nullable(instantSchema).meta({
      description:
        'When a code that turns is old; read the ticket again then, or open a wallet (`openWallet`). Null for a code that never changes.',
    }),
    shortNumber: z
      .string()
      .nullable()
      .meta({
        description: 'What to type at the door if the code cannot be scanned. Null where `code` is.',
        examples: ['7K3QA-9XW2M'],
      }),
    isHeld: z.boolean().meta({
      description: 'True while the organiser looks at the order. Until then the ticket has no code.',
    }),
    isTransferred: z.boolean().meta({ description: 'True if you bought this ticket and have passed it on.' }),
    isReceived: z.boolean().meta({ description: 'True if somebody passed this ticket on to you.' }),
    /** The event as it is now: the guest must know the present time and place. */
    event: z.object({
      id: idSchema('event'),
      slug: z.string(),
      title: z.string(),
      startsAt: instantSchema,
      endsAt: instantSchema,
      doorsAt: z.nullable(instantSchema),
      timeZone: z.string(),
      venueName: z.string(),
      address: z.string(),
      city: z.string(),
      ticketCodes: eventFields.ticketCodes,
    }),
    join: z.nullable(joinSchema).meta({
      description:
        'How its holder attends online, while the ticket is valid or used. Null for an event that is only at its place. `url` is null until the organiser has one.',
    }),
    /** Names and price at the time of the sale. Later edits of the event do not change them. */
    ticketTypeName: z.string(),
    place: placeSchema.nullable(),
    price: moneySchema,
    /** The parts add up to `price`. */
    priceParts: pricePartsSchema,
    attendeeName: z.string().nullable(),
    issuedAt: instantSchema,
    usedAt: z.nullable(instantSchema),
    resale: resaleSchema
      .nullable()
      .meta({ description: 'The open offer for resale; null if the ticket is not offered.' }),
  })
  .meta({ id: 'Ticket' });
export type Ticket = z.infer<typeof ticketSchema>;

const ticketParam = z.object({ ticketId: idSchema('ticket') });
const orderParam = z.object({ orderId: idSchema('order') });

export const getTicket = operation({
  id: 'getTicket',
  method: 'GET',
  path: '/api/tickets/{ticketId}',
  tag: 'Tickets',
  summary: 'Read one of your tickets',
  access: 'holder',
  params: ticketParam,
  status: 200,
  reply: ticketSchema,
  errors: [],
});

export const getTicketQr = operation({
  id: 'getTicketQr',
  method: 'GET',
  path: '/api/tickets/{ticketId}/qr.svg',
  tag: 'Tickets',
  summary: "Get a ticket's QR code",
  access: 'holder',
  params: ticketParam,
  status: 200,
  reply: null,
  produces: 'image/svg+xml',
  errors: ['ticket_not_admissible', 'ticket_transferred'],
});

export const getTicketPdf = operation({
  id: 'getTicketPdf',
  method: 'GET',
  path: '/api/tickets/{ticketId}/ticket.pdf',
  tag: 'Tickets',
  summary: 'Get a ticket as a PDF to print',
  access: 'holder',
  params: ticketParam,
  status: 200,
  reply: null,
  produces: 'application/pdf',
  errors: ['ticket_not_admissible', 'ticket_transferred', 'paper_not_allowed', 'paper_not_asked'],
});

export const getTicketCalendar = operation({
  id: 'getTicketCalendar',
  method: 'GET',
  path: '/api/tickets/{ticketId}/event.ics',
  tag: 'Tickets',
  summary: 'Get the event of a ticket as a calendar file',
  access: 'holder',
  params: ticketParam,
  status: 200,
  reply: null,
  produces: 'text/calendar',
  errors: ['ticket_transferred'],
});

export const openWallet = operation({
  id: 'openWallet',
  method: 'POST',
  path: '/api/tickets/{ticketId}/wallet-keys',
  tag: 'Tickets',
  summary: 'Open a ticket in a wallet that shows its code without a network',
  description:
    'For events whose codes turn. The wallet keeps the answer and makes a new code every 15 seconds (docs/tickets.md has the layout). Each call is another wallet, and the codes of the last ten count. A wallet that gives its number gets the same key again while it counts, or the key of a new one. All keys end when the ticket changes hands.',
  access: 'holder',
  params: ticketParam,
  body: z.strictObject({
    wallet: z
      .int()
      .min(1)
      .max(65_535)
      .optional()
      .meta({ description: 'The number of this wallet, if it has one.' }),
  }),
  rateLimit: { max: 600, seconds: 3600 },
  status: 201,
  reply: z.object({
    base: z.string().meta({ description: 'The part of each code that stays.' }),
    device: z.int().meta({ description: 'The number of this wallet, from 1.' }),
    secret: z.string().meta({ description: '32 bytes, base64url. It never leaves the wallet.' }),
    /** The clock of the server, so that the wallet can correct its own. */
    now: instantSchema,
  }),
  errors: ['codes_fixed', 'ticket_not_admissible', 'ticket_transferred'],
});

export const askForPaper = operation({
  id: 'askForPaper',
  method: 'POST',
  path: '/api/tickets/{ticketId}/paper',
  tag: 'Tickets',
  summary: 'Ask for a ticket on paper',
  description:
    'For events whose codes turn and where the organiser allows paper. From now on the door takes the fixed code of this ticket too, and its PDF can be read.',
  access: 'holder',
  params: ticketParam,
  status: 204,
  reply: null,
  errors: ['codes_fixed', 'paper_not_allowed', 'ticket_not_admissible', 'ticket_transferred'],
});

export const getOrderTicketsPdf = operation({
  id: 'getOrderTicketsPdf',
  method: 'GET',
  path: '/api/orders/{orderId}/tickets.pdf',
  tag: 'Tickets',
  summary: 'Get all tickets of an order as a PDF, one to a page',
  access: 'holder',
  params: orderParam,
  status: 200,
  reply: null,
  produces: 'application/pdf',
  errors: ['ticket_not_admissible', 'paper_not_allowed', 'paper_not_asked'],
});

export const getOrderCalendar = operation({
  id: 'getOrderCalendar',
  method: 'GET',
  path: '/api/orders/{orderId}/event.ics',
  tag: 'Tickets',
  summary: 'Get the event of an order as a calendar file',
  access: 'holder',
  params: orderParam,
  status: 200,
  reply: null,
  produces: 'text/calendar',
  errors: [],
});

export const listTicketKeys = operation({
  id: 'listTicketKeys',
  method: 'GET',
  path: '/api/ticket-keys',
  tag: 'Tickets',
  summary: 'Get the public keys that verify ticket codes',
  description:
    'Ed25519 keys, as raw base64url. A scanner keeps them and can then verify codes without a network.',
  access: 'public',
  status: 200,
  reply: z.object({ keys: z.array(z.object({ id: z.int(), publicKey: z.string() })) }),
  errors: [],
});
