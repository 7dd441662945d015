import type { OrderId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { type GiftCardState, type GiftUse, whyNotPay } from '../gift-cards/gift-card.ts';
import { lockGiftCards } from '../gift-cards/lock-gift-cards.ts';
import { leastChargeMinor } from '../sale/least-charge.ts';
import type { Submitted } from './batch.ts';
import {
  type CancelCommand,
  type HoldLine,
  type HoldRecord,
  type OfExchange,
  orderIdOf,
  type RefundCommand,
  type Refusal,
  refuse,
  type SoldOrder,
} from './inventory.ts';
import type { Batch } from './state.ts';

/*
 * What gift cards pay of an order. The first line of the order has the amount, so hold and order know it without another
 * column, and an order that no gift card pays for costs nothing.
 */

/** What gift cards pay of the order with these lines, in minor units. */
export const giftMinorOf = (lines: Pick<HoldLine, 'giftMinor'>[]): number => lines[0]?.giftMinor ?? 0;

/** What the buyer pays of the order otherwise, with a card for example. */
export const dueOf = ({
  totalMinor,
  lines,
}: {
  totalMinor: number;
  lines: Pick<HoldLine, 'giftMinor'>[];
}): number => totalMinor - giftMinorOf(lines);

interface GiftPlan {
  minor: number;
  uses: GiftUse[];
}

/**
 * Decision: how much each of these gift cards pays of an order. A card payment has a least amount. If the rest were below it,
 * the gift cards pay less.
 */
export function planGift(
  { sale, state, now }: Pick<Batch, 'sale' | 'state' | 'now'>,
  { totalMinor, currency }: Pick<HoldRecord, 'totalMinor' | 'currency'>,
  hashes: string[] = [],
): GiftPlan | Refusal {
  const cards: GiftCardState[] = [];
  for (const hash of hashes) {
    const card = state.giftCards?.get(hash);
    const why = whyNotPay(card, { organisationId: sale.organisationId, currency }, now);
    if (why !== null) return refuse(why);
    if (card) cards.push(card);
  }
  const balance = cards.reduce((sum, card) => sum + card.balanceMinor, 0);
  const rest = totalMinor - Math.min(balance, totalMinor);
  const due = rest === 0 ? 0 : Math.min(totalMinor, Math.max(rest, leastChargeMinor[currency]));
  let left = totalMinor - due;
  const uses = cards.flatMap(({ id, balanceMinor }) => {
    const minor = Math.min(left, balanceMinor);
    left -= minor;
    return minor > 0 ? [{ cardId: id, minor }] : [];
  });
  return { minor: totalMinor - due, uses };
}

/** Reserves the money. The state of the cards changes too, for the next orders of the batch. */
export function takeGift({ state }: Pick<Batch, 'state'>, hold: HoldRecord, { minor, uses }: GiftPlan): void {
  if (minor === 0) return;
  const byId = new Map([...(state.giftCards?.values() ?? [])].map((card) => [card.id, card]));
  for (const { cardId, minor } of uses) {
    const card = byId.get(cardId);
    if (card) card.balanceMinor -= minor;
  }
  hold.lines = hold.lines.map((line, i) => (i === 0 ? { ...line, giftMinor: minor } : line));
}

/**
 * Decision: how much of a refund goes back to gift cards. The other payment gets its money back first: nobody has to take
 * credit with an organiser for money that can go back the way it came. It never gets more than it paid, less earlier refunds
 * and what a bank has taken back in a dispute.
 */
export function giftBackOf(
  hold: Pick<HoldRecord, 'totalMinor' | 'lines'>,
  { refundedMinor, giftReturnedMinor = 0, disputedMinor }: SoldOrder,
  command: CancelCommand | RefundCommand | OfExchange,
  refundMinor: number,
): number {
  const giftMinor = giftMinorOf(hold.lines);
  if (giftMinor === 0) return 0;
  // Somebody has made this refund at the provider, which knows only its own payment.
  if (command.kind === 'refund' && command.sentAs !== undefined) return 0;
  const otherLeft = dueOf(hold) - (refundedMinor - giftReturnedMinor) - disputedMinor;
  return Math.min(refundMinor - Math.min(refundMinor, Math.max(0, otherLeft)), giftMinor - giftReturnedMinor);
}

/**
 * Locks the gift cards of a batch, if there are any: those that its orders name, and those whose money may come back because an
 * order ends. One statement locks them all, in the order of their ids.
 */
export async function loadGiftCards(
  trx: Queryable,
  submitted: Submitted[],
  holds: HoldRecord[],
): Promise<Map<string, GiftCardState> | undefined> {
  const hashes = submitted.flatMap(({ command }) => (command.kind === 'order' && command.giftCards) || []);
  const ending = holds.flatMap((hold): OrderId[] =>
    hold.status === 'active' && giftMinorOf(hold.lines) > 0 ? [orderIdOf(hold.id)] : [],
  );
  if (hashes.length === 0 && ending.length === 0) return undefined;
  return lockGiftCards(trx, hashes, ending);
}
