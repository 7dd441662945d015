import { z } from 'zod';
import { doorEndReasons } from './door-end.ts';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { instantSchema } from './time.ts';

/**
 * A gate by link: a manager makes a door link, and whoever opens it may scan at the door until the link ends, without an
 * account. The link carries its secret in the fragment, which browsers never send: `/door/link#<secret>`. The page sends
 * the secret once in a body, registers the device with it, and gets a token of its own.
 */

/** A device sends its token as `Authorization: Door ddt_…`. */
export const doorScheme = 'Door';
export const doorTokenPrefix = 'ddt_';
/** A member of the team who scans with an account names the device in this header. */
export const doorDeviceHeader = 'admit-door-device';

export const doorDeviceHeaders = {
  'Admit-Door-Device': {
    description:
      'The id of the device that a member of the team scans with (registerOwnDoorDevice), so that a scan names it. The server ignores an id of another person, and the header beside `Authorization: Door`.',
    example: 'ddv_01K9ZC4V7R8W3T5XN2M6QHJDEF',
  },
} as const;

/** How many devices of one link may scan at once. */
export const mostDoorDevices = 100;
/** How many links of one event may be valid at once. */
export const mostDoorLinks = 100;
/** How many days after the end of its last event a link may be valid. For an event that is over, after now. */
export const doorLinkDays = 7;
/** How many events one link may cover. */
export const mostDoorLinkEvents = 50;

const labelSchema = z.string().trim().min(1).max(80);
const gateSchema = z.string().trim().min(1).max(40);
const deviceNameSchema = z.string().trim().min(1).max(60);
const secretSchema = z.string().regex(/^[\w-]{43}$/, 'expected the secret of a door link');

const eventParam = z.object({ eventId: idSchema('event') });

const coveredSchema = z.object({
  eventId: idSchema('event'),
  checkpointId: z.nullable(idSchema('checkpoint')).meta({
    description: 'Where the devices of this link scan at this event; null is the entrance.',
  }),
});

const newLinkSchema = z
  .strictObject({
    label: labelSchema.meta({ description: 'What the team calls the link, for example “North gate, Ben”.' }),
    gate: z.optional(gateSchema),
    checkpointId: z.optional(idSchema('checkpoint')).meta({
      description: 'Where the devices scan at the event of the path. Without it, at the entrance.',
    }),
    moreEvents: z
      .array(z.strictObject({ eventId: idSchema('event'), checkpointId: z.optional(idSchema('checkpoint')) }))
      .max(mostDoorLinkEvents - 1)
      .optional()
      .meta({ description: 'Other events of the same organisation that the link is for.' }),
    ticketTypeIds: z
      .array(idSchema('ticketType'))
      .min(1)
      .max(200)
      .optional()
      .meta({ description: 'The ticket types that may be admitted. Without it, all.' }),
    seesNames: z.boolean().meta({ description: 'Whether the devices may show names of guests.' }),
    /** When the link ends by itself: at most `doorLinkDays` after the end of its last event. */
    expiresAt: instantSchema,
  })
  .meta({ id: 'NewDoorLink' });
export type NewDoorLink = z.infer<typeof newLinkSchema>;

/** What the devices of a link may do. */
const rightsSchema = z.object({
  id: idSchema('doorLink'),
  label: z.string(),
  gate: z.string().nullable(),
  ticketTypeIds: z.array(idSchema('ticketType')).nullable(),
  seesNames: z.boolean(),
  expiresAt: instantSchema,
});

const linkSchema = rightsSchema
  .extend({
    events: z.array(coveredSchema),
    state: z.enum(['valid', ...doorEndReasons]),
    revokedAt: z.nullable(instantSchema),
    createdBy: z.string().meta({ description: 'The name of the member who made the link.' }),
    createdAt: instantSchema,
    devices: z.int().min(0).meta({ description: 'How many devices have registered with it.' }),
  })
  .meta({ id: 'DoorLink' });
export type DoorLink = z.infer<typeof linkSchema>;

const ofTeam = { tag: 'Door', access: 'team', needs: 'door.manage', params: eventParam } as const;

export const makeDoorLink = operation({
  ...ofTeam,
  id: 'makeDoorLink',
  method: 'POST',
  path: '/api/events/{eventId}/door-links',
  summary: 'Make a link that turns a phone into a gate',
  description:
    'The answer has the link with its secret, once: the server keeps only a hash. `link_limit` means that the event has as many valid links as it may have. `unknown_event` names events of `moreEvents` that are not of this organisation, or for which your role does not count.',
  body: newLinkSchema,
  bodyLimit: 32 * 1024,
  rateLimit: { max: 60, seconds: 60 },
  // The secret of the first answer is not kept, so a second request could not get it.
  repeatable: false,
  status: 201,
  reply: z.object({ link: linkSchema, url: z.string() }),
  acts: ['door_link.made'],
  errors: ['unknown_event', 'unknown_ticket_type', 'link_limit'],
  example: {
    body: {
      label: 'North gate, Ben',
      gate: 'North',
      seesNames: false,
      expiresAt: '2026-12-01T04:00:00Z',
    },
  },
});

export const listDoorLinks = operation({
  ...ofTeam,
  id: 'listDoorLinks',
  method: 'GET',
  path: '/api/events/{eventId}/door-links',
  summary: 'List the door links of an event, the newest first',
  status: 200,
  reply: z.object({ items: z.array(linkSchema) }),
  errors: [],
});

export const revokeDoorLink = operation({
  ...ofTeam,
  id: 'revokeDoorLink',
  method: 'DELETE',
  path: '/api/events/{eventId}/door-links/{doorLinkId}',
  summary: 'Revoke a door link for all of its events; its devices are refused from their next request on',
  params: eventParam.extend({ doorLinkId: idSchema('doorLink') }),
  rateLimit: { max: 120, seconds: 60 },
  status: 204,
  reply: null,
  acts: ['door_link.revoked'],
  errors: [],
});

const deviceSchema = z
  .object({
    id: idSchema('doorDevice'),
    name: z.string(),
    linkId: z.nullable(idSchema('doorLink')),
    person: z
      .string()
      .nullable()
      .meta({ description: 'The member of the team who scans with it; null for a device of a link.' }),
    state: z.enum(['valid', ...doorEndReasons]),
    registeredAt: instantSchema,
    lastSeenAt: instantSchema,
    batteryPercent: z.int().nullable(),
    isCharging: z.boolean().nullable(),
    unsynced: z.int().nullable().meta({ description: 'Scans that the device has not handed in yet.' }),
    skewMs: z
      .int()
      .nullable()
      .meta({ description: 'How far the clock of the device is ahead of the server’s.' }),
    manifestVersion: z.string().nullable(),
  })
  .meta({ id: 'DoorDevice' });
export type DoorDevice = z.infer<typeof deviceSchema>;

export const listDoorDevices = operation({
  ...ofTeam,
  id: 'listDoorDevices',
  method: 'GET',
  path: '/api/events/{eventId}/door-devices',
  summary: 'List the devices at the door of an event: name, battery, when they were last seen',
  status: 200,
  reply: z.object({ items: z.array(deviceSchema) }),
  errors: [],
});

export const revokeDoorDevice = operation({
  ...ofTeam,
  id: 'revokeDoorDevice',
  method: 'DELETE',
  path: '/api/events/{eventId}/door-devices/{doorDeviceId}',
  summary: 'End one device of a door link, for example a stolen phone',
  description:
    'Whoever knows the secret of the link can register another device: revoke the link too if it is in wrong hands. The device of a member cannot be ended; remove the member from the team instead.',
  params: eventParam.extend({ doorDeviceId: idSchema('doorDevice') }),
  rateLimit: { max: 120, seconds: 60 },
  status: 204,
  reply: null,
  acts: ['door_device.revoked'],
  errors: [],
});

export const registerOwnDoorDevice = operation({
  id: 'registerOwnDoorDevice',
  method: 'POST',
  path: '/api/events/{eventId}/door-devices',
  tag: 'Door',
  summary: 'Name the device that a member of the team scans with',
  description:
    'Send its id in `Admit-Door-Device` with each scan and with `noteDoorDevice`. The id gives no access: the member’s session does.',
  access: 'team',
  needs: 'door.admit',
  params: eventParam,
  body: z.strictObject({ name: deviceNameSchema }),
  rateLimit: { max: 30, seconds: 60 },
  status: 201,
  reply: z.object({ device: z.object({ id: idSchema('doorDevice'), name: z.string() }) }),
  errors: ['link_full'],
  example: { body: { name: 'Office tablet' } },
});

export const registerDoorDevice = operation({
  id: 'registerDoorDevice',
  method: 'POST',
  path: '/api/door-devices',
  tag: 'Door',
  summary: 'Open a door link: register this device and get its token',
  description:
    'Send the token as `Authorization: Door ddt_…`. It works for the events of the link until the link ends, and needs no account. A link takes a limited number of devices (`link_full`), and one that a manager ended makes room for another.',
  access: 'secret',
  body: z.strictObject({ secret: secretSchema, name: deviceNameSchema }),
  bodyLimit: 1024,
  rateLimit: { max: 120, seconds: 60 },
  // A second request would register a second device.
  repeatable: false,
  status: 201,
  reply: z.object({
    device: z.object({ id: idSchema('doorDevice'), name: z.string() }),
    token: z.string(),
    link: rightsSchema,
    events: z.array(
      coveredSchema.extend({
        title: z.string(),
        startsAt: instantSchema,
        endsAt: instantSchema,
        timeZone: z.string(),
      }),
    ),
  }),
  errors: ['door_link_unknown', 'door_link_ended', 'link_full'],
  example: { body: { secret: 'k3QyZ0b1nT5m8uVx2cW7aE9rS4dF6gH0jL1pO-iY_Zq', name: 'Ben’s phone' } },
});

/** The longest time that a device may report between its clock and ours: a year. */
const mostSkewMs = 366 * 86_400_000;

export const noteDoorDevice = operation({
  id: 'noteDoorDevice',
  method: 'PUT',
  path: '/api/door-devices/mine',
  tag: 'Door',
  summary: 'Tell the team that this device is alive, and measure its clock',
  description:
    'Called every half minute, with `Authorization: Door …`, or by a member of the team with `Admit-Door-Device`. `skewMs` is how far the clock of the device is ahead of the server’s. If `roundTripMs` of an earlier request is given, the server takes half of it for the way here.',
  access: 'secret',
  headers: doorDeviceHeaders,
  body: z.strictObject({
    name: z.optional(deviceNameSchema),
    batteryPercent: z.int().min(0).max(100).optional(),
    isCharging: z.boolean().optional(),
    unsynced: z.int().min(0).max(1_000_000),
    sentAt: instantSchema,
    roundTripMs: z.int().min(0).max(60_000).optional(),
    manifestVersion: z.string().min(1).max(80).optional(),
  }),
  bodyLimit: 2048,
  rateLimit: { max: 240, seconds: 60 },
  status: 200,
  reply: z.object({
    now: instantSchema,
    skewMs: z.int().min(-mostSkewMs).max(mostSkewMs),
    device: z.object({ id: idSchema('doorDevice'), name: z.string() }),
    link: z
      .nullable(rightsSchema.extend({ events: z.array(coveredSchema) }))
      .meta({ description: 'What the device may do now; null for the device of a member.' }),
  }),
  errors: ['unauthenticated', 'not_found', 'door_link_ended'],
  example: { body: { unsynced: 0, batteryPercent: 81, sentAt: '2026-11-30T18:00:00Z' } },
});
