import type { z } from 'zod';
import type { getEventFilters as contract } from '../../../contract/discovery.ts';
import type { App } from '../../app.ts';
import { selectFilters } from './discovery-store.ts';

type Filters = z.output<NonNullable<(typeof contract)['reply']>>;

/** It reads every upcoming event, so one answer serves everybody for a minute. */
const keptMs = 60_000;
const kept = new WeakMap<App, { atMs: number; filters: Promise<Filters> }>();

/** A list of cities longer than this is not read. */
const maxCities = 300;

/** What there is to choose from. */
export function getEventFilters(app: App): Promise<Filters> {
  const nowMs = app.clock.now().getTime();
  const known = kept.get(app);
  if (known && nowMs - known.atMs < keptMs) return known.filters;
  const filters = readFilters(app);
  kept.set(app, { atMs: nowMs, filters });
  filters.catch(() => kept.delete(app));
  return filters;
}

async function readFilters(app: App): Promise<Filters> {
  const rows = await selectFilters(app.db, app.clock.now());
  return {
    cities: rows.flatMap(({ city, events }) => (city === null ? [] : { city, events })).slice(0, maxCities),
    categories: rows.flatMap(({ category, events }) => (category === null ? [] : { category, events })),
    currencies: rows.flatMap(({ currency, events }) => (currency === null ? [] : { currency, events })),
  };
}
