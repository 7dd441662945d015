import type { recommendationReasons } from '../../../contract/discovery.ts';
import type { Category } from '../../../contract/events.ts';
import type { OrganisationId } from '../../../contract/ids.ts';
import { countAt } from './heat.ts';
import { slugOf } from './slug.ts';
import type { EventRow } from './store.ts';

export type Because = (typeof recommendationReasons)[number];

/** Something that somebody likes, how much, and how we know. */
export type Liking = { weight: number; because: Because } & (
  | { category: Category }
  | { city: string }
  | { organisationId: OrganisationId }
);

export interface Candidate {
  row: EventRow;
  heat: number | null;
}

/** What a liking of weight 1 is worth. What an event is counts for more than where it is. */
const worth = { category: 3, city: 2, organisation: 1 };
/** At most, for an event that many buy, and for one that is close in time. */
const mostForHeat = 1;
const mostForTime = 1;
/** Each event of a category that is chosen makes the next one of it weigh so much less: nobody wants eight alike. */
const sameness = 0.6;

/**
 * The candidates that fit the likings best, the best first, each with what speaks for it most. Those that fit
 * none are left out. `aroundMs` is the time that is best: now, or when the event that others are compared with starts.
 */
export function rank(
  candidates: Candidate[],
  likings: Liking[],
  { now, aroundMs, limit }: { now: Date; aroundMs: number; limit: number },
): { row: EventRow; because: Because }[] {
  const left = candidates.flatMap((candidate) => {
    const fit = fitOf(candidate.row, likings);
    if (!fit) return [];
    const score = fit.score + forHeat(candidate, now) + forTime(candidate.row, aroundMs);
    return { row: candidate.row, because: fit.because, score };
  });
  const chosen: typeof left = [];
  while (chosen.length < limit && left.length > 0) {
    const value = (each: (typeof left)[number]) =>
      each.score - sameness * chosen.filter(({ row }) => row.category === each.row.category).length;
    const best = left.reduce((a, b) =>
      value(b) > value(a) || (value(b) === value(a) && b.row.id < a.row.id) ? b : a,
    );
    left.splice(left.indexOf(best), 1);
    chosen.push(best);
  }
  return chosen.map(({ row, because }) => ({ row, because }));
}

function fitOf(row: EventRow, likings: Liking[]): { score: number; because: Because } | null {
  let score = 0;
  let best: { because: Because; value: number } | null = null;
  for (const liking of likings) {
    const value = liking.weight * worthOf(row, liking);
    score += value;
    if (value > (best?.value ?? 0)) best = { because: liking.because, value };
  }
  return best && { score, because: best.because };
}

function worthOf(row: EventRow, liking: Liking): number {
  if ('category' in liking) return row.category === liking.category ? worth.category : 0;
  if ('city' in liking) return slugOf(row.city) === slugOf(liking.city) ? worth.city : 0;
  return row.organisation_id === liking.organisationId ? worth.organisation : 0;
}

/** Half of it from ten orders of today on. */
function forHeat({ heat }: Candidate, now: Date): number {
  if (heat === null) return 0;
  const count = countAt(heat, now);
  return (mostForHeat * count) / (count + 10);
}

/** Less by half for every three weeks between. */
const forTime = (row: EventRow, aroundMs: number): number =>
  mostForTime * 2 ** (-Math.abs(row.starts_at.getTime() - aroundMs) / (21 * 86_400_000));

/** Likings that speak from the events that somebody looked at: the latest most, all of them together as much as one interest. */
export function likingsOfViewed(viewed: EventRow[]): Liking[] {
  const shares = viewed.map((_, i) => 0.85 ** i);
  const sum = shares.reduce((all, share) => all + share, 0);
  return viewed.flatMap((row, i): Liking[] => {
    const weight = (shares[i] ?? 0) / sum;
    const because = 'viewed';
    return [
      { category: row.category, weight, because },
      { city: row.city, weight: weight / 2, because },
      { organisationId: row.organisation_id, weight, because },
    ];
  });
}
