import { randomBytes } from 'node:crypto';
import { Refused } from '../../../contract/errors.ts';
import type { GiftCard } from '../../../contract/gift-cards.ts';
import { groupGiftCode, makeGiftCode } from '../../../contract/gift-code.ts';
import type { OrganisationId } from '../../../contract/ids.ts';
import type { Money } from '../../../contract/money.ts';
import type { App } from '../../app.ts';
import { noteAct } from '../../data/audit-trail.ts';
import type { Call } from '../../http/bind.ts';
import { hashOfCode } from '../gift-cards/gift-card.ts';
import { issueCards } from '../gift-cards/issue-cards.ts';
import { showCard } from '../gift-cards/show-card.ts';
import { bookGiftMovement } from '../payments/book-gift-movement.ts';

interface NewCards {
  amount: Money;
  count: number;
  reason: NonNullable<GiftCard['reason']>;
  note?: string | undefined;
  expiresAt?: string | undefined;
}

/** Issues gift cards of one amount. The codes leave the server with this answer alone. */
export async function issueGiftCards(
  app: App,
  call: Call<{ organisationId: OrganisationId }, undefined, NewCards, 'team'>,
): Promise<{ items: { card: GiftCard; code: string }[] }> {
  const { organisationId } = call.params;
  const { amount, count, reason, note = null } = call.body;
  const now = app.clock.now();
  const expiresAt = call.body.expiresAt === undefined ? null : new Date(call.body.expiresAt);
  if (expiresAt && expiresAt <= now)
    throw new Refused('invalid_request', {
      issues: [{ path: 'expiresAt', message: 'must be in the future' }],
    });
  const made = Array.from({ length: count }, () => {
    const code = makeGiftCode(randomBytes(18));
    return { id: app.newId('giftCard'), code, codeHash: hashOfCode(code), last4: code.slice(-4) };
  });
  const all = {
    organisationId,
    currency: amount.currency,
    reason,
    note,
    amountMinor: amount.amount,
    expiresAt,
    createdAt: now,
  };
  await app.db.transaction(async (trx) => {
    await issueCards(trx, made, { ...all, madeBy: call.caller.userId });
    bookGiftMovement(
      app,
      trx,
      {
        kind: 'gift_issued',
        source: 'issued',
        organisationId,
        currency: amount.currency,
        amountMinor: amount.amount * count,
      },
      now,
    );
    noteAct(app, trx, call, {
      act: 'gift_cards.issued',
      organisationId,
      subject: { type: 'organisation', id: organisationId },
      before: null,
      after: { count, amount, reason, note, expiresAt: expiresAt?.toISOString() ?? null },
    });
  });
  return {
    items: made.map(({ id, code, last4 }) => ({
      card: showCard(
        { ...all, id, last4, source: 'issued', balanceMinor: amount.amount, blockedAt: null },
        now,
      ),
      code: groupGiftCode(code),
    })),
  };
}
