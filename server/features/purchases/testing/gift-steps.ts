import fc from 'fast-check';
import { expect } from 'vitest';
import { days } from '../../../testing/clock.ts';
import { expireGiftCards } from '../../gift-card-desk/expire-gift-cards.ts';
import { balanceOf, issueCard } from '../../gift-card-desk/testing/gift-cards.ts';
import { cards, type Purchase, purchase } from '../../payments/testing/purchase.ts';
import type { Stage, StepKind } from './after-sale.ts';

/* Steps of histories (after-sale.ts): gift cards are issued, pay, end and are blocked. */

/** Issues a card. Some end within the history. */
export const issueGift: StepKind<{ minor: number; ends: boolean }> = {
  arbitrary: fc.record({ minor: fc.constantFrom(300, 700, 2500), ends: fc.boolean() }),
  async play({ world, event, gifts }, { minor, ends }) {
    const expiresAt = new Date(world.clock.now().getTime() + days(1)).toISOString();
    gifts.push(await issueCard(event.organiser, minor, ends ? { expiresAt } : {}));
  },
};

/**
 * Buys with the latest cards, perhaps twice at the same moment with the same cards. Then both orders together take no more
 * than the cards have.
 */
export const buyWithGifts: StepKind<{
  quantity: number;
  most: number;
  twice: boolean;
  card: keyof typeof cards;
}> = {
  arbitrary: fc.record({
    quantity: fc.integer({ min: 1, max: 3 }),
    most: fc.constantFrom(1, 2),
    twice: fc.boolean(),
    card: fc.constantFrom('success', 'success', 'success', 'late', 'twice', 'declined', 'blocked'),
  }),
  async play({ world, event, orders, gifts }, { quantity, most, twice, card }) {
    const used = gifts.slice(-most);
    if (used.length === 0) return;
    const giftCards = used.map(({ code }) => code);
    const sum = async () => {
      const balances = await Promise.all(used.map((gift) => balanceOf(event.organiser, gift)));
      return balances.reduce((total, minor) => total + minor, 0);
    };
    const before = await sum();
    const buy = () => purchase(world, event, { quantity, giftCards }).catch((error: Error) => error.message);
    const answers = await Promise.all(twice ? [buy(), buy()] : [buy()]);
    const placed = answers.filter((answer): answer is Purchase => typeof answer !== 'string');
    for (const answer of answers)
      if (typeof answer === 'string')
        expect(answer).toMatch(/sold_out|event_cancelled|sale_ended|gift_card_(empty|expired|blocked)/);
    const taken = await Promise.all(placed.map(async (of) => (await of.order()).giftCardAmount.amount));
    expect(taken.reduce((total, minor) => total + minor, 0)).toBe(before - (await sum()));
    orders.push(...placed);
    for (const of of placed) if (of.totalMinor > 0) await of.pay(cards[card]);
    if (card !== 'late') await world.drain();
  },
};

/** A member blocks a card, or ends its block. */
export const blockGift: StepKind<{ gift: number; blocked: boolean }> = {
  arbitrary: fc.record({ gift: fc.nat({ max: 3 }), blocked: fc.boolean() }),
  async play({ event, gifts }, { gift, blocked }) {
    const { client, organisationId } = event.organiser;
    const of = gifts[gift % Math.max(1, gifts.length)];
    if (!of) return;
    const path = `/api/organisations/${organisationId}/gift-cards/${of.card.id}/block`;
    expect((await client.put(path, { blocked })).status).toBe(200);
  },
};

/** The night comes in which what is left of cards that have ended is booked. */
export const expireGifts: StepKind<{ days: number }> = {
  arbitrary: fc.record({ days: fc.constantFrom(0, 2) }),
  async play({ world }: Stage, { days: later }) {
    world.clock.advance(days(later));
    await expireGiftCards(world.app);
  },
};
