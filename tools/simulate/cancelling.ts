import type { CancelCommand } from '../../server/features/inventory/inventory.ts';
import type { Model, ModelHold } from './model.ts';
import { feeIn, orderFee } from './money.ts';
import { feeLeft } from './refunding.ts';
import type { Lines } from './wishes.ts';

/** A ticket of the model. It contains everything that it is for, so no code has to look up its place. */
export interface ModelTicket {
  id: string;
  ticketTypeId: string;
  seat: number | null;
  pools: string[];
  priceMinor: number;
  /** The booking fee in the price. */
  feeMinor: number;
  state: 'valid' | 'used' | 'cancelled';
  /** How much of its price went back. */
  backMinor: number;
  /** The transfer that brought it to its holder; null for the buyer. */
  heldBy: string | null;
}

/** In the model and in the ledger a ticket's id follows from its hold's id and its place, so that a step can name it. */
export const ticketIdOf = (holdId: string, position: number) => `tkt_${holdId.slice(4)}_${position}` as const;

export function issueTickets(holdId: string, lines: Lines): ModelTicket[] {
  const tickets: ModelTicket[] = [];
  for (const line of lines) {
    const { quantity, seats, pools, unitMinor, ticketTypeId } = line;
    for (let i = 0; i < quantity; i++) {
      const id = ticketIdOf(holdId, tickets.length);
      tickets.push({
        id,
        ticketTypeId,
        seat: seats?.[i] ?? null,
        pools: [...pools],
        priceMinor: unitMinor,
        feeMinor: feeIn(line),
        state: 'valid',
        backMinor: 0,
        heldBy: null,
      });
    }
  }
  return tickets;
}

/** How many places a hold has: its original places less those with cancelled tickets. */
export const placesOf = (hold: ModelHold): number =>
  hold.lines.reduce((sum, line) => sum + line.quantity, 0) -
  hold.tickets.filter((ticket) => ticket.state === 'cancelled').length;

/** The expected outcome of cancelling a bought order, in words. Records it in the model. */
export function cancelBought(model: Model, hold: ModelHold, command: CancelCommand, nowMs: number): string {
  const { retry, tickets: wanted, heldBy = null } = command;
  const asked = retry && hold.cancelledBy.get(retry.key);
  if (asked !== null && asked !== undefined)
    return asked === retry?.fingerprint ? 'cancelled again' : 'refused idempotency_key_reused';
  const chosen: ModelTicket[] = [];
  if (wanted === 'all') {
    for (const ticket of hold.tickets) {
      if (ticket.heldBy !== heldBy) continue;
      if (ticket.state === 'used') return 'refused order_not_cancellable';
      if (ticket.state === 'valid') chosen.push(ticket);
    }
    const isElsewhere = hold.tickets.some(({ state }) => state !== 'cancelled');
    if (chosen.length === 0) return isElsewhere ? 'refused ticket_transferred' : 'cancelled again';
  } else {
    // Nobody knows the ids of tickets that this batch itself issues.
    const known = hold.boughtIn === model.batch ? [] : hold.tickets;
    for (const id of wanted) {
      const ticket = known.find((each) => each.id === id);
      if (!ticket) return 'refused ticket_not_of_order';
      if (!chosen.includes(ticket)) chosen.push(ticket);
    }
    if (chosen.some((ticket) => ticket.heldBy !== heldBy)) return 'refused ticket_transferred';
    if (chosen.some((ticket) => ticket.state !== 'valid')) return 'refused ticket_not_cancellable';
  }
  if (hold.disputedMinor > 0) return 'refused order_disputed';
  if (model.sale.status === 'cancelled') return 'refused order_not_cancellable';
  const back = moneyBack(model, hold, chosen, nowMs);
  if (back === null) return 'refused refund_not_allowed';
  for (const [i, minor] of back.entries()) {
    hold.refundedMinor += minor;
    const ticket = chosen[i];
    if (ticket) ticket.backMinor += minor;
  }
  if (retry) hold.cancelledBy.set(retry.key, retry.fingerprint);
  endTickets(model, hold, chosen);
  return 'cancelled';
}

/** Whether these are the last tickets of the order that are not cancelled. */
const endsWith = (hold: ModelHold, chosen: ModelTicket[]): boolean =>
  hold.tickets.every((ticket) => ticket.state === 'cancelled' || chosen.includes(ticket));

/** Ends tickets: their places are free again. */
export function endTickets(model: Model, hold: ModelHold, dead: ModelTicket[]): void {
  for (const ticket of dead) {
    ticket.state = 'cancelled';
    for (const pool of ticket.pools) rubOutOne(model.slots.get(pool) ?? [], hold.id);
    if (ticket.seat !== null) model.seats[ticket.seat] = '';
  }
  if (hold.tickets.every((ticket) => ticket.state === 'cancelled')) hold.state = 'given back';
}

/** What goes back for each ticket and for the fee of the order; null if the policy no longer refunds anything. */
function moneyBack({ sale }: Model, hold: ModelHold, chosen: ModelTicket[], nowMs: number): number[] | null {
  // Somebody may have refunded a part of these tickets before.
  const left = chosen.map(({ priceMinor, backMinor }) => priceMinor - backMinor);
  left.push(endsWith(hold, chosen) ? feeLeft(hold) : 0);
  // The event was moved after the order, and the organiser has offered all of the money until a date.
  if (sale.refundOffers.some(({ version, until }) => version > hold.soldVersion && until.getTime() > nowMs))
    return left;
  if (nowMs > sale.startsAt.getTime()) return null;
  // The policy is that of the order; its hours count back from the later start.
  const { steps, feePercent, feePerTicketMinor, refundsBookingFee } = hold.policy;
  const hoursLeft = (Math.max(sale.startsAt.getTime(), hold.beginsMs) - nowMs) / 3_600_000;
  const open = steps.filter(({ hoursBefore }) => hoursBefore <= hoursLeft);
  if (open.length === 0) return chosen.some(({ priceMinor }) => priceMinor > 0) ? null : left.map(() => 0);
  const percent = Math.max(...open.map(({ refundPercent }) => refundPercent)) - feePercent;
  const back = (minor: number) => Math.ceil((minor * Math.max(0, percent)) / 100);
  return left.map((most, i) => {
    const { priceMinor, feeMinor } = chosen[i] ?? {
      priceMinor: orderFee(hold.lines),
      feeMinor: orderFee(hold.lines),
    };
    const counts = priceMinor - (refundsBookingFee ? 0 : feeMinor);
    return Math.min(most, Math.max(0, back(counts) - (chosen[i] ? feePerTicketMinor : 0)));
  });
}

function rubOutOne(names: string[], name: string): void {
  const at = names.indexOf(name);
  if (at !== -1) names[at] = '';
}
