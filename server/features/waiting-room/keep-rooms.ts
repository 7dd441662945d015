import { announcedRound } from '../../../contract/beacon.ts';
import type { EventId, QueueEntryId } from '../../../contract/ids.ts';
import type { QueueEndReason } from '../../../contract/queue-refusals.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { repeat } from '../../work/repeat.ts';
import {
  busyAtOf,
  decideStep,
  isSteady,
  longQueue,
  phaseUnderLoad,
  rateOverMs,
  ratePerMinute,
} from './admission.ts';
import { drawRoom } from './draw-room.ts';
import { endPlaces } from './end-places.ts';
import {
  type Admitted,
  admitFirst,
  announceRound,
  closeList,
  endAdmissions,
  endRoom,
  extendAdmissions,
  type KeptRoom,
  noteSigns,
  noteStep,
  noteTold,
  readSeen,
  selectDue,
  takeRoom,
  tellWaiting,
} from './keeper-store.ts';
import { backMs, keepingOf } from './keeping.ts';
import { idleSecondsOf } from './signs.ts';
import { enqueueTold, nearUpTo, type Told } from './tell-turns.ts';
import { awaitsBeacon, clockGraceMs, type RoomRow } from './waiting-room.ts';

type Keeper = Pick<App, 'db' | 'clock' | 'log' | 'rooms' | 'ledger' | 'metrics' | 'beacon'>;

/** What a step did, to be counted after its commit. */
interface Done {
  phase: RoomRow['phase'];
  ended: { reason: QueueEndReason; count: number }[];
  /** How many seconds each person waited who was let in. */
  waits: number[];
}

/**
 * Keeps the waiting rooms: closes a list at its opening and draws it, ends admissions, and lets the next people in. Every
 * process with the role `api` or `worker` does it. They take turns at the row of a room. Two steps at
 * the same time let in no more people than one, because the allowance grows with the time.
 */
export async function keepRooms(app: Keeper): Promise<void> {
  const { work, errors } = await stepRooms(app);
  await Promise.all(work.map(({ run }) => run()));
  throwFirst(errors);
}

/** A room that fails keeps none of the others waiting, so it says so at the end. */
function throwFirst(errors: unknown[]): void {
  if (errors.length > 0) throw errors[0];
}

/** Work at one room that may take a minute: the draw, and ending the places of everybody. */
interface LongWork {
  eventId: EventId;
  run(signal?: AbortSignal): Promise<void>;
}

/** A short step of each room that is due. One statement finds them, so that rooms without people cost nothing else. */
async function stepRooms(app: Keeper): Promise<{ work: LongWork[]; errors: unknown[] }> {
  const inUse = app.rooms.inUse();
  if (inUse.length === 0) return { work: [], errors: [] };
  const due = await selectDue(app.db, inUse, {
    now: app.clock.now(),
    isLoaded: app.ledger.queued() >= longQueue,
    hasBeacon: app.beacon !== null,
  });
  const work: LongWork[] = [];
  const errors: unknown[] = [];
  const left = due.values();
  const keepNext = async () => {
    for (const eventId of left)
      await keepRoom(app, eventId).then(
        (phase) => work.push(...longWork(app, eventId, phase)),
        (error) => errors.push(error),
      );
  };
  await Promise.all(Array.from({ length: mostAtOnce }, keepNext));
  return { work, errors };
}

/** Rooms share the pool of connections with requests. */
const mostAtOnce = 3;

function longWork(app: Keeper, eventId: EventId, phase: RoomRow['phase'] | undefined): LongWork[] {
  if (phase === 'closed') return [{ eventId, run: (signal) => drawRoom(app, eventId, { signal }) }];
  if (phase !== 'ended') return [];
  const run = async (signal?: AbortSignal) => {
    const reason = 'queue_over';
    app.metrics.queueEnded.inc({ reason }, await endPlaces(app, eventId, { signal }));
  };
  return [{ eventId, run }];
}

async function keepRoom(app: Keeper, eventId: EventId): Promise<RoomRow['phase'] | undefined> {
  // Taken before the transaction, which may run again after a deadlock.
  const signs = app.rooms.signs.take(eventId);
  try {
    return await keepWith(app, eventId, signs);
  } catch (error) {
    app.rooms.signs.giveBack(eventId, signs);
    throw error;
  }
}

async function keepWith(
  app: Keeper,
  eventId: EventId,
  signs: Map<QueueEntryId, number>,
): Promise<RoomRow['phase'] | undefined> {
  const done = await app.db.transaction(async (trx): Promise<Done | null> => {
    const room = await takeRoom(trx, eventId);
    if (!room) return null;
    if (signs.size > 0) await noteSigns(trx, eventId, signs);
    const now = app.clock.now();
    // A list that is closed is drawn first, so that everybody has the position that was promised, unless it waits for a beacon.
    // Before the opening nobody is sent away, because a sale that was stopped may go on until then.
    const waitsForOpening = room.phase === 'joining' && room.opens_at !== null && room.opens_at > now;
    const mustDraw = room.phase === 'closed' && !awaitsBeacon(room);
    if (room.closes_at <= now && !mustDraw && room.phase !== 'ended' && !waitsForOpening) {
      await endRoom(trx, eventId);
      return { phase: 'ended', ...nothing };
    }
    const chain = room.beacon_chain ?? app.beacon?.chain;
    if (room.phase === 'joining' && chain && room.opens_at && room.beacon_round === null)
      await announceRound(trx, eventId, { chain, round: announcedRound(chain, room.opens_at.getTime()) });
    if (room.phase === 'joining' && room.opens_at !== null && room.opens_at <= now) {
      await closeList(trx, eventId);
      return { phase: 'closed', ...nothing };
    }
    if (room.phase === 'joining' && room.waiting !== room.told_waiting) await tellWaiting(trx, eventId);
    const isOpen = room.phase === 'open' || room.phase === 'standby';
    return { phase: room.phase, ...(isOpen ? await letIn(app, trx, room, now) : nothing) };
  });
  if (done) count(app.metrics, done);
  return done?.phase;
}

const nothing: Omit<Done, 'phase'> = { ended: [], waits: [] };

function count(metrics: App['metrics'], { ended, waits }: Done): void {
  for (const { reason, count } of ended) metrics.queueEnded.inc({ reason }, count);
  metrics.queueAdmissions.inc(waits.length);
  for (const seconds of waits) metrics.queueWaitSeconds.observe(seconds);
}

async function letIn(app: Keeper, trx: Transaction, room: KeptRoom, now: Date): Promise<Omit<Done, 'phase'>> {
  const { isDone, isAhead, isBack, keptSince } = keepingOf(room, now);
  if (isDone) return nothing;
  const eventId = room.event_id;
  if (isAhead)
    app.log.warn(
      { eventId, keptAt: room.kept_at, now },
      'a process whose clock is ahead kept this waiting room',
    );
  const extended = isBack ? await extendAdmissions(trx, eventId, new Date(now.getTime() + backMs)) : 0;
  const idleMs = idleSecondsOf(room.window_seconds) * 1000 + clockGraceMs;
  const idleSince = new Date(now.getTime() - idleMs);
  const ended = await endAdmissions(trx, eventId, { now, idleSince, keptSince });
  const seen = {
    ...(await readSeen(trx, eventId, now, new Date(now.getTime() - rateOverMs))),
    queued: app.ledger.queued(),
  };
  const step = decideStep(room.told_waiting > 0 ? room : afterIdleness(room, now), seen, now);
  const until = new Date(now.getTime() + room.window_seconds * 1000);
  const admitted = step.letIn > 0 ? await admitFirst(trx, room, step.letIn, { now, until }) : [];
  const busyAt = busyAtOf(room.busy_at, seen, now);
  const openSinceMs = room.drawn_at ? now.getTime() - room.drawn_at.getTime() : rateOverMs;
  const after = {
    phase: room.mode === 'under-load' ? phaseUnderLoad(room, seen, { busyAt, now }) : room.phase,
    allowance: step.allowance,
    pace: step.pace,
    let_in_per_minute: ratePerMinute(seen.letIn + admitted.length, openSinceMs),
    places_left: seen.left,
    paying: seen.paying,
    vacancies: step.vacancies,
    full_since: step.fullSince,
  };
  const isNews =
    admitted.length > 0 ||
    room.kept_at === null ||
    extended > 0 ||
    room.waiting !== room.told_waiting ||
    isSteady(step.fullSince, now) !== isSteady(room.full_since, room.kept_at) ||
    (['phase', 'let_in_per_minute', 'places_left', 'paying', 'vacancies'] as const).some(
      (name) => after[name] !== room[name],
    );
  const serving = await noteStep(trx, eventId, {
    ...after,
    now,
    keptSince,
    busyAt,
    letIn: admitted.length,
    isNews,
  });
  const told = {
    told_up_to: nearUpTo(room, {
      serving,
      perMinute: after.let_in_per_minute,
      isHalted: room.paused || seen.left === 0,
      vacancies: step.vacancies,
      isSteady: isSteady(step.fullSince, now),
    }),
    come_up_to: serving,
  };
  await tellTurns(trx, room, told, now);
  return { ended: countReasons(ended), waits: admitted.map((entry) => secondsWaited(entry, room, now)) };
}

/** Nobody waited at the last step, and it may be a minute ago. That time must not let a crowd in. */
function afterIdleness(room: KeptRoom, now: Date): RoomRow {
  const second = now.getTime() - 1000;
  const { kept_at } = room;
  return { ...room, kept_at: kept_at && new Date(Math.max(kept_at.getTime(), second)) };
}

/** With the transaction of the step, so that a crash tells nobody twice and forgets nobody. */
async function tellTurns(trx: Transaction, room: KeptRoom, told: Told, now: Date): Promise<void> {
  if (told.told_up_to <= room.told_up_to && told.come_up_to <= room.come_up_to) return;
  await noteTold(trx, room.event_id, told);
  await enqueueTold(trx, room.event_id, { before: room, after: told, now });
}

const countReasons = (ended: { reason: QueueEndReason }[]): Done['ended'] =>
  [...Map.groupBy(ended, ({ reason }) => reason)].map(([reason, some]) => ({ reason, count: some.length }));

/** Before the draw nobody could be let in, so that time does not count. */
function secondsWaited({ joined_at, in_draw }: Admitted, { drawn_at }: RoomRow, now: Date): number {
  const since = in_draw && drawn_at !== null ? drawn_at : joined_at;
  return Math.max(0, (now.getTime() - since.getTime()) / 1000);
}

const failed = 'keeping the waiting rooms failed and will be tried again';

/** Keeps the rooms every `everyMs` until stopped. Long work at one room does not hold up the others. */
export function startKeeping(app: Keeper, everyMs = 500): { stop(): Promise<void> } {
  const working = new Map<EventId, Promise<void>>();
  const stopping = new AbortController();
  const start = ({ eventId, run }: LongWork) => {
    if (working.has(eventId)) return;
    const running = run(stopping.signal)
      .catch((error) => app.log.warn({ err: error }, failed))
      .finally(() => working.delete(eventId));
    working.set(eventId, running);
  };
  const step = async () => {
    const { work, errors } = await stepRooms(app);
    for (const each of work) start(each);
    throwFirst(errors);
  };
  const keeping = repeat(step, { everyMs, log: app.log, failed });
  return {
    async stop() {
      stopping.abort();
      await keeping.stop();
      await Promise.all(working.values());
    },
  };
}
