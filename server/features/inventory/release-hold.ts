import { Refused } from '../../../contract/errors.ts';
import type { HoldId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { readOwnHold } from './read-own-hold.ts';

/** Releases the caller's hold. Releasing it twice, or after it has expired, is no error. */
export async function releaseHold(
  app: App,
  call: Call<{ holdId: HoldId }, undefined, undefined, 'holder'>,
): Promise<undefined> {
  const hold = await readOwnHold(app, call.params.holdId, call.caller);
  const outcome = await app.ledger.submit(hold.eventId, {
    kind: 'release',
    holdId: hold.id,
    buyerId: call.caller.userId,
  });
  if (outcome.kind === 'refused') throw new Refused(outcome.code, outcome.members);
}
