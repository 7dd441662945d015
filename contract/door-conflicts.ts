import { z } from 'zod';
import { placeSchema } from './holds.ts';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { instantSchema } from './time.ts';

/*
 * What gates without a network did and the server does not agree with: somebody was let in twice, or with a ticket that was
 * cancelled meanwhile. docs/check-in.md says who is right.
 */

/** Why: a right was used twice (double), the door link had ended, or the refusal that the server would have given. */
export const conflictCodes = [
  'double',
  'link_ended',
  'not_inside',
  'ticket_cancelled',
  'ticket_refunded',
  'ticket_reissued',
  'ticket_transferred',
  'not_yet_paid',
  'ticket_disputed',
  'wrong_ticket_type',
  'not_a_ticket',
  'wrong_gate',
  'not_today',
  'house_full',
] as const;
export type ConflictCode = (typeof conflictCodes)[number];

const scanSideSchema = z.object({
  checkInId: idSchema('checkIn'),
  kind: z.enum(['entry', 'exit', 'handout']),
  /** By the corrected clock, which decides. */
  scannedAt: instantSchema,
  saidAt: z.nullable(instantSchema).meta({ description: 'What the clock of the device said.' }),
  gate: z.string().nullable(),
  device: z.string().nullable().meta({ description: 'The name of the device.' }),
  person: z.string().nullable().meta({ description: 'The member of the team who scanned.' }),
  isOffline: z.boolean().meta({ description: 'The gate decided without the server.' }),
});

export const doorConflictSchema = z
  .object({
    id: idSchema('doorConflict'),
    ticketId: idSchema('ticket'),
    code: z.enum(conflictCodes),
    scan: scanSideSchema.meta({ description: 'The scan in question.' }),
    admission: scanSideSchema.nullable().meta({ description: 'The scan that counts instead.' }),
    counts: z.boolean().meta({
      description: 'The scan in question counts all the same: the guest is inside with a valid ticket.',
    }),
    ticketTypeName: z.string(),
    place: placeSchema.nullable(),
    attendeeName: z.string().nullable(),
    orderNumber: z.string(),
    createdAt: instantSchema,
    clearedAt: z.nullable(instantSchema).meta({
      description: 'A later hand-in showed that the scan was right, so there is no conflict any more.',
    }),
    resolution: z
      .object({ at: instantSchema, by: z.string(), note: z.string() })
      .nullable()
      .meta({ description: 'What a manager said about it.' }),
  })
  .meta({ id: 'DoorConflict' });
export type DoorConflict = z.infer<typeof doorConflictSchema>;

const eventParam = z.object({ eventId: idSchema('event') });
const ofManagers = { tag: 'Door', access: 'team', needs: 'door.manage' } as const;

export const listDoorConflicts = operation({
  ...ofManagers,
  id: 'listDoorConflicts',
  method: 'GET',
  path: '/api/events/{eventId}/door-conflicts',
  summary: 'List the conflicts of the door, the newest first',
  params: eventParam,
  query: z.object({ cursor: z.optional(idSchema('doorConflict')) }),
  status: 200,
  reply: z.object({
    items: z.array(doorConflictSchema),
    open: z.int().min(0).meta({ description: 'How many wait for a manager.' }),
    nextCursor: z.nullable(idSchema('doorConflict')),
  }),
  errors: [],
});

export const resolveDoorConflict = operation({
  ...ofManagers,
  id: 'resolveDoorConflict',
  method: 'POST',
  path: '/api/events/{eventId}/door-conflicts/{conflictId}/resolution',
  summary: 'Note what was done about a conflict',
  params: eventParam.extend({ conflictId: idSchema('doorConflict') }),
  body: z.strictObject({ note: z.string().trim().min(1).max(500) }),
  status: 200,
  reply: doorConflictSchema,
  acts: ['door_conflict.resolved'],
  errors: ['door_conflict_resolved'],
  example: { body: { note: 'Spoke with both guests. The second one had a copy and left.' } },
});

export const undoCheckIn = operation({
  ...ofManagers,
  id: 'undoCheckIn',
  method: 'POST',
  path: '/api/events/{eventId}/check-ins/{checkInId}/undo',
  summary: 'Take the latest scan of a ticket back',
  description:
    'The ticket is valid again if nothing else was scanned with it. `check_in_not_latest`: something was scanned with the ticket later. `check_in_undone`: the scan does not count any more.',
  params: eventParam.extend({ checkInId: idSchema('checkIn') }),
  body: z.strictObject({ reason: z.string().trim().min(1).max(200) }),
  status: 200,
  reply: z.object({
    checkInId: idSchema('checkIn'),
    ticketId: idSchema('ticket'),
    ticketStatus: z.enum(['valid', 'used', 'cancelled']),
    undoneAt: instantSchema,
  }),
  acts: ['check_in.undone'],
  errors: ['check_in_not_latest', 'check_in_undone'],
  example: { body: { reason: 'Scanned by mistake.' } },
});

export const undoDeviceScans = operation({
  ...ofManagers,
  id: 'undoDeviceScans',
  method: 'POST',
  path: '/api/events/{eventId}/door-devices/{doorDeviceId}/undo',
  summary: 'Take back what a device has scanned, for example a stolen one',
  description:
    'Takes back up to 100 scans, each as `undoCheckIn` does, and says how many are left. Repeat the request until none is left. A scan stays if something was scanned with its ticket later. End the device first, or it goes on scanning.',
  params: eventParam.extend({ doorDeviceId: idSchema('doorDevice') }),
  body: z.strictObject({
    reason: z.string().trim().min(1).max(200),
    since: z.optional(instantSchema).meta({ description: 'Only scans from then on. Left out: all.' }),
  }),
  status: 200,
  reply: z.object({ undone: z.int(), left: z.int() }),
  rateLimit: { max: 600, seconds: 60 },
  acts: ['check_in.undone'],
  errors: [],
  example: { body: { reason: 'The phone was stolen.' } },
});
