import type { EventId, Id } from '../../../contract/ids.ts';
import type { Rehearsal } from '../../../contract/rehearsals.ts';
import { usualWindowSeconds } from '../waiting-room/waiting-room.ts';
import { type Journal, type Sample, summariseWaits } from './journal.ts';
import type { Outcome } from './outcome.ts';
import type { Plan } from './plan.ts';

export type Wishes = Pick<Rehearsal, 'people' | 'bots' | 'peoplePerMinute' | 'seed'>;
export type Figures = NonNullable<Rehearsal['figures']>;

export interface RehearsalRow {
  id: Id<'rehearsal'>;
  eventId: EventId;
  status: Rehearsal['status'];
  wishes: Wishes;
  figures: Figures | null;
  createdAt: Date;
  finishedAt: Date | null;
}

export const showRehearsal = ({ wishes, createdAt, finishedAt, ...row }: RehearsalRow): Rehearsal => ({
  ...row,
  ...wishes,
  createdAt: createdAt.toISOString(),
  finishedAt: finishedAt?.toISOString() ?? null,
});

const minute = 60_000;
/** People come from five minutes before the opening on, and go home two hours after it. */
const leadMs = 5 * minute;
const lastArrivalMs = 20 * minute;
const lastsMs = 120 * minute;

/** The terms of a sale that a rehearsal copies. */
interface CopiedSale {
  places: number;
  maxPerBuyer: number;
  holdSeconds: number;
  windowSeconds: number | undefined;
  orderReview: { fromScore: number; accountsPerNetwork: number } | null;
}

/** The plan of a rehearsal: the copy of the sale, and who comes. */
export const planOf = (sale: CopiedSale, { people, bots, peoplePerMinute, seed }: Wishes): Plan => ({
  people,
  bots,
  seed,
  peoplePerMinute,
  seats: sale.places,
  opensMs: leadMs,
  lastArrivalMs,
  endsMs: leadMs + lastsMs,
  terms: {
    reviewFromScore: sale.orderReview?.fromScore ?? null,
    accountsPerNetwork: sale.orderReview?.accountsPerNetwork ?? 20,
    maxPerBuyer: sale.maxPerBuyer,
    holdSeconds: sale.holdSeconds,
    windowSeconds: sale.windowSeconds ?? usualWindowSeconds,
  },
});

/** Decision: how many places of an event are free in all its ticket types. Types may share a pool, which counts once. */
export function freePlaces(
  types: { poolIds: string[] }[],
  pools: { id: string; capacity: number; sold: number; blocked: number }[],
): number {
  const free = new Map(pools.map((pool) => [pool.id, Math.max(0, pool.capacity - pool.sold - pool.blocked)]));
  const perType = types.map(({ poolIds }) => Math.min(...poolIds.map((id) => free.get(id) ?? 0)));
  const used = new Set(types.flatMap(({ poolIds }) => poolIds));
  const sum = (numbers: Iterable<number>) => [...numbers].reduce((all, each) => all + each, 0);
  return Math.min(sum(perType), sum([...used].map((id) => free.get(id) ?? 0)));
}

/** The figures of a rehearsal. */
export function figuresOf({ journal, tickets, promises }: Outcome): Figures {
  const { plan, samples, admitted } = journal;
  const sold = samples.at(-1)?.sold ?? 0;
  const soldOut = samples.find((sample) => sample.sold >= plan.seats);
  return {
    places: plan.seats,
    sold,
    soldOutMinutes: soldOut ? Math.round((soldOut.atMs - plan.opensMs) / 6000) / 10 : null,
    tickets,
    admitted,
    longestQueue: Math.max(0, ...samples.map(({ waiting }) => waiting)),
    waits: waitsOf(journal),
    refusals: countCodes(journal),
    brokenPromises: promises.flatMap(({ name, broken }) => (broken.length > 0 ? [name] : [])),
    minutes: minutesOf(samples, plan),
  };
}

function waitsOf({ waits }: Journal): Figures['waits'] {
  if (waits.length === 0) return null;
  const { people, toldMedianMs, realMedianMs } = summariseWaits(waits);
  return {
    people,
    toldMedianSeconds: Math.round(toldMedianMs / 1000),
    realMedianSeconds: Math.max(0, Math.round(realMedianMs / 1000)),
  };
}

function countCodes({ refusals }: Journal): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code } of refusals) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

/** The last sample of each minute, until nothing changes any more. */
function minutesOf(samples: Sample[], { opensMs }: Plan): Figures['minutes'] {
  const byMinute = new Map<number, Sample>();
  for (const sample of samples) byMinute.set(Math.floor((sample.atMs - opensMs) / minute), sample);
  return [...byMinute].map(([at, { waiting, admitted, sold }]) => ({ minute: at, waiting, admitted, sold }));
}
