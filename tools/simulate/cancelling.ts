import type { CancelCommand } from '../../server/features/inventory/inventory.ts';
import type { Model, ModelHold } from './model.ts';
import { orderFee } from './money.ts';
import { feeLeft, spread } from './refunding.ts';
import type { Lines } from './wishes.ts';

/** A ticket of the model. It contains everything that it is for, so no code has to look up its place. */
export interface ModelTicket {
  id: string;
  seat: number | null;
  pools: string[];
  priceMinor: number;
  state: 'valid' | 'used' | 'cancelled';
  /** How much of its price went back. */
  backMinor: number;
}

/** In the model and in the ledger a ticket's id follows from its hold's id and its place, so that a step can name it. */
export const ticketIdOf = (holdId: string, position: number) => `tkt_${holdId.slice(4)}_${position}` as const;

export function issueTickets(holdId: string, lines: Lines): ModelTicket[] {
  const tickets: ModelTicket[] = [];
  for (const { quantity, seats, pools, unitMinor } of lines) {
    for (let i = 0; i < quantity; i++) {
      const id = ticketIdOf(holdId, tickets.length);
      tickets.push({
        id,
        seat: seats?.[i] ?? null,
        pools: [...pools],
        priceMinor: unitMinor,
        state: 'valid',
        backMinor: 0,
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
  const { retry, tickets: wanted } = command;
  const asked = retry && hold.cancelledBy.get(retry.key);
  if (asked !== null && asked !== undefined)
    return asked === retry?.fingerprint ? 'cancelled again' : 'refused idempotency_key_reused';
  const chosen: ModelTicket[] = [];
  if (wanted === 'all') {
    for (const ticket of hold.tickets) {
      if (ticket.state === 'used') return 'refused order_not_cancellable';
      if (ticket.state === 'valid') chosen.push(ticket);
    }
    if (chosen.length === 0) return 'cancelled again';
  } else {
    // Nobody knows the ids of tickets that this batch itself issues.
    const known = hold.boughtIn === model.batch ? [] : hold.tickets;
    for (const id of wanted) {
      const ticket = known.find((each) => each.id === id);
      if (!ticket) return 'refused ticket_not_of_order';
      if (!chosen.includes(ticket)) chosen.push(ticket);
    }
    if (chosen.some((ticket) => ticket.state !== 'valid')) return 'refused ticket_not_cancellable';
  }
  const back = moneyBack(model, hold, chosen, command.refund, nowMs);
  if (back === null) return 'refused refund_not_allowed';
  const isLast = endsWith(hold, chosen);
  spread(hold, chosen, back, isLast ? feeLeft(hold) : 0);
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

/** Null if the policy no longer refunds anything. */
function moneyBack(
  { sale }: Model,
  hold: ModelHold,
  chosen: ModelTicket[],
  rule: CancelCommand['refund'],
  nowMs: number,
): number | null {
  const priceOf = (tickets: ModelTicket[]) => tickets.reduce((sum, ticket) => sum + ticket.priceMinor, 0);
  const gone = hold.tickets.filter((ticket) => ticket.state === 'cancelled');
  const isLast = endsWith(hold, chosen);
  const price = priceOf(chosen) + (isLast ? orderFee(hold.lines) : 0);
  // Somebody may have refunded a part of these tickets before.
  const left = chosen.reduce(
    (sum, { priceMinor, backMinor }) => sum + priceMinor - backMinor,
    isLast ? feeLeft(hold) : 0,
  );
  if (rule === 'none') return 0;
  if (rule === 'full') return Math.min(left, price);
  // The policy is that of the order; its hours count back from the later start.
  const { kind, hoursBefore, feePercent } = hold.policy;
  const untilMs = Math.max(sale.startsAt.getTime(), hold.beginsMs) - hoursBefore * 60 * 60 * 1000;
  if (nowMs >= sale.startsAt.getTime()) return null;
  if (priceOf(chosen) > 0 && (kind === 'none' || nowMs > untilMs)) return null;
  const feeOf = (minor: number) => Math.floor((minor * feePercent) / 100);
  const fee = feeOf(priceOf(gone) + price) - feeOf(priceOf(gone));
  return Math.min(left, price - fee);
}

function rubOutOne(names: string[], name: string): void {
  const at = names.indexOf(name);
  if (at !== -1) names[at] = '';
}
