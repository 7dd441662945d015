import { createHash } from 'node:crypto';
import type { GiftCard } from '../../../contract/gift-cards.ts';
import type { GiftCardId, OrganisationId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';

/** What decides whether a gift card can pay. */
export interface GiftCardState {
  id: GiftCardId;
  organisationId: OrganisationId;
  currency: Currency;
  codeHash: string;
  balanceMinor: number;
  expiresAt: Date | null;
  blockedAt: Date | null;
}

/** A part of an order that a gift card pays. */
export interface GiftUse {
  cardId: GiftCardId;
  minor: number;
}

/** A code has 90 random bits, so a plain hash is as good as a slow one. */
export const hashOfCode = (code: string): string => createHash('sha256').update(code).digest('hex');

/** Decision: why a card cannot pay for tickets of this organisation in this currency; null if it can. */
export function whyNotPay(
  card: GiftCardState | undefined,
  { organisationId, currency }: { organisationId: OrganisationId; currency: Currency },
  now: Date,
) {
  if (!card) return 'gift_card_unknown' as const;
  if (card.organisationId !== organisationId) return 'gift_card_other_organiser' as const;
  if (card.currency !== currency) return 'gift_card_other_currency' as const;
  return whyNotUsable(card, now);
}

/** Decision: why a card pays for nothing now; null if it can pay. */
export function whyNotUsable(
  { blockedAt, expiresAt, balanceMinor }: Pick<GiftCardState, 'blockedAt' | 'expiresAt' | 'balanceMinor'>,
  now: Date,
) {
  if (blockedAt !== null) return 'gift_card_blocked' as const;
  if (expiresAt !== null && expiresAt <= now) return 'gift_card_expired' as const;
  return balanceMinor === 0 ? ('gift_card_empty' as const) : null;
}

const states = {
  gift_card_blocked: 'blocked',
  gift_card_expired: 'expired',
  gift_card_empty: 'used_up',
} as const satisfies Record<string, GiftCard['state']>;

/** Decision: the state of a card as its team sees it. */
export function stateOf(card: Parameters<typeof whyNotUsable>[0], now: Date): GiftCard['state'] {
  const why = whyNotUsable(card, now);
  return why === null ? 'active' : states[why];
}

/** How long a card lives at least after money came back to it, in days. */
const daysAfterReturn = 90;

/** Decision: until when a card lives after money came back to it. Money that comes back to an expired card revives it. */
export function expiryAfterReturn(expiresAt: Date | null, now: Date): Date | null {
  if (expiresAt === null) return null;
  const least = now.getTime() + daysAfterReturn * 24 * 60 * 60_000;
  return new Date(Math.max(expiresAt.getTime(), least));
}

/**
 * Decision: to which cards a refund goes back. The card that paid last gets its money back first, so the earlier cards stay as
 * empty as they were.
 */
export function returnsOf(
  uses: { cardId: GiftCardId; position: number; leftMinor: number }[],
  minor: number,
): GiftUse[] {
  let rest = minor;
  return uses
    .toSorted((a, b) => b.position - a.position)
    .flatMap(({ cardId, leftMinor }) => {
      const part = Math.min(rest, leftMinor);
      rest -= part;
      return part > 0 ? [{ cardId, minor: part }] : [];
    });
}
