/** The refusals of waiting rooms: a part of errorTable (errors.ts). */
export const queueRefusals = {
  not_admitted: {
    status: 403,
    retryable: true,
    title: 'This event has a queue. Join it, and choose your places when it is your turn.',
  },
  queue_ended: { status: 409, retryable: false, title: 'The queue of this event is closed.' },
  proof_required: {
    status: 403,
    retryable: true,
    title:
      'Without a confirmed e-mail address your browser has to do some work before you can join this queue.',
  },
  queue_network_limit: {
    status: 429,
    retryable: true,
    title:
      'Many people of your network have joined this queue. Wait a moment, or sign in with a confirmed e-mail address.',
  },
  rehearsal_under_way: {
    status: 409,
    retryable: true,
    title: 'A rehearsal of this event is under way. Wait until it is done.',
  },
  unknown_lane_code: { status: 404, retryable: false, title: 'This queue has no lane with this code.' },
  lane_full: {
    status: 409,
    retryable: false,
    title: 'So many people have used this code that its lane is full. Your place in the queue stays.',
  },
  lanes_closed: {
    status: 409,
    retryable: false,
    title: 'Lanes count only before the draw of a queue, and this one has no draw ahead.',
  },
  beacon_not_overdue: {
    status: 409,
    retryable: false,
    title: 'This queue does not wait for a beacon that is overdue, so its draw needs no decision.',
  },
  draw_pending: { status: 409, retryable: true, title: 'The order of this queue has not been drawn yet.' },
} as const;

/** Why `not_admitted`: what is wrong with the token, or that there is none and the caller's turn has not come. */
export const notAdmittedReasons = [
  'not_in_queue',
  'waiting',
  'ended',
  'expired',
  'forged',
  'other_event',
  'other_buyer',
] as const;
export type NotAdmittedReason = (typeof notAdmittedReasons)[number];

/** Why `proof_required`: there is no proof, or what is wrong with it. */
export const proofReasons = ['missing', 'wrong', 'other_event', 'expired', 'used', 'too_easy'] as const;
export type ProofReason = (typeof proofReasons)[number];

/** The states of a waiting room (waiting-room.ts describes each). */
export const queueStates = [
  'before_draw',
  'drawing',
  'open',
  'paused',
  'all_held',
  'sold_out',
  'standby',
  'ended',
] as const;

/** Why a place in a queue ended. */
export const queueEndReasons = ['left', 'bought', 'window_over', 'idle', 'queue_over', 'merged'] as const;
export type QueueEndReason = (typeof queueEndReasons)[number];
