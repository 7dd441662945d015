import { stepMinor } from '../../../contract/currencies.ts';
import { minus, orderFeeOf, splitOfOrder, splitOfTickets, ticketsMinorOf } from '../sale/split.ts';
import { choose, giveBack, leftOf, positionsOf } from './give-back.ts';
import {
  type CancelCommand,
  type HoldRecord,
  type Outcome,
  type Refusal,
  refuse,
  type SoldOrder,
  type SoldTicket,
} from './inventory.ts';
import { linesAt } from './places.ts';
import { refundFor } from './refund.ts';
import { soldOrder } from './sold-order.ts';
import type { Batch } from './state.ts';
import { end, freeHeld } from './transitions.ts';

/* Decisions about cancelling whole orders or single tickets. */

export function cancel(batch: Batch, command: CancelCommand): Outcome {
  const hold = batch.state.holds.get(command.holdId);
  if (!hold?.ordered) return refuse('not_found');
  if (hold.status === 'confirmed') return cancelBought(batch, hold, command);
  if (command.tickets !== 'all') return refuse('ticket_not_of_order', { tickets: command.tickets });
  if (hold.status === 'expired') return refuse('order_not_cancellable');
  if (hold.status !== 'active') return { kind: 'cancelled', replayed: true };
  freeHeld(batch, hold);
  end(batch, hold, 'released', 'cancelled');
  return { kind: 'cancelled', replayed: false };
}

function cancelBought(batch: Batch, hold: HoldRecord, command: CancelCommand): Outcome {
  const { sale, now } = batch;
  const { retry } = command;
  const sold = soldOrder(batch, hold);
  const fingerprint = retry ? sold.cancelledBy.get(retry.key) : undefined;
  if (fingerprint !== undefined) {
    return fingerprint === retry?.fingerprint
      ? { kind: 'cancelled', replayed: true }
      : refuse('idempotency_key_reused');
  }
  const chosen = chooseTickets(sold, command);
  if ('code' in chosen) return chosen;
  if (chosen.length === 0) return { kind: 'cancelled', replayed: true };
  const before = sold.tickets.filter((ticket) => ticket.status === 'cancelled');
  const isLast = hold.returned + chosen.length === hold.places;
  // The fee of the order goes back with its last ticket.
  const orderFeeMinor = isLast ? orderFeeOf(hold.lines).feeMinor : 0;
  const ofBefore = linesAt(hold.lines, positionsOf(before));
  const lines = linesAt(hold.lines, positionsOf(chosen));
  const byRule = refundFor(
    command.refund,
    { soldAs: sold.soldAs, startsAt: sale.startsAt },
    {
      totalMinor: hold.totalMinor,
      refundedMinor: sold.refundedMinor,
      beforeMinor: ticketsMinorOf(ofBefore),
      priceMinor: ticketsMinorOf(lines) + orderFeeMinor,
      step: stepMinor(hold.currency),
    },
    now,
  );
  if (byRule === null) return refuse('refund_not_allowed');
  const choice = choose(hold, sold, chosen, isLast);
  // An organiser may have refunded a part of these tickets before.
  const refundMinor = Math.min(byRule, leftOf(choice));
  const wanted = isLast ? minus(splitOfOrder(hold.lines), splitOfTickets(ofBefore)) : splitOfTickets(lines);
  giveBack(batch, { hold, sold, command }, { refundMinor, chosen: choice, wanted }, chosen);
  return { kind: 'cancelled', replayed: false };
}

/** Returns the tickets to cancel, all of them valid; an empty list if all were cancelled before. */
function chooseTickets({ tickets }: SoldOrder, { tickets: wanted }: CancelCommand): SoldTicket[] | Refusal {
  if (wanted === 'all') {
    const used = tickets.filter((ticket) => ticket.status === 'used').length;
    if (used > 0) {
      const detail = `${used} of the ${tickets.length} tickets of this order were already used.`;
      return refuse('order_not_cancellable', { detail });
    }
    return tickets.filter((ticket) => ticket.status === 'valid');
  }
  const named = new Set(wanted);
  const found = tickets.filter((ticket) => ticket.id !== null && named.has(ticket.id));
  for (const { id } of found) if (id !== null) named.delete(id);
  if (named.size > 0) return refuse('ticket_not_of_order', { tickets: [...named] });
  const dead = found.filter((ticket) => ticket.status !== 'valid');
  if (dead.length > 0) {
    return refuse('ticket_not_cancellable', { tickets: dead.map(({ id, status }) => ({ id, status })) });
  }
  return found;
}
