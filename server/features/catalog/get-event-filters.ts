import type { z } from 'zod';
import type { getEventFilters as contract } from '../../../contract/discovery.ts';
import type { App } from '../../app.ts';
import { selectFilters, selectTags } from './discovery-store.ts';
import { placeKey } from './find-places.ts';

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
  const now = app.clock.now();
  const [rows, tags] = await Promise.all([selectFilters(app.db, now), selectTags(app.db, now)]);
  return {
    tags,
    cities: mergeNames(rows.flatMap(({ city, events }) => (city === null ? [] : { city, events }))).slice(
      0,
      maxCities,
    ),
    categories: rows.flatMap(({ category, events }) => (category === null ? [] : { category, events })),
    currencies: rows.flatMap(({ currency, events }) => (currency === null ? [] : { currency, events })),
  };
}

/** One entry for each place, under the name that most of its events use: `?city=` finds the others too. */
function mergeNames(cities: Filters['cities']): Filters['cities'] {
  const merged = new Map<string, Filters['cities'][number]>();
  for (const { city, events } of cities) {
    const known = merged.get(placeKey(city));
    if (known) known.events += events;
    else merged.set(placeKey(city), { city, events });
  }
  return [...merged.values()].sort((a, b) => b.events - a.events);
}
