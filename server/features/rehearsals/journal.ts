/** What happened in a run, real or simulated. The report and the recount read it. */
import type { Queue } from '../../../contract/waiting-room.ts';
import type { End } from './live.ts';
import type { Person, Plan } from './plan.ts';

/** The state at one instant. */
export interface Sample {
  atMs: number;
  arrived: number;
  waiting: number;
  /** People who were let in so far. */
  admitted: number;
  holds: number;
  /** Tickets that are paid and were not given back. */
  sold: number;
}

/** What a person was told, and how long it took then. */
interface Wait {
  toldMs: number;
  realMs: number;
}

export interface Refusal {
  n: number;
  isBot: boolean;
  step: string;
  code: string;
  /** When the request was sent, and when it was answered. */
  sentMs: number;
  atMs: number;
  /** Places that were asked for. */
  quantity: number;
  /** Why `not_admitted`. */
  reason?: string;
  /** How long before this request the person had sent the last one: without a sign of life a turn ends. */
  quietMs: number;
  /** The numbers of the seats that were asked for. */
  seats?: number[];
}

/** What a person has from the shop. */
export interface Visit {
  person: Person;
  entryId: string | null;
  /** Places that ended before, because the person was away. */
  former: string[];
  /** When the last request was sent. */
  sentMs: number;
  position: number | null;
  activeUntilMs: number;
  /** When they looked at their own place last. */
  lookedMs: number;
  /** The first estimate, and when it was told. */
  told: { atMs: number; waitMs: number } | null;
  admittedMs: number | null;
  orderId: string | null;
  end: End | null;
  /** A place that changed though nobody gave it up, or another thing that must not happen. */
  wrong: string | null;
}

export interface Journal {
  plan: Plan;
  samples: Sample[];
  arrived: number;
  /** Real milliseconds of each request, by step. */
  stepMs: Record<string, number[]>;
  refusals: Refusal[];
  /** Of honest people. */
  waits: Wait[];
  ends: { honest: Record<string, number>; bots: Record<string, number> };
  /** Tickets that people kept at the end. */
  tickets: { honest: number; bots: number };
  admitted: { honest: number; bots: number };
  note(step: string, tookMs: number): void;
  refuse(refusal: Refusal): void;
  end(visit: Visit, end: End): void;
}

/** A million refusals of one kind say no more than these. All are counted. */
const mostRefusals = 50_000;

export function createJournal(plan: Plan): Journal {
  const journal: Journal = {
    plan,
    samples: [],
    arrived: 0,
    stepMs: {},
    refusals: [],
    waits: [],
    ends: { honest: {}, bots: {} },
    tickets: { honest: 0, bots: 0 },
    admitted: { honest: 0, bots: 0 },
    note(step, tookMs) {
      const of = journal.stepMs[step];
      if (of) of.push(tookMs);
      else journal.stepMs[step] = [tookMs];
    },
    refuse(refusal) {
      if (journal.refusals.length < mostRefusals) journal.refusals.push(refusal);
    },
    end(visit, end) {
      visit.end = end;
      const of = visit.person.isBot ? journal.ends.bots : journal.ends.honest;
      of[end] = (of[end] ?? 0) + 1;
    },
  };
  return journal;
}

export const newVisit = (person: Person): Visit => ({
  person,
  entryId: null,
  former: [],
  sentMs: 0,
  position: null,
  activeUntilMs: 0,
  lookedMs: 0,
  told: null,
  admittedMs: null,
  orderId: null,
  end: null,
  wrong: null,
});

/** Notes that a person's turn came. */
export function noteTurn(journal: Journal, visit: Visit, atMs: number): void {
  if (visit.admittedMs !== null) return;
  visit.admittedMs = atMs;
  journal.admitted[visit.person.isBot ? 'bots' : 'honest']++;
  const { told } = visit;
  if (told && !visit.person.isBot) journal.waits.push({ toldMs: told.waitMs, realMs: atMs - told.atMs });
}

/** Notes the first estimate that a person was told. */
export function noteTold(visit: Visit, seconds: number | null, nowMs: number): void {
  if (seconds !== null && visit.told === null && visit.admittedMs === null)
    visit.told = { atMs: nowMs, waitMs: seconds * 1000 };
}

interface WaitSummary {
  people: number;
  toldMedianMs: number;
  realMedianMs: number;
  /** How far the real median is from the told one, as a share of the told one. */
  medianError: number;
  /** The median of each person's own error, as a share of what they were told; people who were told less than 10 s are left out. */
  ownMedianError: number;
  deciles: { people: number; toldMs: number; realMs: number }[];
}

const soonMs = 10_000;

export function summariseWaits(waits: Wait[]): WaitSummary {
  const byTold = waits.toSorted((a, b) => a.toldMs - b.toldMs);
  const medianOf = (values: number[]) =>
    values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length / 2) - 1)] ?? Number.NaN;
  const toldMedianMs = medianOf(waits.map(({ toldMs }) => toldMs));
  const realMedianMs = medianOf(waits.map(({ realMs }) => realMs));
  const decile = (i: number) =>
    byTold.slice(Math.floor((i * byTold.length) / 10), Math.floor(((i + 1) * byTold.length) / 10));
  return {
    people: waits.length,
    toldMedianMs,
    realMedianMs,
    medianError: (realMedianMs - toldMedianMs) / toldMedianMs,
    ownMedianError: medianOf(
      waits
        .filter(({ toldMs }) => toldMs >= soonMs)
        .map(({ toldMs, realMs }) => Math.abs(realMs - toldMs) / toldMs),
    ),
    deciles: Array.from({ length: 10 }, (_, i) => decile(i)).map((of) => ({
      people: of.length,
      toldMs: medianOf(of.map(({ toldMs }) => toldMs)),
      realMs: medianOf(of.map(({ realMs }) => realMs)),
    })),
  };
}

/** What the public state says about everybody who watches. */
export type PublicState = Pick<Queue, 'state' | 'nowServing' | 'waiting' | 'left' | 'paying' | 'drawnAt'>;
