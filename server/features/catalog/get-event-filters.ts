import type { z } from 'zod';
import type { getEventFilters as contract } from '../../../contract/discovery.ts';
import type { App } from '../../app.ts';
import { selectFilters } from './discovery-store.ts';

export type Filters = z.output<NonNullable<(typeof contract)['reply']>>;

/** The answer needs every upcoming event, so it is cached for a minute, or until the public lists change. */
const keptMs = 60_000;

/** Nobody reads a longer list of cities. */
const maxCities = 300;

/** Returns the filters that a visitor can choose from. */
export function getEventFilters(app: App): Promise<Filters> {
  const nowMs = app.clock.now().getTime();
  const kept = app.caches.filters;
  const known = kept.get('all');
  if (known && nowMs - known.atMs < keptMs) return known.filters;
  const filters = readFilters(app);
  kept.put('all', { atMs: nowMs, filters });
  filters.catch(() => kept.forget('all'));
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
