import type { EventId } from '../../../contract/ids.ts';
import type { SeatLayout } from '../../../contract/layout.ts';
import type { Transaction } from '../../data/db.ts';
import { etagOf } from './seat-map.ts';
import { countSeats } from './seat-plan.ts';
import { removeLayout, upsertLayout } from './store.ts';

/** Makes this the seat layout of the event, in the transaction that changes the event. Null removes its layout. */
export async function writeLayout(
  trx: Transaction,
  eventId: EventId,
  layout: SeatLayout | null,
): Promise<void> {
  if (layout)
    await upsertLayout(trx, eventId, { layout, seatCount: countSeats(layout), etag: etagOf(layout) });
  else await removeLayout(trx, eventId);
}
