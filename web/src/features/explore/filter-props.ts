import type { ExploreSearch } from './search.ts';

/** What a filter asks further, in a row below all of them. */
export const filterDetails = 'order-1 flex w-full items-end gap-2';

export interface FilterProps {
  search: ExploreSearch;
  set: (change: (old: ExploreSearch) => ExploreSearch) => void;
}
