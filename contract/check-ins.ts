import { z } from 'zod';
import { doorDeviceHeaders } from './door-links.ts';
import { noteKinds } from './door-notes.ts';
import { placeSchema } from './holds.ts';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { instantSchema } from './time.ts';

/**
 * What a scanner sends. The device makes one `nonce` per scan, so that a scan that is sent twice admits once. `code` is
 * the text that the scanner read; invisible characters in it and a URL around it do not matter. It may be the short number of a
 * ticket instead, as somebody has typed it.
 */
export const scanSchema = z.strictObject({
  code: z.string().trim().min(1).max(1000),
  nonce: z
    .string()
    .min(8)
    .max(64)
    .regex(/^[A-Za-z0-9_-]+$/),
  /** When an offline device scanned. The server takes no time after its own clock. */
  scannedAt: z.optional(instantSchema),
  gate: z.string().trim().max(40).optional(),
  direction: z
    .enum(['in', 'out'])
    .optional()
    .meta({ description: 'out: the guest leaves. Without it, `in`.' }),
  checkpointId: z
    .optional(idSchema('checkpoint'))
    .meta({ description: 'Where the ticket is scanned (DoorSettings). Without it, at the main entrance.' }),
});
/** A ticket that the gate has found without its code. The steward vouches for the guest. */
const foundSchema = {
  code: scanSchema.shape.code.optional(),
  ticketId: z.optional(idSchema('ticket')).meta({
    description: 'Instead of `code`: a ticket that the gate has found (findDoorTickets).',
  }),
};
const hasOne = (given: { code?: unknown; ticketId?: unknown }): boolean =>
  (given.code === undefined) !== (given.ticketId === undefined);
const hasOneMessage = { message: 'give a code or a ticketId' };

/** A scan of a device that had no network when it made it. */
export const offlineScanSchema = scanSchema
  .extend({
    ...foundSchema,
    issue: z.int().min(1).max(65_535).optional().meta({
      description:
        'With `ticketId`: the issue that the gate knows. A ticket that was passed on meanwhile has another one.',
    }),
    offline: z.strictObject({ admitted: z.boolean() }).optional().meta({
      description:
        'The device has already decided without the server. `admitted`: it let the guest in or out, so if the server does not agree, it writes a conflict.',
    }),
  })
  .refine(hasOne, hasOneMessage);
export type OfflineScan = z.infer<typeof offlineScanSchema>;
export type Scan = Omit<OfflineScan, 'code' | 'ticketId' | 'issue'> & {
  code: string;
  overrides?: 'ticket_disputed'[] | undefined;
};

const doorNoteSchema = z
  .object({
    kind: z.enum(noteKinds).meta({
      description:
        'ticket_type: the organiser’s note to all tickets of this type (`doorNote`). wheelchair_place, companion_place: what the seat is. answer: an answer to a question that is marked for the door.',
    }),
    label: z.string().nullable().meta({ description: 'The question of an answer; null otherwise.' }),
    text: z.string().nullable().meta({
      description: 'Null for a kind of place: the gate says it in its own language.',
    }),
  })
  .meta({ id: 'DoorNote' });

export const checkInSchema = z
  .object({
    id: idSchema('checkIn'),
    ticketId: idSchema('ticket'),
    kind: z.enum(['entry', 'exit', 'handout']),
    visit: z.int().min(0).meta({
      description:
        'An entry begins this visit and an exit ends it, from 1. For a handout, how many there were with it.',
    }),
    checkpointId: z.nullable(idSchema('checkpoint')).meta({
      description: 'Null for the main entrance. For an exit, where the guest had come in.',
    }),
    /** When it was scanned, by the clock of the server. */
    checkedInAt: instantSchema,
    gate: z.string().nullable(),
    ticketTypeName: z.string(),
    place: placeSchema.nullable(),
    attendeeName: z.string().nullable(),
    orderNumber: z.string(),
    notes: z.array(doorNoteSchema).meta({ description: 'What the gate must know of the ticket.' }),
    /**
     * The ticket is admitted, but at an unlikely time: more than 24 hours before the doors open (`at` is when they open), or
     * more than 24 hours after the event ended (`at` is when it ended). The gate should look at the date again.
     */
    warning: z
      .object({ code: z.enum(['long_before_doors', 'long_after_end']), at: instantSchema })
      .nullable(),
    presence: z
      .object({
        inside: z.int().min(0),
        limit: z.int().nullable(),
        warnAt: z.int().nullable(),
      })
      .nullable()
      .meta({
        description:
          'How many people are in the house with this one, and how many may be. Null if the event has no limit.',
      }),
  })
  .meta({ id: 'CheckIn' });
export type CheckIn = z.infer<typeof checkInSchema>;

export const doorErrors = [
  'already_used',
  'already_inside',
  'not_inside',
  'handout_used',
  'house_full',
  'not_today',
  'not_a_ticket',
  'wrong_gate',
  'wrong_ticket_type',
  'wrong_event',
  'ticket_cancelled',
  'ticket_refunded',
  'ticket_reissued',
  'ticket_transferred',
  'not_yet_paid',
  'ticket_disputed',
  'bad_signature',
  'stale_code',
  'paper_not_accepted',
  'unknown_ticket',
  'wrong_number',
  'too_many_attempts',
  'check_in_undone',
] as const;

const eventParam = z.object({ eventId: idSchema('event') });

export const checkIn = operation({
  id: 'checkIn',
  method: 'POST',
  path: '/api/events/{eventId}/check-ins',
  tag: 'Door',
  summary: 'Admit a ticket, once',
  description:
    'A request with the same nonce gets the same admission again. `already_used` carries `usedAt`, `gate` and `by` of the first admission; a device gets `by` only if its link sees names. A ticket scanned more than 24 hours before the doors open or after the event has ended is admitted with a `warning`.',
  access: 'door',
  needs: 'door.admit',
  headers: doorDeviceHeaders,
  params: eventParam,
  body: scanSchema
    .extend({
      ...foundSchema,
      overrides: z
        .array(z.enum(['ticket_disputed']))
        .max(1)
        .optional()
        .meta({
          description: 'Refusals that a manager overrules. It needs the capability door.manage.',
        }),
    })
    .refine(hasOne, hasOneMessage),
  budgets: ['wrongNumbersPerScanner'],
  acts: ['check_in.overruled'],
  status: 201,
  reply: checkInSchema,
  errors: doorErrors,
  example: { body: { code: 'ADMIT1.0F3K…', nonce: 'gate-a-000123', gate: 'North' } },
});

export const checkInBatch = operation({
  id: 'checkInBatch',
  method: 'POST',
  path: '/api/events/{eventId}/check-ins/batch',
  tag: 'Door',
  summary: 'Hand in the scans of an offline device',
  description:
    'The server decides each scan on its own; `results` has one entry per scan, in the same order. Sending the batch again changes nothing. A scan that the server cannot read is refused with `invalid_request` and the reason in `detail`; the other scans are still decided. `idempotency_key_reused` means that the device used this nonce for another ticket. `internal` means that the server failed at this scan alone and kept nothing of it: the device keeps the scan and hands it in again later. A device whose link has ended may hand in 12 batches a minute.',
  access: 'door',
  needs: 'door.admit',
  takesEndedDevices: { max: 12, seconds: 60 },
  headers: doorDeviceHeaders,
  params: eventParam,
  body: z.strictObject({
    scans: z
      .array(
        z.unknown().meta({
          description:
            'A scan, in the form of the body of checkIn without `overrides`, and with `offline: { admitted }` if the device has decided itself: `admitted` says whether it let the guest in or out. If it did and the server does not agree, the server writes a conflict. A `ticketId` of a device whose link has ended uses no ticket up: the scan becomes a conflict.',
        }),
      )
      .min(1)
      .max(500),
    device: z
      .strictObject({
        sentAt: instantSchema,
        skewMs: z.int().min(-31_536_000_000).max(31_536_000_000).optional(),
      })
      .optional()
      .meta({
        description:
          'What the clock of the device says now. The server subtracts from each `scannedAt` how far this clock is ahead. `skewMs` is that difference as the device has measured it with its heartbeat; the server uses it if it fits `sentAt`.',
      }),
  }),
  // 500 scans with codes of 1,000 characters and gates of 40.
  bodyLimit: 1024 * 1024,
  rateLimit: { max: 120, seconds: 60 },
  budgets: ['wrongNumbersPerScanner'],
  status: 200,
  reply: z.object({
    /** The clock of the server. With its own times of the request, the device measures how far its clock is ahead. */
    now: instantSchema,
    results: z.array(
      z.object({
        nonce: z.string().nullable().meta({ description: 'Null if the scan had no readable nonce.' }),
        outcome: z.enum(['admitted', 'refused', 'noted']).meta({
          description: 'admitted: the scan counts. noted: the device refused the guest, so nothing changes.',
        }),
        checkIn: checkInSchema.optional(),
        code: z
          .enum([...doorErrors, 'door_link_ended', 'idempotency_key_reused', 'invalid_request', 'internal'])
          .optional(),
        title: z.string().optional(),
        detail: z
          .string()
          .optional()
          .meta({ description: 'With invalid_request: what is wrong with the scan.' }),
        usedAt: z.optional(instantSchema),
        gate: z.string().nullable().optional(),
        by: z.string().optional(),
        retryAfterSeconds: z.int().min(1).optional(),
        conflictId: z.optional(idSchema('doorConflict')).meta({
          description:
            'The device let somebody in or out, and the server does not agree (listDoorConflicts).',
        }),
      }),
    ),
  }),
  errors: [],
  example: { body: { scans: [{ code: 'ADMIT1.0F3K…', nonce: 'gate-a-000123' }] } },
});

export const getDoorCounts = operation({
  id: 'getDoorCounts',
  method: 'GET',
  path: '/api/events/{eventId}/check-ins/counts',
  tag: 'Door',
  summary: 'Count admitted and issued tickets',
  access: 'door',
  needs: 'door.read',
  params: eventParam,
  status: 200,
  reply: z.object({
    admitted: z.int().meta({ description: 'Tickets that were used at the door.' }),
    tickets: z.int(),
    inside: z.int().meta({ description: 'Guests who are in the house now.' }),
    toCome: z.int().meta({ description: 'Tickets that nobody has used yet.' }),
  }),
  errors: [],
});

const movedSchema = {
  entries: z.int().min(0),
  exits: z.int().min(0),
  handouts: z.int().min(0),
};

export const getDoorTimeline = operation({
  id: 'getDoorTimeline',
  method: 'GET',
  path: '/api/events/{eventId}/check-ins/timeline',
  tag: 'Door',
  summary: 'Count what was scanned, by gate and by minute',
  description:
    'Movements that count. `minutes` has the last 240 minutes in which something was scanned, the oldest first. The live channel tells the organiser’s pages with a `door` message when something was scanned.',
  access: 'team',
  needs: 'door.read',
  params: eventParam,
  rateLimit: { max: 120, seconds: 60 },
  status: 200,
  reply: z.object({
    gates: z.array(
      z.object({
        gate: z.string().nullable(),
        checkpointId: z.nullable(idSchema('checkpoint')),
        ...movedSchema,
        /** When something was scanned there last. */
        lastAt: instantSchema,
      }),
    ),
    minutes: z.array(z.object({ at: instantSchema, gate: z.string().nullable(), ...movedSchema })),
  }),
  errors: [],
});
