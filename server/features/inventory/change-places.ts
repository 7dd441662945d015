import type { ChosenPlaces, Hold } from '../../../contract/holds.ts';
import type { HoldId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { namedIn, refuseHold } from './place-hold.ts';
import { readOwnHold } from './read-own-hold.ts';
import { showHold } from './show-hold.ts';

/**
 * Gives the caller's hold other places, all or none: if a new place cannot be held, the hold stays as it is. The same
 * request again changes nothing.
 */
export async function changePlaces(
  app: App,
  call: Call<{ holdId: HoldId }, undefined, ChosenPlaces, 'holder'>,
): Promise<Hold> {
  const hold = await readOwnHold(app, call.params.holdId, call.caller);
  const outcome = await app.ledger.submit(hold.eventId, {
    kind: 'exchange',
    holdId: hold.id,
    buyerId: call.caller.userId,
    wants: namedIn(call.body),
    network: hold.network,
  });
  if (outcome.kind === 'refused') return refuseHold(app, hold.eventId, outcome);
  if (outcome.kind !== 'exchanged') throw new Error(`changing places came out as ${outcome.kind}`);
  const changed = showHold(outcome.hold, app.clock.now());
  return outcome.resumed ? { ...changed, resumed: true } : changed;
}
