import { z } from 'zod';
import { idSchema } from './ids.ts';
import { guestKeyHeaders, type Operation, operation } from './operation.ts';
import { queueBeaconSchema } from './queue-beacon.ts';
import { queueEndReasons, queueStates } from './queue-refusals.ts';
import { instantSchema } from './time.ts';

const eventParam = z.object({ eventId: idSchema('event') });
const count = z.int().min(0);

/** The most that all lanes of a queue have together, so that at least half of the positions are for everybody. */
export const mostLanePercent = 50;
const laneFields = {
  key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,19}$/, 'expected small letters, digits and hyphens'),
  name: z.string().trim().min(1).max(60),
  percent: z.int().min(1).max(mostLanePercent).meta({
    description:
      'So many percent of the first positions are for people of this lane, as long as some are left.',
  }),
};
export const queueLaneSchema = z.object(laneFields).meta({ id: 'QueueLane' });
export type QueueLane = z.infer<typeof queueLaneSchema>;
const secretLaneFields = {
  ...laneFields,
  code: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9-]{8,40}$/, 'expected 8 to 40 letters, digits and hyphens')
    .meta({ description: 'Opens the lane. Upper and lower case are the same.' }),
  mostPeople: z.int().min(1).max(1_000_000).meta({ description: 'The lane opens for so many people.' }),
};

/** What everybody may know of a waiting room. It is the same for all, so a CDN may answer with it for a second. */
export const queueSchema = z
  .object({
    eventId: idSchema('event'),
    version: z.int().meta({ description: 'Grows with every change of this answer.' }),
    state: z.enum(queueStates).meta({
      description:
        '`before_draw`: people join, and their order is drawn at `opensAt`. `drawing`: the list is closed, and the draw is under way. `open`: people are let in. `paused`: the organiser lets nobody in for now. `all_held`: every place is held, and `paying` people may still give theirs back. `sold_out`: every place is sold. `standby`: nobody has to wait, until many people come at once. `ended`: the sale or the event is over.',
    }),
    opensAt: z.nullable(instantSchema),
    nowServing: count.meta({ description: 'Everybody with this position or a smaller one was let in.' }),
    lastPosition: count.meta({ description: 'The last position that was given.' }),
    waiting: count.meta({ description: 'How many people wait.' }),
    peoplePerMinute: z.nullable(z.number()).meta({
      description: 'How many people a minute were let in during the last two minutes; null if nobody was.',
    }),
    reach: count.meta({
      description:
        'So many people come at the speed alone, because more places are free than people choose. Whoever has so many people ahead, or more, also waits until others are done.',
    }),
    isSteady: z.boolean().meta({
      description:
        'People have been let in only as others were done for two minutes, so `peoplePerMinute` says how fast that is. While it is false, nobody can tell how long people beyond `reach` wait.',
    }),
    left: count.meta({
      description:
        'Places that are free, in all ticket types that are on sale. 0 before the opening, because nobody counts them until then.',
    }),
    paying: count.meta({ description: 'Holds that are neither bought nor over.' }),
    windowSeconds: z
      .int()
      .meta({ description: 'How long a person may choose places after they were let in.' }),
    idleSeconds: z.int().meta({
      description:
        'Whoever was let in, holds nothing and gives no sign of life for so long gives the turn up. Signs are requests with the token, reading `queue/mine`, and a live connection that watches the event.',
    }),
    message: z.string().meta({ description: 'From the organiser; empty if there is none.' }),
    isPaused: z.boolean().meta({
      description:
        'The organiser lets nobody in. It may be set before the opening, when `state` says something else.',
    }),
    wishedPerMinute: z.nullable(z.int()).meta({
      description:
        'How many people a minute the organiser wishes to let in; null: as fast as Admit keeps up.',
    }),
    commitment: z.string().meta({ description: 'The hash of the seed of the draw (docs/waiting-room.md).' }),
    drawnAt: z.nullable(instantSchema),
    lanes: z.array(queueLaneSchema).meta({
      description:
        'Priority lanes: who has the code of one before the draw gets a share of its first positions. Empty if there are none.',
    }),
    beacon: z.nullable(queueBeaconSchema),
  })
  .meta({ id: 'Queue' });
export type Queue = z.infer<typeof queueSchema>;

export const queueEntrySchema = z
  .object({
    id: idSchema('queueEntry'),
    eventId: idSchema('event'),
    status: z.enum(['before_draw', 'waiting', 'active', 'ended']),
    position: z.nullable(z.int()).meta({ description: 'Null before the draw. It never changes.' }),
    ahead: z.nullable(count).meta({ description: 'Positions before this one that were not let in yet.' }),
    estimatedWaitSeconds: z.nullable(count).meta({
      description:
        'In how many seconds it is probably your turn. While more places are free than people choose, the speed at which people are let in decides. Null if nobody can tell: before the draw, while the queue is paused or everything is held, and as long as it only depends on when other people are done (docs/waiting-room.md).',
    }),
    activeUntil: z.nullable(instantSchema).meta({
      description: 'Only while active: until then places can be held.',
    }),
    endReason: z.nullable(z.enum(queueEndReasons)),
    joinedAt: instantSchema,
    /** The time of the server, for a countdown that does not trust the clock of the device. */
    now: instantSchema,
    lane: z
      .nullable(z.string())
      .meta({ description: 'The key of the lane that the person opened by its code.' }),
    salt: z.string().meta({ description: 'What this person adds to the draw, as 32 hexadecimal digits.' }),
    token: z.string().meta({
      description:
        'A signed proof of the position, and while active of the admission. Send it as `Queue-Token` when you hold places.',
    }),
  })
  .meta({ id: 'QueueEntry' });
export type QueueEntry = z.infer<typeof queueEntrySchema>;

export const queueChallengeSchema = z
  .object({
    parameters: z.object({
      algorithm: z.literal('PBKDF2/SHA-256'),
      cost: z.int().min(1).meta({ description: 'Iterations of one attempt.' }),
      data: z.object({
        eventId: idSchema('event'),
        attempts: z.int().min(1).meta({ description: 'The counter of the solution is less.' }),
      }),
      expiresAt: z.int().meta({ description: 'In seconds since 1970.' }),
      keyLength: z.int(),
      keyPrefix: z.string(),
      keySignature: z.string(),
      nonce: z.string(),
      salt: z.string(),
    }),
    signature: z.string(),
  })
  .meta({ id: 'QueueChallenge', description: 'A challenge of the ALTCHA protocol, version 2.' });
export type QueueChallenge = z.infer<typeof queueChallengeSchema>;

export const getQueueChallenge = operation({
  id: 'getQueueChallenge',
  method: 'GET',
  path: '/api/events/{eventId}/queue/challenge',
  tag: 'Buy',
  summary: 'Get a challenge, to join a queue without a verified e-mail address',
  description:
    'The caller’s computer solves it within about a second and sends the solution as `Queue-Proof` when it joins. A challenge is for one event and one join, and ends after ten minutes. The work grows with the number of people of the same network who joined this queue without a verified address in the last minutes. `client/prove-work.ts` solves it; so does any program that speaks the ALTCHA protocol.',
  access: 'public',
  params: eventParam,
  rateLimit: { max: 1200, seconds: 60 },
  status: 200,
  reply: queueChallengeSchema,
  errors: ['not_found'],
});

const proofHeaders: NonNullable<Operation['headers']> = {
  'Queue-Proof': {
    description:
      'A solution of a challenge (`getQueueChallenge`): the payload of the ALTCHA protocol, as Base64. Only callers without a verified e-mail address need it, and only for a new place.',
  },
};

export const joinQueue = operation({
  id: 'joinQueue',
  method: 'POST',
  path: '/api/events/{eventId}/queue',
  tag: 'Buy',
  summary: 'Join the queue of an event that has a waiting room',
  description:
    'A person has one place, on all their devices. Joining again answers with that place. Before the opening the position is null; the draw gives it. Later arrivals stand behind, first come first served. `salt` is the caller’s part of the draw: whoever chooses a random one of their own need not trust the server. A caller without a verified e-mail address sends `Queue-Proof`: `proof_required` carries `reason` and `challenge`, the path to ask for a challenge. docs/waiting-room.md says how the draw works and how people are let in.',
  access: 'signed-in',
  opensGuest: true,
  headers: { ...guestKeyHeaders, ...proofHeaders },
  params: eventParam,
  body: z.strictObject({
    salt: z
      .string()
      .regex(/^[0-9a-f]{32}$/, 'expected 32 hexadecimal digits')
      .optional(),
  }),
  rateLimit: { max: 30, seconds: 60 },
  budgets: ['queueGuestsPerNetwork'],
  status: 201,
  reply: queueEntrySchema,
  errors: ['queue_ended', 'busy', 'proof_required', 'queue_network_limit'],
  example: { body: { salt: '0f1e2d3c4b5a69788796a5b4c3d2e1f0' } },
});

export const getQueue = operation({
  id: 'getQueue',
  method: 'GET',
  path: '/api/events/{eventId}/queue',
  tag: 'Buy',
  summary: 'Read where the queue of an event is',
  description:
    'The same for everybody, and cacheable for one second. A position that is not larger than `nowServing` has had its turn: read `queue/mine` then. The live channel pushes it as `queue` to whoever watches the event. The answer is `not_found` if the event has no waiting room.',
  access: 'public',
  params: eventParam,
  status: 200,
  etag: 'content',
  reply: queueSchema,
  errors: ['not_found'],
});

export const getMyQueueEntry = operation({
  id: 'getMyQueueEntry',
  method: 'GET',
  path: '/api/events/{eventId}/queue/mine',
  tag: 'Buy',
  summary: 'Read your place in the queue of an event',
  description: 'The open place, or else the last one. The answer is `not_found` if you never joined.',
  access: 'signed-in',
  params: eventParam,
  rateLimit: { max: 60, seconds: 60 },
  status: 200,
  reply: queueEntrySchema,
  errors: ['not_found'],
});

export const leaveQueue = operation({
  id: 'leaveQueue',
  method: 'DELETE',
  path: '/api/events/{eventId}/queue/mine',
  tag: 'Buy',
  summary: 'Leave the queue of an event',
  description:
    'The place is given up for good. It is no error to leave without a place. Whoever joins again stands at the end.',
  access: 'signed-in',
  params: eventParam,
  status: 204,
  reply: null,
  errors: ['not_found'],
});

export const drawSchema = z
  .object({
    method: z.string().meta({ description: 'The name of the rules: contract/draw.ts.' }),
    eventId: idSchema('event'),
    commitment: z.string(),
    seed: z.string(),
    beacon: z.nullable(z.string()).meta({
      description:
        'The signature of the announced round of the beacon, as 96 hexadecimal digits; null without one.',
    }),
    beaconTerms: z
      .nullable(queueBeaconSchema)
      .meta({ description: 'The round that was announced before the opening. Null if none was.' }),
    drawnAt: instantSchema,
    count: count.meta({ description: 'How many people were drawn.' }),
    entries: z.array(z.tuple([idSchema('queueEntry'), z.string()])).meta({
      description: 'Id and salt of each entry in the order of the draw: the first one has position 1.',
    }),
    lanes: z.array(queueLaneSchema).meta({ description: 'The lanes of the draw, in their order.' }),
    entryLanes: z.array(z.string()).meta({
      description:
        'The lane of each entry, in the order of `entries`; an empty text without one. Empty if the queue has no lanes.',
    }),
    nextCursor: z.nullable(z.int()),
  })
  .meta({ id: 'Draw' });
export type Draw = z.infer<typeof drawSchema>;

export const getQueueDraw = operation({
  id: 'getQueueDraw',
  method: 'GET',
  path: '/api/events/{eventId}/queue/draw',
  tag: 'Buy',
  summary: 'Read the draw of an event, to check it',
  description:
    'Everything that the draw depends on, and its outcome. `npm run verify-draw -- URL` reads all pages and repeats the draw. Entries say nothing about persons. Before the draw the answer is `draw_pending`.',
  access: 'public',
  params: eventParam,
  query: z.strictObject({
    cursor: z.coerce.number().int().min(0).max(100_000_000).default(0),
    limit: z.coerce.number().int().min(1).max(10_000).default(10_000),
  }),
  rateLimit: { max: 600, seconds: 60 },
  status: 200,
  reply: drawSchema,
  errors: ['not_found', 'draw_pending'],
});

export const dropQueueBeacon = operation({
  id: 'dropQueueBeacon',
  method: 'DELETE',
  path: '/api/events/{eventId}/queue/beacon',
  tag: 'Organise',
  summary: 'Draw the order of a queue without its public beacon, if that does not answer',
  description:
    'Possible from `withoutFrom` of the beacon on, five minutes after the time of its round, as long as the draw waits for it. The draw then depends on the seed and the list alone. Everybody sees that the beacon was left out and when, and the audit log says who did it.',
  access: 'team',
  needs: 'events.edit',
  params: eventParam,
  status: 200,
  reply: queueSchema,
  acts: ['queue.beacon_dropped'],
  errors: ['not_found', 'beacon_not_overdue'],
});

export const steerQueue = operation({
  id: 'steerQueue',
  method: 'PATCH',
  path: '/api/events/{eventId}/queue',
  tag: 'Organise',
  summary: 'Pause, resume or speed up the queue of an event, or tell those who wait',
  description:
    'A field that is left out stays as it is. While the queue is paused, whoever was let in may still buy. `peoplePerMinute` null lets Admit choose: as fast as its ledger keeps up. `windowSeconds` is for people who are let in from now on.',
  access: 'team',
  needs: 'events.edit',
  params: eventParam,
  body: z.strictObject({
    paused: z.boolean().optional(),
    message: z.string().trim().max(500).optional(),
    peoplePerMinute: z.nullable(z.int().min(1).max(100_000)).optional(),
    windowSeconds: z.int().min(60).max(3600).optional(),
  }),
  status: 200,
  reply: queueSchema,
  acts: ['queue.steered'],
  errors: ['not_found'],
  example: { body: { paused: true, message: 'We are back in ten minutes.' } },
});

export const enterQueueLane = operation({
  id: 'enterQueueLane',
  method: 'PUT',
  path: '/api/events/{eventId}/queue/mine/lane',
  tag: 'Buy',
  summary: 'Open a priority lane of the queue with its code, before the draw',
  description:
    'For somebody who has joined the queue. The lane counts in the draw: a share of the first positions is for its people. It is published with the draw, so everybody can check it. After the list is closed a code counts no more (`lanes_closed`).',
  access: 'signed-in',
  params: eventParam,
  body: z.strictObject({ code: z.string().trim().min(1).max(60) }),
  rateLimit: { max: 20, seconds: 60 },
  budgets: ['laneCodesPerAccount', 'laneCodesPerNetwork'],
  status: 200,
  reply: queueEntrySchema,
  errors: ['unknown_lane_code', 'lane_full', 'lanes_closed', 'busy'],
  example: { body: { code: 'MEMBERS-2027' } },
});

const teamLanesSchema = z
  .object({
    lanes: z.array(
      z.object({
        ...secretLaneFields,
        people: count.meta({ description: 'How many people of the lane wait.' }),
      }),
    ),
  })
  .meta({ id: 'QueueLanes' });

export const getQueueLanes = operation({
  id: 'getQueueLanes',
  method: 'GET',
  path: '/api/events/{eventId}/queue/lanes',
  tag: 'Organise',
  summary: 'Read the priority lanes of the queue of an event, with their codes',
  access: 'team',
  needs: 'events.edit',
  params: eventParam,
  status: 200,
  reply: teamLanesSchema,
  errors: ['not_found'],
});

export const putQueueLanes = operation({
  id: 'putQueueLanes',
  method: 'PUT',
  path: '/api/events/{eventId}/queue/lanes',
  tag: 'Organise',
  summary: 'Set the priority lanes of the queue of an event, before its draw',
  description:
    'Replaces all lanes. Everybody sees their names and shares at once. People who opened a lane that is left out wait without one. All lanes together have at most half of the positions. Lanes belong to the draw, so the queue must have an opening (`scheduled`) that is still to come.',
  access: 'team',
  needs: 'events.edit',
  params: eventParam,
  body: z
    .strictObject({ lanes: z.array(z.strictObject(secretLaneFields)).max(3) })
    .refine(({ lanes }) => lanes.reduce((sum, { percent }) => sum + percent, 0) <= mostLanePercent, {
      error: `all lanes together may have ${mostLanePercent} percent`,
      path: ['lanes'],
    })
    .refine(
      ({ lanes }) =>
        new Set(lanes.map(({ key }) => key)).size === lanes.length &&
        new Set(lanes.map(({ code }) => code.toLowerCase())).size === lanes.length,
      { error: 'each lane has a key and a code of its own', path: ['lanes'] },
    ),
  status: 200,
  reply: teamLanesSchema,
  acts: ['queue.lanes_changed'],
  errors: ['not_found', 'lanes_closed'],
  example: {
    body: {
      lanes: [{ key: 'members', name: 'Members', percent: 20, code: 'MEMBERS-2027', mostPeople: 500 }],
    },
  },
});
