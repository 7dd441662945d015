import { Refused } from '../../../contract/errors.ts';
import type { Hold, NewHold } from '../../../contract/holds.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http.ts';
import type { Wants } from './inventory.ts';
import { showHold } from './show-hold.ts';

/**
 * Holds places for the caller, all or none. The whole decision is the ledger's; a retry with the same
 * Idempotency-Key gets the hold it made the first time.
 */
export async function placeHold(
  app: App,
  call: Call<{ eventId: EventId }, undefined, NewHold, 'signed-in'>,
): Promise<Hold> {
  const { eventId } = call.params;
  const outcome = await app.ledger.submit(eventId, {
    kind: 'place',
    holdId: app.newId('hold'),
    buyerId: call.caller.userId,
    wants: wantsOf(call.body),
    retry: call.retry,
  });
  if (outcome.kind === 'refused') throw new Refused(outcome.code, outcome.members);
  if (outcome.kind !== 'held') throw new Error(`placing a hold came out as ${outcome.kind}`);
  return showHold(outcome.hold, outcome.sale, app.clock.now());
}

/** The contract lets exactly one of the three through. */
function wantsOf(body: NewHold): Wants {
  if (body.items) return { kind: 'items', items: body.items };
  if (body.seats) return { kind: 'seats', seats: body.seats };
  if (body.bestAvailable) return { kind: 'best', ...body.bestAvailable };
  throw new Refused('invalid_request');
}
