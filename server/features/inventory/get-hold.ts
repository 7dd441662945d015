import type { Hold } from '../../../contract/holds.ts';
import type { HoldId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { readOwnHold } from './read-own-hold.ts';
import { showHold } from './show-hold.ts';

/** Returns a hold to its holder. For everybody else it does not exist. */
export async function getHold(
  app: App,
  call: Call<{ holdId: HoldId }, undefined, undefined, 'holder'>,
): Promise<Hold> {
  const hold = await readOwnHold(app, call.params.holdId, call.caller);
  return showHold(hold, app.clock.now());
}
