import type { Category } from '../../../../contract/events.ts';
import { categories } from './categories.ts';

export const whens = ['today', 'tomorrow', 'weekend', 'week', 'month'] as const;
export type WhenFilter = (typeof whens)[number];

/** The filters as the address bar keeps them; what does not fit is left out. */
export interface ExploreSearch {
  q?: string;
  category?: Category;
  city?: string;
  when?: WhenFilter;
  /** Days as `2027-01-15`, in the reader's zone; they replace `when`. */
  from?: string;
  to?: string;
  sort?: 'price' | 'newest';
}

const day = /^\d{4}-\d{2}-\d{2}$/;

export function readExploreSearch(given: Record<string, unknown>): ExploreSearch {
  const text = (name: string, max: number) => {
    const value = given[name];
    const trimmed = typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, max) : '';
    return trimmed.trim() === '' ? undefined : trimmed;
  };
  const q = text('q', 100);
  const city = text('city', 80);
  const from = text('from', 10);
  const to = text('to', 10);
  return {
    ...(q && { q }),
    ...(isIn(Object.keys(categories) as Category[], given.category) && {
      category: given.category as Category,
    }),
    ...(city && { city }),
    ...(isIn(whens, given.when) && { when: given.when as WhenFilter }),
    ...(from && day.test(from) && { from }),
    ...(to && day.test(to) && { to }),
    ...(isIn(['price', 'newest'], given.sort) && { sort: given.sort as 'price' | 'newest' }),
  };
}

const isIn = (list: readonly string[], value: unknown): boolean =>
  typeof value === 'string' && list.includes(value);

/** What the filter by date means, as instants: from the reader's midnight to the reader's midnight. */
export function instantsOf(search: ExploreSearch, nowMs: number): { from?: string; to?: string } {
  if (search.from || search.to) {
    return {
      ...(search.from && { from: new Date(`${search.from}T00:00`).toISOString() }),
      ...(search.to && { to: new Date(dayAfter(new Date(`${search.to}T00:00`), 1)).toISOString() }),
    };
  }
  if (!search.when) return {};
  const today = new Date(new Date(nowMs).setHours(0, 0, 0, 0));
  // Monday is 0. On a Saturday or Sunday the weekend is the one that runs.
  const weekday = (today.getDay() + 6) % 7;
  const spans: Record<WhenFilter, [number, number]> = {
    today: [0, 1],
    tomorrow: [1, 2],
    weekend: [Math.max(5 - weekday, 0), 7 - weekday],
    week: [0, 7],
    month: [0, 31],
  };
  const [first, end] = spans[search.when];
  const from = Math.max(nowMs, dayAfter(today, first));
  return { from: new Date(from).toISOString(), to: new Date(dayAfter(today, end)).toISOString() };
}

/** Midnight so many days later, across changes of the clocks. */
const dayAfter = (midnight: Date, days: number): number =>
  new Date(midnight.getFullYear(), midnight.getMonth(), midnight.getDate() + days).getTime();
