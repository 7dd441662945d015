import type { GiftCard } from '../../../contract/gift-cards.ts';
import type { CardRow } from './desk-store.ts';
import { stateOf } from './gift-card.ts';

/** A gift card as the team of its organisation sees it. */
export function showCard(row: CardRow, now: Date): GiftCard {
  const { id, last4, source, reason, note, currency, amountMinor, balanceMinor, expiresAt, createdAt } = row;
  return {
    id,
    last4,
    source,
    reason,
    note,
    amount: { amount: amountMinor, currency },
    balance: { amount: balanceMinor, currency },
    state: stateOf(row, now),
    expiresAt: expiresAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}
