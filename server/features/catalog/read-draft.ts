import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { readPools } from '../inventory/read-pools.ts';
import { readPromoCodes, readTicketTypes } from '../sale/read-terms.ts';
import { readLayout } from '../seating/read-layout.ts';
import { draftOf } from './columns-of.ts';
import type { EventDraft } from './draft.ts';
import { saleEndOf } from './event.ts';
import { selectPreparation } from './preparation-store.ts';
import { type EventRow, selectEvent } from './store.ts';

/** A locked event as its organiser would write it now: with the end of sale that it has beside a stop of the sale. */
export async function readDraft(app: App, trx: Transaction, row: EventRow): Promise<EventDraft> {
  const [types, pools, codes, layout, preparation] = await Promise.all([
    readTicketTypes(trx, [row.id]),
    readPools(trx, [row.id], app.clock.now()),
    readPromoCodes(trx, row.id),
    readLayout(trx, row.id),
    selectPreparation(trx, row.id),
  ]);
  return draftOf(
    { ...row, sale_ends_at: saleEndOf(row, preparation) },
    types.get(row.id) ?? [],
    pools.get(row.id) ?? [],
    codes,
    layout,
  );
}

/** An event as its organiser would write it now; null if there is none. */
export async function readDraftOf(app: App, trx: Transaction, eventId: EventId): Promise<EventDraft | null> {
  const row = await selectEvent(trx, eventId);
  return row && readDraft(app, trx, row);
}
