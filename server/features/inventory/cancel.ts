import { stepMinor } from '../../../contract/currencies.ts';
import {
  minus,
  noSplit,
  orderFeeOf,
  plus,
  splitOfOrder,
  splitOfTickets,
  splitRefund,
  ticketsMinorOf,
} from '../sale/split.ts';
import {
  type CancelCommand,
  type HoldRecord,
  type Outcome,
  type Refusal,
  refuse,
  type SoldOrder,
  type SoldTicket,
  seatStatus,
} from './inventory.ts';
import { countMark } from './limits.ts';
import { noteMoved } from './moved.ts';
import { linesAt, placesOf } from './places.ts';
import { refundFor } from './refund.ts';
import type { Batch } from './state.ts';
import { change, count, end, freeHeld, movePools, setSeats } from './transitions.ts';

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
  const lines = linesAt(hold.lines, positionsOf(chosen));
  const isLast = hold.returned + chosen.length === hold.places;
  // The fee of the order goes back with its last ticket.
  const orderFeeMinor = isLast ? orderFeeOf(hold.lines).feeMinor : 0;
  const refundMinor = refundFor(
    command.refund,
    { soldAs: sold.soldAs, startsAt: sale.startsAt },
    {
      totalMinor: hold.totalMinor,
      refundedMinor: sold.refundedMinor,
      beforeMinor: ticketsMinorOf(linesAt(hold.lines, positionsOf(before))),
      priceMinor: ticketsMinorOf(lines) + orderFeeMinor,
      step: stepMinor(hold.currency),
    },
    now,
  );
  if (refundMinor === null) return refuse('refund_not_allowed');
  const order = splitOfOrder(hold.lines);
  const wanted = isLast
    ? minus(order, splitOfTickets(linesAt(hold.lines, positionsOf(before))))
    : splitOfTickets(lines);
  const refundSplit =
    refundMinor === 0 ? noSplit : splitRefund(refundMinor, wanted, minus(order, sold.refunded));
  for (const ticket of chosen) ticket.status = 'cancelled';
  sold.refundedMinor += refundMinor;
  sold.refunded = plus(sold.refunded, refundSplit);
  if (retry) sold.cancelledBy.set(retry.key, retry.fingerprint);
  hold.returned += chosen.length;
  count(batch, hold, -chosen.length);
  countMark(batch, hold.card, -chosen.length);
  movePools(batch, lines, 'sold', -1);
  noteMoved(batch.changes.moved, lines, 'returned');
  setSeats(batch, { id: hold.id, lines }, seatStatus.free);
  change(batch, hold);
  batch.facts.cancelled.push({
    hold,
    command,
    positions: positionsOf(chosen),
    tickets: chosen.flatMap(({ id }) => id ?? []),
    refundMinor,
    refundSplit,
    isLast,
  });
  return { kind: 'cancelled', replayed: false };
}

const positionsOf = (tickets: SoldTicket[]): number[] => tickets.map((ticket) => ticket.position);

/** Returns the order as it was read, or as this batch has just made it. */
function soldOrder({ sale, state, facts }: Batch, hold: HoldRecord): SoldOrder {
  const known = state.sold.get(hold.id);
  if (known && known.tickets.length > 0) return known;
  if (!facts.confirmed.some((each) => each.hold === hold))
    throw new Error(`the tickets of ${hold.id} were not read`);
  const tickets = placesOf(hold.lines).map(
    (_, position): SoldTicket => ({ id: null, position, status: 'valid' }),
  );
  // An order that this same batch places has the terms of now.
  const fresh: SoldOrder = {
    soldAs: known?.soldAs ?? sale,
    refundedMinor: 0,
    refunded: noSplit,
    tickets,
    cancelledBy: new Map(),
  };
  state.sold.set(hold.id, fresh);
  return fresh;
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
