import { z } from 'zod';
import { checkpointKinds, handsOut } from './door-rules.ts';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';

/* The rules of an event's door: re-entry, limits, and the places besides the main entrance where tickets are scanned. */

const limit = z.int().min(1).max(1_000_000);

export const checkpointSchema = z
  .strictObject({
    id: idSchema('checkpoint'),
    name: z.string().trim().min(1).max(40),
    kind: z.enum(checkpointKinds).meta({
      description:
        'entrance: into the house. zone: a part of the house. handout: something is given out, for example a drink. extras: what was bought beside tickets is given out, each once.',
    }),
    ticketTypeIds: z
      .array(idSchema('ticketType'))
      .min(1)
      .max(200)
      .nullable()
      .meta({ description: 'The tickets that it takes; null for all.' }),
    perDay: z.boolean().meta({ description: '`times` counts for each day anew.' }),
    days: z
      .array(z.iso.date())
      .min(1)
      .max(60)
      .nullable()
      .meta({ description: 'When it is open, in the zone of the event; null for every day.' }),
    times: z.int().min(1).max(100).meta({
      description: 'How often a ticket may come in, or gets something. Coming back after an exit is free.',
    }),
    countsInside: z
      .boolean()
      .meta({ description: 'Its entries and exits count for the number of people in the house.' }),
    insideLimit: limit.nullable().meta({
      description:
        'How many may be in this zone at once. With `countsInside`: how many may be in the house by this checkpoint.',
    }),
  })
  .meta({ id: 'Checkpoint' });

const rules = {
  reEntry: z
    .enum(['no', 'after-exit'])
    .meta({ description: 'after-exit: who was scanned on the way out may come in again.' }),
  insideLimit: limit.nullable().meta({ description: 'How many may be in the house at once.' }),
  warnInsideAt: limit
    .nullable()
    .meta({ description: 'From how many people inside on the gates are warned.' }),
  disputed: z
    .enum(['refuse', 'admit'])
    .meta({ description: 'What happens to a ticket while a bank disputes its payment.' }),
  dayStartsHour: z
    .int()
    .min(0)
    .max(12)
    .meta({ description: 'The hour, in the zone of the event, at which one of its days begins.' }),
};

export const doorSettingsSchema = z
  .object({
    ...rules,
    checkpoints: z.array(checkpointSchema),
    version: z.int().min(0).meta({ description: '0 before anybody has changed the settings.' }),
  })
  .meta({ id: 'DoorSettings' });
export type DoorSettings = z.infer<typeof doorSettingsSchema>;

export const doorSettingsBodySchema = z.strictObject({
  ...rules,
  checkpoints: z
    .array(
      checkpointSchema
        .partial({ id: true })
        .refine(({ kind, countsInside }) => !handsOut(kind) || !countsInside, {
          path: ['countsInside'],
          message: 'nobody comes in at a handout',
        }),
    )
    .max(30)
    .meta({ description: 'A checkpoint without an id is new. One that is missing is removed.' }),
});

const eventParam = z.object({ eventId: idSchema('event') });

export const getDoorSettings = operation({
  id: 'getDoorSettings',
  method: 'GET',
  path: '/api/events/{eventId}/door-settings',
  tag: 'Door',
  summary: 'Read the rules of the door',
  access: 'team',
  needs: 'door.read',
  params: eventParam,
  status: 200,
  reply: doorSettingsSchema,
  etag: 'version',
  errors: [],
});

export const putDoorSettings = operation({
  id: 'putDoorSettings',
  method: 'PUT',
  path: '/api/events/{eventId}/door-settings',
  tag: 'Door',
  summary: 'Set the rules of the door',
  description:
    'Replaces all rules. Scans that were made before keep what they were. A checkpoint that has an id keeps what was used there. `checkpoint_in_use` names the valid door links that scan at a checkpoint which the body removes.',
  access: 'team',
  needs: 'door.manage',
  params: eventParam,
  body: doorSettingsBodySchema,
  bodyLimit: 64 * 1024,
  ifMatch: true,
  status: 200,
  reply: doorSettingsSchema,
  etag: 'version',
  acts: ['door.settings_changed'],
  errors: ['unknown_ticket_type', 'checkpoint_in_use'],
  example: {
    body: {
      reEntry: 'after-exit',
      insideLimit: 800,
      warnInsideAt: 750,
      disputed: 'refuse',
      dayStartsHour: 5,
      checkpoints: [
        {
          name: 'Backstage',
          kind: 'zone',
          ticketTypeIds: null,
          perDay: false,
          days: null,
          times: 1,
          countsInside: false,
          insideLimit: 30,
        },
      ],
    },
  },
});
