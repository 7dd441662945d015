import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { NewOrder } from '../../../contract/orders.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { hashOfCode } from '../gift-cards/gift-card.ts';
import { payForGiftCodes, readCodes } from '../gift-cards/guesses.ts';
import type { Outcome } from '../inventory/inventory.ts';
import type { OrderCommand } from '../inventory/order-command.ts';

/**
 * Submits an order to the ledger, with the gift cards that the buyer named. Each code is a guess until the ledger has found its
 * card, so it spends budgets first.
 */
export async function submitWithGiftCards(
  app: App,
  call: Call<undefined, undefined, NewOrder, 'signed-in'>,
  eventId: EventId,
  command: OrderCommand,
): Promise<Outcome> {
  const { giftCards } = call.body;
  if (!giftCards) return app.ledger.submit(eventId, command);
  const codes = readCodes(giftCards);
  const settle = await payForGiftCodes(app, { ...call, eventId }, codes.length);
  if (codes.includes(null)) {
    settle(codes.length);
    throw new Refused('gift_card_unknown');
  }
  let wrong = 0;
  try {
    const hashes = codes.flatMap((code) => (code === null ? [] : [hashOfCode(code)]));
    const outcome = await app.ledger.submit(eventId, { ...command, giftCards: hashes });
    if (outcome.kind === 'refused' && outcome.code === 'gift_card_unknown') wrong = codes.length;
    return outcome;
  } finally {
    settle(wrong);
  }
}
