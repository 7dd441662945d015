import { Refused } from '../../../contract/errors.ts';
import type { Hold } from '../../../contract/holds.ts';
import type { HoldId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http.ts';
import { readEventSale } from '../catalog/event-sale.ts';
import { showHold } from './show-hold.ts';
import { findHold } from './store.ts';

/** A hold, for its holder only: anyone else's is as good as none. */
export async function getHold(
  app: App,
  call: Call<{ holdId: HoldId }, undefined, undefined, 'holder'>,
): Promise<Hold> {
  const hold = await findHold(app.db, call.params.holdId);
  if (!hold || hold.buyerId !== call.caller.userId) throw new Refused('not_found');
  const sale = await readEventSale(app, hold.eventId);
  return showHold(hold, { seats: sale?.seats ?? null }, app.clock.now());
}
