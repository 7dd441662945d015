import { minorDigits } from '../../../../contract/currencies.ts';
import type { Currency } from '../../../../contract/money.ts';
import { type ExploreSearch, radiiKm, type WhenFilter } from './search.ts';

/** The API's query. Amounts become minor units; Intl knows how many a currency has. */
export function queryOf(search: ExploreSearch, nowMs: number) {
  const { q, category, tag, city, near, km, sort, min, max, currency } = search;
  const priced = currency !== undefined && (min !== undefined || (max ?? 0) > 0);
  const minor = (amount: number) => (priced ? amount * unitOf(currency) : amount);
  return {
    q,
    // Words such as "tonight" go by this device's calendar.
    today: q ? dayAfter(new Date(nowMs), 0) : undefined,
    category,
    tag,
    city,
    near,
    radiusKm: near ? (km ?? radiiKm[0]) : undefined,
    // The nearest first, unless the person chose another order.
    sort: near ? (sort ?? 'distance') : sort === 'distance' ? undefined : sort,
    ...daysOf(search, nowMs),
    minPrice: priced && min !== undefined ? minor(min) : undefined,
    maxPrice: max === 0 || (priced && max !== undefined) ? minor(max ?? 0) : undefined,
    currency: priced ? currency : undefined,
  };
}

/** Minor units in one of a currency: 100 cents, 1 yen. */
const unitOf = (currency: Currency): number => 10 ** minorDigits(currency);

/** The date filter as days at the events' places. */
export function daysOf(search: ExploreSearch, nowMs: number): { fromDay?: string; toDay?: string } {
  if (search.from || search.to) {
    return { ...(search.from && { fromDay: search.from }), ...(search.to && { toDay: search.to }) };
  }
  if (!search.when) return {};
  const now = new Date(nowMs);
  // Monday is 0. On a Saturday or Sunday it is the present weekend.
  const weekday = (now.getDay() + 6) % 7;
  const spans: Record<WhenFilter, [number, number]> = {
    today: [0, 0],
    tomorrow: [1, 1],
    weekend: [Math.max(5 - weekday, 0), 6 - weekday],
    week: [0, 6],
    month: [0, 30],
  };
  const [first, last] = spans[search.when];
  return { fromDay: dayAfter(now, first), toDay: dayAfter(now, last) };
}

/** The day this many days later, by this device's calendar. */
function dayAfter(now: Date, days: number): string {
  const then = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 12);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())}`;
}
