import type { HoldId, TransferId, UserId } from '../../contract/ids.ts';
import type { CancelCommand, Command } from '../../server/features/inventory/inventory.ts';
import type { Random } from '../../server/seeded-random.ts';
import { ticketIdOf } from './cancelling.ts';
import type { News } from './disputing.ts';
import { refundOf } from './memory-books.ts';
import type { Placed, Step } from './steps.ts';
import { transferIdOf } from './transferring.ts';

/** A step after a sale: the door admits a ticket, a bank disputes the payment, or tickets are cancelled or refunded. */
export function randomAfterSale(random: Random, { event, holdId }: Placed): Step {
  const roll = random.below(100);
  if (roll < 18) return { do: 'admit', event, holdId, position: random.below(3) };
  if (roll < 26) return { do: 'pass on', event, holdId, position: random.below(3), n: random.below(2) };
  if (roll < 38) return { do: 'dispute', event, holdId, news: randomNews(random) };
  if (roll < 48) return { do: 'send', event, command: refundOutside(random, holdId) };
  const command = random.chance(60) ? randomCancel(random, holdId) : randomRefund(random, holdId);
  return { do: 'send', event, command };
}

const randomNews = (random: Random): News => ({
  ref: random.pick(['a', 'a', 'b']),
  kind: random.pick(['inquiry', 'chargeback', 'chargeback', 'chargeback']),
  status: random.pick(['needs_response', 'under_review', 'closed', 'lost', 'lost', 'won']),
  percent: random.pick([100, 100, 40]),
  money: random.pick(['stays', 'withdrawn', 'reinstated']),
  feeMinor: random.pick([0, 1500, 1500, 3000]),
  feeReturnedMinor: random.pick([0, 0, 1500]),
  // Few instants, so that some news are of the same one.
  agoMs: random.below(3) * 1000,
});

/** A refund that somebody made at the provider. Its webhook may arrive twice. */
function refundOutside(random: Random, holdId: HoldId): Command {
  const ref = `re_${random.below(2)}`;
  return {
    ...refundOf(holdId),
    tickets: randomTickets(random, holdId),
    amountMinor: random.pick([1, 100, 333, 1000, 2500, 5000]),
    keepTickets: null,
    cause: 'refunded_outside',
    sentAs: ref,
    reason: null,
    retry: { key: `outside ${ref}`, fingerprint: ref },
  };
}

/** Offers a ticket for resale, or ends offers. */
export function randomResell(
  random: Random,
  { holdId, buyerId }: { holdId: HoldId; buyerId: UserId },
  n: number,
): Command {
  const position = random.pick([0, 0, 0, 1, 2]);
  const ticketId = ticketIdOf(holdId, position);
  const transferId = randomTransfer(random, holdId, position);
  const roll = random.below(100);
  if (roll < 15) return { kind: 'withdraw-resale', holdId, ticketId, transferId };
  if (roll < 25) return { kind: 'expire-resales' };
  const retry = random.chance(50)
    ? { key: `s${random.below(2)}`, fingerprint: String(random.below(3) % 2) }
    : null;
  return {
    kind: 'resell',
    holdId,
    ticketId,
    transferId,
    resaleId: `rsl_${String(n).padStart(5, '0')}`,
    sellerId: buyerId,
    retry,
  };
}

/** By which transfer somebody says that they hold a ticket: none for the buyer. */
export const randomTransfer = (random: Random, holdId: HoldId, position: number): TransferId | null =>
  random.chance(88) ? null : transferIdOf(holdId, position, random.below(2));

/** A holder returns one ticket; the buyer cancels any of theirs. */
export function randomCancel(random: Random, holdId: HoldId): Command {
  const position = random.below(3);
  const heldBy = randomTransfer(random, holdId, position);
  if (heldBy) return { kind: 'cancel', holdId, tickets: [ticketIdOf(holdId, position)], heldBy, retry: null };
  const tickets = randomTickets(random, holdId);
  const retry = random.chance(60) ? { key: `c${random.below(2)}`, fingerprint: String(tickets) } : null;
  return { kind: 'cancel', holdId, tickets, retry };
}

const randomTickets = (random: Random, holdId: HoldId): CancelCommand['tickets'] =>
  random.chance(30)
    ? 'all'
    : Array.from({ length: random.between(1, 2) }, () =>
        ticketIdOf(holdId, random.chance(95) ? random.below(3) : 99),
      );

export function randomRefund(random: Random, holdId: HoldId): Command {
  const tickets = randomTickets(random, holdId);
  const amountMinor = random.chance(50) ? null : random.pick([0, 1, 100, 333, 1000, 2500, 9999]);
  const keepTickets = random.pick([null, null, true, false]);
  // Some keys are those of cancellations, with the same request or another one.
  const retry = random.chance(60) ? { key: `c${random.below(3)}`, fingerprint: String(tickets) } : null;
  return {
    kind: 'refund',
    holdId,
    tickets,
    amountMinor,
    keepTickets,
    cause: 'refunded_by_organiser',
    reason: 'The band is ill',
    by: { system: 'simulator' },
    cancellationId: `cnl_${holdId.slice(4)}`,
    retry,
  };
}
