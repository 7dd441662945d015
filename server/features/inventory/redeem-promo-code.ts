import { Refused } from '../../../contract/errors.ts';
import type { Hold } from '../../../contract/holds.ts';
import type { HoldId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { payForGuess } from './promo-guesses.ts';
import { readOwnHold } from './read-own-hold.ts';
import { showHold } from './show-hold.ts';

type OfHold<Body> = Call<{ holdId: HoldId }, undefined, Body, 'holder'>;

/** Redeems a promo code for the caller's hold. It replaces a code that was redeemed before. */
export const redeemPromoCode = (app: App, call: OfHold<{ code: string }>): Promise<Hold> =>
  reprice(app, call, call.body.code);

/** Removes the promo code from the caller's hold, so that its tickets have their full price again. */
export const removePromoCode = (app: App, call: OfHold<undefined>): Promise<Hold> => reprice(app, call, null);

async function reprice(app: App, call: OfHold<unknown>, code: string | null): Promise<Hold> {
  const hold = await readOwnHold(app, call.params.holdId, call.caller);
  const { caller, ip } = call;
  const settle = code === null ? null : await payForGuess(app, { caller, ip, eventId: hold.eventId, code });
  const outcome = await app.ledger.submit(hold.eventId, {
    kind: 'redeem',
    holdId: hold.id,
    buyerId: call.caller.userId,
    code,
  });
  settle?.(outcome.kind === 'refused' ? outcome.code : null);
  if (outcome.kind === 'refused') throw new Refused(outcome.code, outcome.members);
  if (outcome.kind !== 'redeemed') throw new Error(`redeeming a promo code came out as ${outcome.kind}`);
  return showHold(outcome.hold, app.clock.now());
}
