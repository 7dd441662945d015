import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { readPools } from '../inventory/read-pools.ts';
import { draftOf } from './columns-of.ts';
import type { EventDraft } from './draft.ts';
import { selectPromoCodes } from './promo-store.ts';
import { type EventRow, selectLayout, selectTicketTypes } from './store.ts';

/** A locked event as its organiser would write it now. */
export async function readDraft(app: App, trx: Transaction, row: EventRow): Promise<EventDraft> {
  const [types, pools, codes, map] = await Promise.all([
    selectTicketTypes(trx, [row.id]),
    readPools(trx, [row.id], app.clock.now()),
    selectPromoCodes(trx, row.id),
    selectLayout(trx, row.id),
  ]);
  return draftOf(row, types.get(row.id) ?? [], pools.get(row.id) ?? [], codes, map?.layout ?? null);
}
