import { promoCodeCost } from '../../../contract/budgets.ts';
import { Refused } from '../../../contract/errors.ts';
import { readGiftCode } from '../../../contract/gift-code.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { networkOf } from '../../http/networks.ts';
import type { Caller } from '../accounts/accounts.ts';

interface Guess {
  caller: Caller;
  ip: string;
  eventId: EventId | null;
}

/**
 * Pays for codes of gift cards before anybody looks for them, at the price of wrong ones, because of a thousand concurrent
 * guesses none would be known to be wrong yet. A code whose check characters are wrong costs the same, so an answer says
 * nothing about a code. Returns a function that gives back what right codes have cost.
 */
export async function payForGiftCodes(
  app: Pick<App, 'budgets'>,
  { caller, ip, eventId }: Guess,
  codes: number,
): Promise<(wrongCodes: number) => void> {
  const { budgets } = app;
  const { wrong, right } = promoCodeCost;
  const cost = wrong * codes;
  const network = networkOf(ip);
  // An account with a confirmed address can still pay with a gift card while somebody guesses at the event.
  const ofEvent =
    eventId === null || caller.emailVerified ? 0 : await budgets.waitFor('giftCodesPerEvent', eventId, cost);
  if (ofEvent > 0) throw tooMany(ofEvent);
  const ofAccount = await budgets.spend('giftCodesPerAccount', caller.userId, cost);
  if (ofAccount > 0) throw tooMany(ofAccount);
  const ofNetwork = await budgets.spend('giftCodesPerNetwork', network, cost);
  if (ofNetwork > 0) {
    budgets.giveBack('giftCodesPerAccount', caller.userId, cost);
    throw tooMany(ofNetwork);
  }
  return (wrongCodes) => {
    if (wrongCodes > 0 && eventId !== null) budgets.charge('giftCodesPerEvent', eventId, wrong * wrongCodes);
    const back = (codes - wrongCodes) * (wrong - right);
    budgets.giveBack('giftCodesPerAccount', caller.userId, back);
    budgets.giveBack('giftCodesPerNetwork', network, back);
  };
}

/** The codes as they are stored, without repetitions; those that cannot be a code are null. */
export const readCodes = (typed: string[]): (string | null)[] => [...new Set(typed.map(readGiftCode))];

function tooMany(retryAfterSeconds: number): Refused {
  const minutes = Math.ceil(retryAfterSeconds / 60);
  return new Refused('too_many_gift_card_codes', {
    detail: `You entered too many wrong codes. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
    retryAfterSeconds,
  });
}
