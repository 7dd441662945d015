import { z } from 'zod';
import { doorErrors } from './check-ins.ts';
import { conflictCodes } from './door-conflicts.ts';
import { placeSchema } from './holds.ts';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { ticketStatuses } from './tickets.ts';
import { instantSchema } from './time.ts';

/* What the door did with one ticket, for the team's desk. */

const scanSchema = z
  .object({
    kind: z.enum(['entry', 'exit', 'handout', 'refused']),
    checkInId: z.nullable(idSchema('checkIn')).meta({ description: 'Null for a refusal.' }),
    /** By the corrected clock, which decides. */
    at: instantSchema,
    saidAt: z.nullable(instantSchema).meta({ description: 'What the clock of the device said.' }),
    gate: z.string().nullable(),
    checkpoint: z.string().nullable().meta({ description: 'Null for the main entrance.' }),
    device: z.string().nullable().meta({ description: 'The name of the device.' }),
    person: z.string().nullable().meta({ description: 'The member of the team who scanned.' }),
    isOffline: z.boolean().meta({ description: 'The gate decided without the server.' }),
    counts: z.boolean().meta({ description: 'False for a refusal, for what was undone, and for a double.' }),
    refusal: z
      .enum([...doorErrors, 'door_link_ended'])
      .nullable()
      .meta({ description: 'Why it was refused. Null if a gate without a network refused it.' }),
    conflict: z
      .object({ code: z.enum(conflictCodes), isOpen: z.boolean(), note: z.string().nullable() })
      .nullable()
      .meta({ description: 'A gate without a network let the guest through, and the server did not agree.' }),
    undone: z.object({ at: instantSchema, by: z.string(), reason: z.string() }).nullable(),
    canUndo: z.boolean().meta({ description: 'It is the latest scan that counts (undoCheckIn).' }),
  })
  .meta({ id: 'TicketScan' });
export type TicketScan = z.infer<typeof scanSchema>;

export const getTicketScans = operation({
  id: 'getTicketScans',
  method: 'GET',
  path: '/api/events/{eventId}/door-tickets/{ticketId}/scans',
  tag: 'Door',
  summary: 'Read everything that was scanned with a ticket, the oldest first',
  description:
    'Entries, exits, handouts and refusals, with what was undone and what was a double. Admit keeps about 50 refusals of a ticket.',
  access: 'team',
  needs: 'door.read',
  params: z.object({ eventId: idSchema('event'), ticketId: idSchema('ticket') }),
  rateLimit: { max: 120, seconds: 60 },
  status: 200,
  reply: z.object({
    ticketId: idSchema('ticket'),
    status: z.enum(ticketStatuses),
    isInside: z.boolean(),
    ticketTypeName: z.string(),
    place: placeSchema.nullable(),
    attendeeName: z.string().nullable(),
    orderId: idSchema('order'),
    orderNumber: z.string(),
    items: z.array(scanSchema),
  }),
  errors: [],
});
