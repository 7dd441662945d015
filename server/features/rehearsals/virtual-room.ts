/** A waiting room in virtual time. What it decides, it decides with Admit's own functions: draw, admission, rate, estimate. */
import { drawOrder } from '../../../contract/draw.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { Queue } from '../../../contract/waiting-room.ts';
import { decideStep, rateOverMs, ratePerMinute } from '../waiting-room/admission.ts';
import { idleSecondsOf } from '../waiting-room/signs.ts';
import { type RoomRow, showQueue, waitOf } from '../waiting-room/waiting-room.ts';
import { type Plan, usualTerms } from './plan.ts';

const eventId: EventId = 'evt_00000000000000000000000000';
const states = { none: 0, waiting: 1, active: 2, ended: 3 } as const;

export interface VirtualRoom {
  join(n: number): void;
  leave(n: number): void;
  /** What the person is told. */
  tell(
    n: number,
    nowMs: number,
  ): {
    status: 'before_draw' | 'waiting' | 'active' | 'ended';
    position: number | null;
    waitSeconds: number | null;
  };
  isAdmitted(n: number): boolean;
  /** Whether the person holds places. People who were let in and hold none are those who choose. */
  noteHold(n: number, holds: boolean): void;
  /** Whoever bought has had their turn when the keeper looks. */
  noteBought(n: number): void;
  draw(nowMs: number): Promise<void>;
  /** The keeper looks. Returns whom it let in. */
  keep(nowMs: number, places: { left: number; paying: number }): number[];
  /** What everybody sees since the last look. */
  queue(): Queue;
  /** People who were let in ahead of somebody who waited. */
  overtaken(): string[];
}

export function createVirtualRoom(plan: Plan): VirtualRoom {
  const state = new Uint8Array(plan.people);
  const holds = new Uint8Array(plan.people);
  const positions = new Int32Array(plan.people);
  /** People by position; the first has position 1. */
  const line: number[] = [];
  const early: number[] = [];
  /** Who was let in, in order, and when. The windows end in the same order. */
  const admitted: { n: number; atMs: number }[] = [];
  /** People who were let in, and when they gave the last sign of life. */
  const seenMs = new Map<number, number>();
  const steps: { atMs: number; letIn: number }[] = [];
  let windows = 0;
  let firstStep = 0;
  let choosing = 0;
  let head = 0;
  let idleLookMs = 0;
  let last = 0;
  let bought: number[] = [];
  const row = emptyRoom(plan);
  let shown: Queue | null = null;
  const overtaken: string[] = [];

  function become(n: number, next: number): void {
    const chose = state[n] === states.active && !holds[n];
    if (state[n] === states.waiting) row.waiting--;
    state[n] = next;
    if (next === states.ended) seenMs.delete(n);
    if (next === states.waiting) row.waiting++;
    choosing += Number(next === states.active && !holds[n]) - Number(chose);
  }

  function endAdmissions(nowMs: number): void {
    for (const n of bought) if (state[n] === states.active) become(n, states.ended);
    bought = [];
    const overMs = nowMs - row.window_seconds * 1000 - 2000;
    for (; windows < admitted.length && (admitted[windows]?.atMs ?? 0) <= overMs; windows++) {
      const { n } = admitted[windows] as { n: number };
      if (state[n] === states.active) become(n, states.ended);
    }
    if (nowMs < idleLookMs) return;
    idleLookMs = nowMs + 5000;
    const idleMs = idleSecondsOf(row.window_seconds) * 1000 + 2000;
    for (const [n, atMs] of seenMs) if (atMs <= nowMs - idleMs && !holds[n]) become(n, states.ended);
  }

  function admitFirst(most: number, nowMs: number): number[] {
    const now: number[] = [];
    for (; now.length < most && head < line.length; head++) {
      const n = line[head] as number;
      if (state[n] !== states.waiting) continue;
      become(n, states.active);
      if ((positions[n] ?? 0) <= last) overtaken.push(`position ${positions[n]} after ${last}`);
      last = positions[n] ?? 0;
      seenMs.set(n, nowMs);
      admitted.push({ n, atMs: nowMs });
      now.push(n);
    }
    while (head < line.length && state[line[head] as number] !== states.waiting) head++;
    row.now_serving = Math.max(row.now_serving, head);
    return now;
  }

  function letInLately(nowMs: number): number {
    while (firstStep < steps.length && (steps[firstStep]?.atMs ?? 0) <= nowMs - rateOverMs) firstStep++;
    let sum = 0;
    for (let i = firstStep; i < steps.length; i++) sum += steps[i]?.letIn ?? 0;
    return sum;
  }

  return {
    join(n) {
      if (state[n] !== states.none) return;
      become(n, states.waiting);
      if (row.phase === 'joining') early.push(n);
      else positions[n] = line.push(n);
      row.next_position = line.length + 1;
    },
    leave(n) {
      if (state[n] === states.waiting || state[n] === states.active) become(n, states.ended);
    },
    tell(n, nowMs) {
      if (state[n] === states.active) seenMs.set(n, nowMs);
      const now = new Date(nowMs);
      const status = (['ended', 'waiting', 'active', 'ended'] as const)[state[n] ?? 0] ?? 'ended';
      const position = positions[n] || null;
      const { waitSeconds } = waitOf({ status, position }, row, now);
      return {
        status: status === 'waiting' && position === null ? 'before_draw' : status,
        position,
        waitSeconds,
      };
    },
    isAdmitted: (n) => state[n] === states.active,
    noteHold(n, isHeld) {
      const isActive = state[n] === states.active;
      if (isActive) choosing += Number(!isHeld) - Number(!holds[n]);
      holds[n] = Number(isHeld);
    },
    noteBought: (n) => void bought.push(n),
    async draw(nowMs) {
      const entries = early
        .filter((n) => state[n] === states.waiting)
        .sort((a, b) => a - b)
        .map((n) => ({ id: String(n).padStart(9, '0'), salt: n.toString(16).padStart(32, '0') }));
      const seed = plan.seed.toString(16).padStart(64, '0');
      for (const id of await drawOrder({ eventId, seed, beacon: null }, entries)) {
        const n = Number(id);
        positions[n] = line.push(n);
      }
      shown = null;
      Object.assign(row, { phase: 'open', drawn_at: new Date(nowMs), next_position: line.length + 1 });
    },
    keep(nowMs, { left, paying }) {
      endAdmissions(nowMs);
      const now = new Date(nowMs);
      const letIn = letInLately(nowMs);
      // The ledger keeps up: virtual time has no machine.
      const seen = { isOnSale: nowMs >= plan.opensMs, left, paying, choosing, letIn, queued: 0 };
      const step = decideStep(row, seen, now);
      const people = admitFirst(step.letIn, nowMs);
      if (people.length > 0) steps.push({ atMs: nowMs, letIn: people.length });
      const openSinceMs = row.drawn_at ? nowMs - row.drawn_at.getTime() : rateOverMs;
      Object.assign(row, {
        allowance: step.allowance,
        pace: step.pace,
        vacancies: step.vacancies,
        full_since: step.fullSince,
        kept_at: now,
        let_in_per_minute: ratePerMinute(letIn + people.length, openSinceMs),
        places_left: left,
        paying,
      });
      shown = null;
      return people;
    },
    queue() {
      shown ??= showQueue(row);
      return shown;
    },
    overtaken: () => overtaken,
  };
}

/** The room as Admit makes it (migrations/0072_waiting_rooms.sql). */
const emptyRoom = (plan: Plan): RoomRow => ({
  event_id: eventId,
  mode: 'scheduled',
  phase: 'joining',
  opens_at: new Date(plan.opensMs),
  closes_at: new Date(8.64e15),
  commitment: '',
  beacon: null,
  beacon_chain: null,
  beacon_round: null,
  list_hash: null,
  beacon_dropped_at: null,
  drawn_at: null,
  drawn: 0,
  next_position: 1,
  now_serving: 0,
  waiting: 0,
  paused: false,
  message: '',
  people_per_minute: plan.peoplePerMinute,
  window_seconds: (plan.terms ?? usualTerms).windowSeconds,
  kept_at: null,
  kept_since: null,
  allowance: 0,
  pace: 1200,
  let_in_per_minute: null,
  places_left: 0,
  paying: 0,
  vacancies: 0,
  full_since: null,
  is_ending: false,
  lanes: [],
  version: 1,
});
