import type { Reads } from '../../data/db.ts';
import { readPools } from '../inventory/read-pools.ts';
import { readTicketTypes } from '../sale/read-terms.ts';
import type { WholeEvent } from './event.ts';
import type { EventRow } from './store.ts';

/** Adds to each event, in the given order, what is sold of it and how much of that is free at `now`. */
export async function withSale(db: Reads, rows: EventRow[], now: Date): Promise<WholeEvent[]> {
  const ids = rows.map((row) => row.id);
  const [types, pools] = await Promise.all([readTicketTypes(db, ids), readPools(db, ids, now)]);
  return rows.map((row) => ({ row, types: types.get(row.id) ?? [], pools: pools.get(row.id) ?? [] }));
}

export async function withSaleOf(db: Reads, row: EventRow, now: Date): Promise<WholeEvent> {
  const [whole] = await withSale(db, [row], now);
  return whole as WholeEvent;
}
