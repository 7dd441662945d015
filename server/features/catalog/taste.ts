import type { recommendationReasons } from '../../../contract/discovery.ts';
import type { Category } from '../../../contract/events.ts';
import type { OrganisationId } from '../../../contract/ids.ts';
import { placeKey } from './find-places.ts';
import { countAt } from './heat.ts';
import type { EventRow } from './store.ts';

export type Because = (typeof recommendationReasons)[number];

/** A liking: what a person likes, how much, and how we know. */
export type Liking = { weight: number; because: Because } & (
  | { category: Category }
  | { city: string }
  | { organisationId: OrganisationId }
);

export interface Candidate {
  row: EventRow;
  heat: number | null;
}

/** The worth of a liking of weight 1. An event's kind counts for more than its place. */
const worth = { category: 3, city: 2, organisation: 1 };
/** The maximum for an event that many buy, and for one that is close in time. */
const mostForHeat = 1;
const mostForTime = 1;
/**
 * Each chosen event reduces the weight of the next one of its category by this factor, so that not all eight are
 * alike.
 */
const sameness = 0.6;

/**
 * Ranks the candidates by the likings, best first, each with its strongest reason. It leaves out candidates without a
 * match. `aroundMs` is the preferred time: now, or the start of the event to compare with.
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

/** The worth of a liked thing, by the reasons to like it. */
type Values = Map<string, Map<Because, number>>;

const categoryKey = (category: Category) => `category ${category}`;
const cityKey = (city: string) => `city ${placeKey(city)}`;
const organisationKey = (id: OrganisationId) => `organisation ${id}`;

/** The likings as a table, so that each event needs a look-up and no comparison with every liking. */
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

/** Reaches half of the maximum at ten orders of today. */
function forHeat({ heat }: Candidate, now: Date): number {
  if (heat === null) return 0;
  const count = countAt(heat, now);
  return (mostForHeat * count) / (count + 10);
}

/** Halves with every three weeks of distance. */
const forTime = (row: EventRow, aroundMs: number): number =>
  mostForTime * 2 ** (-Math.abs(row.starts_at.getTime() - aroundMs) / (21 * 86_400_000));

/** Likings from viewed events: the latest count most, and all together as much as one interest. */
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
