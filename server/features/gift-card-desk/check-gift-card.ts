import { Refused } from '../../../contract/errors.ts';
import type { CheckedGiftCard } from '../../../contract/gift-cards.ts';
import { readGiftCode } from '../../../contract/gift-code.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { hashOfCode, whyNotPay, whyNotUsable } from '../gift-cards/gift-card.ts';
import { payForGiftCodes } from '../gift-cards/guesses.ts';
import { findCardByHash } from '../gift-cards/read-card.ts';
import { readSeller } from '../organisations/seller-details.ts';
import { readEventSale } from '../sale/event-sale.ts';

type CheckCall = Call<undefined, undefined, { code: string; eventId?: EventId | undefined }, 'signed-in'>;

/** Tells the balance of a gift card. A code that no card has costs the caller's budgets, as it does with an order. */
export async function checkGiftCard(app: App, call: CheckCall): Promise<CheckedGiftCard> {
  const { eventId = null } = call.body;
  const settle = await payForGiftCodes(app, { ...call, eventId }, 1);
  let wrong = 0;
  try {
    return await find(app, call);
  } catch (error) {
    if (error instanceof Refused && error.code === 'gift_card_unknown') wrong = 1;
    throw error;
  } finally {
    settle(wrong);
  }
}

async function find(app: App, { body }: CheckCall): Promise<CheckedGiftCard> {
  const sale = body.eventId ? await readEventSale(app, body.eventId) : null;
  if (body.eventId && (!sale || sale.status === 'draft')) throw new Refused('not_found');
  const code = readGiftCode(body.code);
  const card = code && (await findCardByHash(app.db, hashOfCode(code)));
  if (!card) throw new Refused('gift_card_unknown');
  const now = app.clock.now();
  const why = sale ? whyNotPay(card, sale, now) : whyNotUsable(card, now);
  if (why) throw new Refused(why);
  return {
    last4: (code ?? '').slice(-4),
    organisation: (await readSeller(app.db, card.organisationId)).name,
    balance: { amount: card.balanceMinor, currency: card.currency },
    expiresAt: card.expiresAt?.toISOString() ?? null,
  };
}
