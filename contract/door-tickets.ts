import { z } from 'zod';
import { checkInBatch, scanSchema } from './check-ins.ts';
import { doorDeviceHeaders } from './door-links.ts';
import { mostGroupNonce } from './group-nonce.ts';
import { placeSchema } from './holds.ts';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { ticketStatuses } from './tickets.ts';
import { instantSchema } from './time.ts';

/* Tickets at the door without their code: found by what a guest can say, and those of a group that came together. */

const eventParam = z.object({ eventId: idSchema('event') });
const ofDoor = { tag: 'Door', access: 'door', needs: 'door.admit', headers: doorDeviceHeaders } as const;

export const findDoorTickets = operation({
  ...ofDoor,
  id: 'findDoorTickets',
  method: 'GET',
  path: '/api/events/{eventId}/door-tickets',
  summary: 'Find tickets by a name, an order number, the end of a number, or a seat',
  description:
    'At most 20 tickets. Names are searched and shown only if the caller may see them: a device of a door link may if its link says so. To admit a ticket that was found, send its `ticketId` to checkIn. A device finds tickets by the last four or five characters of a number, and sees no numbers: each is as good as a code, also after the end of the link.',
  params: eventParam,
  query: z.object({ q: z.string().trim().min(2).max(80) }),
  rateLimit: { max: 60, seconds: 60 },
  status: 200,
  reply: z.object({
    items: z.array(
      z.object({
        ticketId: idSchema('ticket'),
        shortNumber: z.nullable(z.string()).meta({ description: 'Null for a device.' }),
        status: z.enum(ticketStatuses),
        isInside: z.boolean(),
        usedAt: z.nullable(instantSchema),
        ticketTypeName: z.string(),
        place: placeSchema.nullable(),
        attendeeName: z.string().nullable(),
        buyerName: z.string().nullable(),
        orderNumber: z.string(),
      }),
    ),
    hasMore: z.boolean().meta({ description: 'There are more than these: ask for something longer.' }),
  }),
  errors: [],
  example: { query: { q: 'Osei' } },
});

export const checkInGroup = operation({
  ...ofDoor,
  id: 'checkInGroup',
  method: 'POST',
  path: '/api/events/{eventId}/check-ins/group',
  summary: 'Admit the other tickets of the same order',
  description:
    'For guests who come together with one code. It takes the tickets of the order that the same person holds, without the one of the code itself: those of `ticketIds`, or the first `count` that nobody has used. `results` has one entry for each, whose nonce is that of the request, a hyphen and the last twelve characters of the ticket’s id. A request with the same nonce gets the same admissions again.',
  params: eventParam,
  body: scanSchema
    .omit({ scannedAt: true })
    .extend({
      code: scanSchema.shape.code.optional(),
      ticketId: z.optional(idSchema('ticket')).meta({
        description: 'Instead of `code`: the ticket of the order that the gate has found.',
      }),
      nonce: scanSchema.shape.nonce.max(mostGroupNonce),
      count: z.int().min(1).max(100).optional(),
      ticketIds: z.array(idSchema('ticket')).min(1).max(100).optional(),
    })
    .refine((body) => (body.code === undefined) !== (body.ticketId === undefined), {
      message: 'give a code or a ticketId',
    }),
  bodyLimit: 16 * 1024,
  rateLimit: { max: 120, seconds: 60 },
  budgets: ['wrongNumbersPerScanner'],
  status: 200,
  reply: checkInBatch.reply as NonNullable<typeof checkInBatch.reply>,
  errors: [
    'wrong_event',
    'bad_signature',
    'unknown_ticket',
    'wrong_number',
    'too_many_attempts',
    'ticket_reissued',
  ],
  example: { body: { code: 'ADMIT1.0F3K…', nonce: 'gate-a-000124', count: 3 } },
});
