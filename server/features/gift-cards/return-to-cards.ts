import type { EventId, OrderId, OrganisationId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { expiryAfterReturn, returnsOf } from './gift-card.ts';
import { lockUses, type ReturnableUse, returnUses } from './store.ts';

/** Locks the cards that paid for an order. A refund locks them before its own rows (docs/locks.md). */
export const lockCardsOf = (trx: Transaction, orderId: OrderId, eventId: EventId): Promise<ReturnableUse[]> =>
  lockUses(trx, orderId, eventId);

/**
 * Gives money of an order back to the gift cards that paid for it, and revives those that have expired. The caller has locked
 * `uses` and makes sure that this happens once. Returns whose cards they are, and how much of the money is of cards that the
 * organisation issued itself.
 */
export function returnToCards(
  trx: Transaction,
  order: { orderId: OrderId; eventId: EventId },
  uses: ReturnableUse[],
  minor: number,
  now: Date,
): { organisationId: OrganisationId; issuedMinor: number } {
  const byId = new Map(uses.map((use) => [use.cardId, use]));
  const returns = returnsOf(uses, minor).map((use) => ({
    ...use,
    expiresAt: expiryAfterReturn(byId.get(use.cardId)?.expiresAt ?? null, now),
  }));
  const [first] = uses;
  const sum = returns.reduce((total, use) => total + use.minor, 0);
  if (!first || sum !== minor)
    throw new Error(`gift cards paid ${sum} of the ${minor} that go back of ${order.orderId}`);
  returnUses(trx, order, returns, now);
  const issued = returns.filter(({ cardId }) => byId.get(cardId)?.source === 'issued');
  return {
    organisationId: first.organisationId,
    issuedMinor: issued.reduce((total, use) => total + use.minor, 0),
  };
}
