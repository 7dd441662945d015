import { promoCodeCost } from '../../../contract/budgets.ts';
import { type ErrorCode, Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { networkOf } from '../../http/networks.ts';
import type { Caller } from '../accounts/accounts.ts';
import { looksRandom } from './random-codes.ts';

interface Guess {
  caller: Caller;
  ip: string;
  eventId: EventId;
  code: string;
}

/** These refusals reveal that the code exists. Every other refusal reveals nothing about the code. */
const hits: readonly ErrorCode[] = ['promo_code_ended', 'promo_code_used_up'];

/**
 * Pays for a guess of a promo code. The caller pays the price of a wrong guess before the ledger is asked, because of
 * a thousand concurrent guesses none would be known to be wrong yet. A correct code gets most of it back. Returns a
 * function to call with the ledger's refusal, or with null.
 */
export async function payForGuess(
  app: Pick<App, 'budgets'>,
  { caller, ip, eventId, code }: Guess,
): Promise<(refusal: ErrorCode | null) => void> {
  const { budgets } = app;
  const { wrong, right } = promoCodeCost;
  const network = networkOf(ip);
  // A guesser with many addresses uses up the event's budget. An account with a confirmed address can still redeem
  // codes. So can whoever has a random code: nobody finds one of those by guessing, and guests without an account are invited with
  // them. If they had to stop here too, 300 wrong codes would shut a sale that only codes open.
  const hopeless = looksRandom(code);
  const ofEvent =
    caller.emailVerified || hopeless ? 0 : await budgets.waitFor('promoCodesPerEvent', eventId, wrong);
  if (ofEvent > 0) throw tooMany(ofEvent);
  const ofAccount = await budgets.spend('promoCodesPerAccount', caller.userId, wrong);
  if (ofAccount > 0) throw tooMany(ofAccount);
  const ofNetwork = await budgets.spend('promoCodesPerNetwork', network, wrong);
  if (ofNetwork > 0) {
    budgets.giveBack('promoCodesPerAccount', caller.userId, wrong);
    throw tooMany(ofNetwork);
  }
  return (refusal) => {
    if (refusal === 'unknown_promo_code') {
      if (!hopeless) budgets.charge('promoCodesPerEvent', eventId, wrong);
      return;
    }
    const back = refusal === null || hits.includes(refusal) ? wrong - right : wrong;
    budgets.giveBack('promoCodesPerAccount', caller.userId, back);
    budgets.giveBack('promoCodesPerNetwork', network, back);
  };
}

function tooMany(retryAfterSeconds: number): Refused {
  const minutes = Math.ceil(retryAfterSeconds / 60);
  return new Refused('too_many_promo_codes', {
    detail: `You entered too many wrong promo codes. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
    retryAfterSeconds,
  });
}
