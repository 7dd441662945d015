import { currencies } from '../../../../contract/currencies.ts';
import type { Category } from '../../../../contract/events.ts';
import type { Currency } from '../../../../contract/money.ts';
import { categories } from './categories.ts';

export const whens = ['today', 'tomorrow', 'weekend', 'week', 'month'] as const;
export type WhenFilter = (typeof whens)[number];
const sorts = ['date', 'price', 'newest', 'distance'] as const;
export type Sort = (typeof sorts)[number];

/** The radii to choose from, in kilometres. The first is the default. */
export const radiiKm = [50, 10, 25, 100, 250] as const;

/** The filters in the address bar. Invalid values are dropped. */
export interface ExploreSearch {
  q?: string;
  category?: Category;
  tag?: string;
  city?: string;
  /** `52.52,13.4`: to about a kilometre, because people share addresses. */
  near?: string;
  km?: number;
  when?: WhenFilter;
  /** Days as `2027-01-15`, at the events' places. They replace `when`. */
  from?: string;
  to?: string;
  /** Prices in whole units of `currency`. A maximum of 0 means free, in any currency. */
  min?: number;
  max?: number;
  currency?: Currency;
  sort?: Sort;
}

const day = /^\d{4}-\d{2}-\d{2}$/;
const place = /^-?\d{1,2}(\.\d{1,2})?,-?\d{1,3}(\.\d{1,2})?$/;

export function readExploreSearch(given: Record<string, unknown>): ExploreSearch {
  const text = (name: string, max: number) => {
    const value = given[name];
    const trimmed = typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, max) : '';
    return trimmed.trim() === '' ? undefined : trimmed;
  };
  const whole = (name: string) => {
    const value = Number(text(name, 7) ?? Number.NaN);
    return Number.isInteger(value) && value >= 0 ? value : undefined;
  };
  const one = <T extends string>(name: string, list: readonly T[]) =>
    list.includes(given[name] as T) ? (given[name] as T) : undefined;
  const near = text('near', 20);
  const from = text('from', 10);
  const to = text('to', 10);
  const km = whole('km');
  const read = {
    q: text('q', 100),
    category: one('category', Object.keys(categories) as Category[]),
    tag: text('tag', 30),
    city: text('city', 80),
    near: near && place.test(near) ? near : undefined,
    km: near && (radiiKm as readonly number[]).includes(km ?? 0) ? km : undefined,
    when: one('when', whens),
    from: from && day.test(from) ? from : undefined,
    // The server refuses a range that ends before it begins.
    to: to && day.test(to) && !(from && to < from) ? to : undefined,
    min: whole('min'),
    max: whole('max'),
    currency: one('currency', currencies),
    sort: one('sort', sorts),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)) as ExploreSearch;
}

/** True without filters: then the page shows more than a list. */
export const isOpen = ({ sort: _, ...filters }: ExploreSearch): boolean => Object.keys(filters).length === 0;
