import type { ExploreSearch } from './search.ts';

/** The class of a filter's further fields, in a row below all filters. */
export const filterDetails = 'order-1 flex w-full items-end gap-2';

export interface FilterProps {
  search: ExploreSearch;
  set: (change: (old: ExploreSearch) => ExploreSearch) => void;
}
