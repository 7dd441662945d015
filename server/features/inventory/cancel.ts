import { allBackOf, cancellationOf, showQuote } from './cancellation.ts';
import { creditsOf } from './credits.ts';
import { giveBack } from './give-back.ts';
import { type CancelCommand, type HoldRecord, type Outcome, refuse } from './inventory.ts';
import { soldOrder } from './sold-order.ts';
import type { Batch } from './state.ts';
import { refundCredit } from './swap.ts';
import { tradeInOf } from './trade-in.ts';
import { end, freeHeld } from './transitions.ts';

/* Decisions about cancelling whole orders or single tickets. */

export function cancel(batch: Batch, command: CancelCommand): Outcome {
  const hold = batch.state.holds.get(command.holdId);
  if (!hold?.ordered) return refuse('not_found');
  const { withdrawnBy } = command;
  if (withdrawnBy && (hold.status === 'confirmed' || !tradeInOf(hold)?.asked))
    return refuse('order_not_cancellable');
  if (hold.status === 'confirmed') return cancelBought(batch, hold, command);
  if (command.tickets !== 'all') return refuse('ticket_not_of_order', { tickets: command.tickets });
  if (hold.status === 'expired') return refuse('order_not_cancellable');
  if (hold.status !== 'active') return { kind: 'cancelled', replayed: true };
  freeHeld(batch, hold);
  end(batch, hold, 'released', 'cancelled', withdrawnBy);
  return { kind: 'cancelled', replayed: false };
}

function cancelBought(batch: Batch, hold: HoldRecord, command: CancelCommand): Outcome {
  const { sale, now } = batch;
  const { retry, leastRefundMinor = 0 } = command;
  const sold = soldOrder(batch, hold);
  const fingerprint = retry ? sold.cancelledBy.get(retry.key) : undefined;
  if (fingerprint !== undefined) {
    return fingerprint === retry?.fingerprint
      ? { kind: 'cancelled', replayed: true }
      : refuse('idempotency_key_reused');
  }
  const { lines, currency } = hold;
  const order = { ...sold, lines, currency };
  const credits = creditsOf(batch, hold);
  const cancellation = cancellationOf(order, command, sale, now, credits);
  if ('code' in cancellation) return cancellation;
  const { tickets, refundMinor, ofTickets, ofOrderFee, wanted } = cancellation;
  if (tickets.length === 0) return { kind: 'cancelled', replayed: true };
  if (allBackOf(cancellation) < leastRefundMinor)
    return refuse('refund_lower', showQuote(cancellation, currency));
  // Each ticket gets exactly its own refund.
  const chosen = { tickets, leftMinor: ofTickets, feeLeftMinor: ofOrderFee };
  giveBack(batch, { hold, sold, command }, { refundMinor, chosen, wanted }, tickets);
  for (const [i, credit] of credits.entries()) {
    const back = cancellation.ofCredits[i] ?? 0;
    if (back > 0) refundCredit(batch, credit, { refundMinor: back, cause: 'cancelled_by_buyer' });
  }
  return { kind: 'cancelled', replayed: false };
}
