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
  const values = valuesOf(likings);
  const left = candidates.flatMap((candidate) => {
    const fit = fitOf(candidate.row, values);
    if (!fit) return [];
    const score = fit.score + forHeat(candidate, now) + forTime(candidate.row, aroundMs);
    return { row: candidate.row, because: fit.because, score };
  });
  const chosen: typeof left = [];
  const alike = new Map<Category, number>();
  while (chosen.length < limit && left.length > 0) {
    const value = ({ row, score }: (typeof left)[number]) =>
      score - sameness * (alike.get(row.category) ?? 0);
    const best = left.reduce((a, b) =>
      value(b) > value(a) || (value(b) === value(a) && b.row.id < a.row.id) ? b : a,
    );
    left.splice(left.indexOf(best), 1);
    chosen.push(best);
    alike.set(best.row.category, (alike.get(best.row.category) ?? 0) + 1);
  }
  return chosen.map(({ row, because }) => ({ row, because }));
}

/** What something liked is worth, by each reason to like it. */
type Values = Map<string, Map<Because, number>>;

const categoryKey = (category: Category) => `category ${category}`;
/** However it is spelt. */
const cityKey = (city: string) => `city ${slugOf(city)}`;
const organisationKey = (id: OrganisationId) => `organisation ${id}`;

/** The likings as a table, so that an event is looked up in it and not compared with each of them. */
function valuesOf(likings: Liking[]): Values {
  const values: Values = new Map();
  for (const liking of likings) {
    const [key, most] =
      'category' in liking
        ? [categoryKey(liking.category), worth.category]
        : 'city' in liking
          ? [cityKey(liking.city), worth.city]
          : [organisationKey(liking.organisationId), worth.organisation];
    const reasons = values.get(key) ?? new Map<Because, number>();
    values.set(key, reasons);
    reasons.set(liking.because, (reasons.get(liking.because) ?? 0) + liking.weight * most);
  }
  return values;
}

function fitOf(row: EventRow, values: Values): { score: number; because: Because } | null {
  let score = 0;
  let best: { because: Because; value: number } | null = null;
  for (const key of [categoryKey(row.category), cityKey(row.city), organisationKey(row.organisation_id)]) {
    for (const [because, value] of values.get(key) ?? []) {
      score += value;
      if (value > (best?.value ?? 0)) best = { because, value };
    }
  }
  return best && { score, because: best.because };
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
