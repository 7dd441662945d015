import { type OrderColumn, orderColumns } from '../../../../contract/order-columns.ts';
import type { SavedOrderSearch } from '../../../../contract/order-search.ts';
import type { OrderView } from '../../../../contract/order-views.ts';
import { type ChosenFilters, dayIn, filtersIn, queryOf, type SearchOfOrders } from './order-filters.ts';

/** What the list shows: filters, and columns besides the number and the name of the buyer. */
export interface Shown {
  filters: ChosenFilters;
  columns: readonly OrderColumn[];
}

export const standardColumns: readonly OrderColumn[] = ['email', 'event', 'ordered', 'status', 'total'];
const noColumns = 'none';

/**
 * Decision: what the list shows. An address with `view` alone shows the saved list as it is now. `cols` in the address means that
 * somebody has changed something, so the address says everything.
 */
export function shownIn(search: SearchOfOrders, view: OrderView | undefined): Shown {
  if (view && search.cols === undefined) return shownBy(view.search);
  const named = search.cols?.split('.');
  const columns = named ? orderColumns.filter((each) => named.includes(each)) : standardColumns;
  return { filters: filtersIn(search), columns };
}

const shownBy = ({ columns, ...search }: SavedOrderSearch): Shown => ({
  columns: orderColumns.filter((each) => columns.includes(each)),
  filters: filtersIn({
    ...(search as ChosenFilters),
    type: search.ticketType,
    least: search.minTotal?.toString(),
    most: search.maxTotal?.toString(),
    first: search.sort === 'oldest' ? 'oldest' : undefined,
  } as ChosenFilters),
});

/** Decision: the address of the list. The standard columns need no word, unless they differ from those of a saved list. */
export function addressOf(
  { filters, columns }: Shown,
  view: string | undefined,
): Omit<SearchOfOrders, 'org' | 'q'> {
  const isStandard =
    columns.length === standardColumns.length && standardColumns.every((each) => columns.includes(each));
  return {
    ...filtersIn(filters),
    ...(view && { view }),
    ...((view || !isStandard) && { cols: columns.join('.') || noColumns }),
  };
}

/** Decision: what is saved. The address may have anything, and the server accepts only what can be asked for. */
export function savedSearch({ filters, columns }: Shown): SavedOrderSearch {
  const { from: _from, to: _to, ...query } = queryOf(filters);
  const from = dayIn(filters.from);
  const to = dayIn(filters.to);
  return { ...query, ...(from && { from }), ...(to && { to }), columns: [...columns] };
}

/** Decision: true if the list shows something else than what was saved. */
export function isChanged(shown: Shown, view: OrderView): boolean {
  const text = (each: Shown) => {
    const { columns, ...rest } = savedSearch(each);
    return JSON.stringify([columns, Object.entries(rest).sort()]);
  };
  return text(shown) !== text(shownBy(view.search));
}
