import type { Outcome } from '../../server/features/inventory/inventory.ts';
import type { ResaleCommand } from '../../server/features/inventory/resale.ts';
import { endTickets, type ModelTicket } from './cancelling.ts';
import type { MemoryStore } from './memory-store.ts';
import type { Model, ModelHold } from './model.ts';
import type { Lines } from './wishes.ts';

/** Resale in the model: a ticket stays its seller's until somebody in the line has paid for it, and then it is theirs. */
export interface ModelResale {
  id: string;
  seller: string;
  ticket: ModelTicket;
  /** The transfer that brought the ticket to its seller. */
  heldBy: string | null;
  of: ModelHold;
  ticketTypeId: string;
  priceMinor: number;
  backMinor: number;
  state: 'offered' | 'sold' | 'withdrawn' | 'ended';
  /** The hold of the person who may buy it, or who has bought it. */
  buyerHold: string | null;
  /** Offers are served in the order of this time, and of their ids at the same time. */
  atMs: number;
  key: string | null;
  asked: string | null;
}

interface Work {
  leave(hold: ModelHold): void;
}

/** When a ticket type can no longer be resold. */
export function resaleEndMs({ sale }: Model, ticketTypeId: string): number {
  const type = sale.ticketTypes.find(({ id }) => id === ticketTypeId);
  const times = [sale.startsAt, sale.resale.until, sale.saleEndsAt ?? sale.endsAt, type?.saleEndsAt];
  return Math.min(...times.flatMap((at) => at?.getTime() ?? []));
}

const isOver = (model: Model, ticketTypeId: string, nowMs: number): boolean =>
  model.sale.status === 'cancelled' ||
  !model.sale.resale.allowed ||
  !model.sale.ticketTypes.some(({ id }) => id === ticketTypeId) ||
  resaleEndMs(model, ticketTypeId) <= nowMs;

/** The tickets of this type that can be offered to somebody in the line now, the first of them first. */
export const onResale = (model: Model, ticketTypeId: string, nowMs: number): ModelResale[] =>
  isOver(model, ticketTypeId, nowMs)
    ? []
    : model.resales
        .filter((each) => each.state === 'offered' && !each.buyerHold && each.ticketTypeId === ticketTypeId)
        .sort((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1));

export const isResold = ({ lines }: { lines: Lines }): boolean => lines.some(({ resale }) => resale);

const resalesIn = (model: Model, { lines }: ModelHold): (ModelResale | undefined)[] =>
  lines.flatMap(({ resale }) => (resale ? [model.resales.find(({ id }) => id === resale.id)] : []));

/** Whether everything on resale in this hold is still its seller's to sell. */
export const canBuy = (model: Model, hold: ModelHold): boolean =>
  resalesIn(model, hold).every(
    (each) =>
      each?.state === 'offered' &&
      each.buyerHold === hold.id &&
      each.ticket.state === 'valid' &&
      each.of.disputedMinor === 0,
  );

/** Ends the sellers' tickets and gives their money back. The hold has the places from now on. */
export function buyOut(model: Model, hold: ModelHold): void {
  for (const resale of resalesIn(model, hold)) {
    if (!resale) continue;
    resale.state = 'sold';
    resale.ticket.backMinor += resale.backMinor;
    resale.of.refundedMinor += resale.backMinor;
    endTickets(model, resale.of, [resale.ticket]);
  }
  hold.lines = hold.lines.map(({ resale, ...line }) =>
    resale ? { ...line, resale, pools: resale.pools, ...(resale.seats && { seats: resale.seats }) } : line,
  );
}

/** A hold has ended without being bought: others may be offered what it had. */
export function letGo({ resales }: Model, hold: ModelHold): void {
  for (const resale of resales)
    if (resale.state === 'offered' && resale.buyerHold === hold.id) resale.buyerHold = null;
}

/** Somebody whose offer ends without their doing waits again, with the same number. */
export function waitAgain({ entries }: Model, { id }: ModelHold): void {
  const entry = entries.find(({ state, holdId }) => state === 'offered' && holdId === id);
  if (entry) entry.state = 'waiting';
}

function endResale(model: Model, resale: ModelResale, state: ModelResale['state'], { leave }: Work): void {
  const hold = model.holds.find(({ id }) => id === resale.buyerHold);
  resale.state = state;
  resale.buyerHold = null;
  if (hold?.state !== 'waiting') return;
  waitAgain(model, hold);
  leave(hold);
}

/** After tickets of an order ended or were refunded: their offers are over. */
export function endChanged(model: Model, hold: ModelHold, work: Work): void {
  for (const resale of model.resales) {
    const { state, of, ticket, priceMinor } = resale;
    if (state !== 'offered' || of !== hold) continue;
    if (ticket.state === 'cancelled' || ticket.priceMinor - ticket.backMinor < priceMinor)
      endResale(model, resale, 'ended', work);
  }
}

/** Checks what the ledger has answered to a command about a resale, and records it in the model. */
export function judgeResale(
  model: Model,
  command: ResaleCommand,
  outcome: Outcome,
  nowMs: number,
  work: Work,
): string | null {
  const given = outcome.kind === 'refused' ? outcome.code : outcome.kind;
  if (command.kind === 'resell') return judgeOffer(model, command, outcome, nowMs);
  const offered = model.resales.filter(({ state }) => state === 'offered');
  let expected = 'resale_over';
  if (command.kind === 'end-resales') {
    for (const resale of offered)
      if (command.tickets.some((id) => id === resale.ticket.id)) endResale(model, resale, 'ended', work);
  } else if (command.kind === 'expire-resales') {
    for (const resale of offered) {
      const buyer = model.holds.find(({ id }) => id === resale.buyerHold);
      if (isOver(model, resale.ticketTypeId, nowMs) && buyer?.state !== 'waiting')
        endResale(model, resale, 'ended', work);
    }
  } else {
    const mine = offered.find(({ ticket }) => ticket.id === command.ticketId);
    const buyer = model.holds.find(({ id }) => id === mine?.buyerHold);
    if (mine && mine.heldBy !== command.transferId) expected = 'ticket_transferred';
    else if (buyer?.state === 'waiting' && buyer.ordered) expected = 'resale_in_payment';
    else if (mine) endResale(model, mine, 'withdrawn', work);
  }
  return given === expected ? null : `${command.kind} came out as ${given} instead of ${expected}`;
}

function judgeOffer(
  model: Model,
  command: Extract<ResaleCommand, { kind: 'resell' }>,
  outcome: Outcome,
  nowMs: number,
): string | null {
  const given = outcome.kind === 'refused' ? outcome.code : outcome.kind;
  const { retry, ticketId, holdId } = command;
  const of = model.holds.find(({ id }) => id === holdId);
  const earlier =
    retry && model.resales.find((each) => each.key === retry.key && each.ticket.id === ticketId);
  if (earlier) {
    if (earlier.asked !== retry.fingerprint)
      return given === 'idempotency_key_reused' ? null : `a used key gave ${given}`;
    const same = outcome.kind === 'resale' && outcome.replayed && outcome.resale.id === earlier.id;
    return same ? null : `offered again, ${earlier.id} became ${given}`;
  }
  // Nobody knows the ids of tickets that this batch itself issues.
  const ticket = of?.boughtIn === model.batch ? undefined : of?.tickets.find(({ id }) => id === ticketId);
  if (!of || !ticket)
    return given === 'not_found' ? null : `a resale of an unknown ticket came out as ${given}`;
  const reasons = whyNotResell(model, of, ticket, nowMs);
  if (ticket.heldBy !== command.transferId) reasons.push('ticket_transferred');
  if (outcome.kind === 'refused')
    return reasons.includes(given)
      ? null
      : `not resold because of ${given} for no reason (true: ${reasons.join(', ') || 'none'})`;
  if (outcome.kind !== 'resale' || outcome.replayed) return `offering a ticket came out as ${given}`;
  if (reasons.length > 0) return `is offered in spite of ${reasons.join(', ')}`;
  const { feePercent, feePerTicketMinor } = model.sale.resale;
  const priceMinor = leftOf(ticket);
  const keptMinor = Math.floor((priceMinor * feePercent + 100 * feePerTicketMinor) / 100);
  const backMinor = Math.max(0, priceMinor - keptMinor);
  const { id, priceMinor: price, backMinor: back, ticketTypeId } = outcome.resale;
  if (price !== priceMinor || back !== backMinor)
    return `${id} costs ${price} and gives back ${back} instead of ${priceMinor} and ${backMinor}`;
  if (ticketTypeId !== ticket.ticketTypeId) return `${id} is offered as ${ticketTypeId}`;
  model.resales.push({
    id,
    seller: command.sellerId,
    ticket,
    heldBy: ticket.heldBy,
    of,
    ticketTypeId,
    priceMinor,
    backMinor,
    state: 'offered',
    buyerHold: null,
    atMs: nowMs,
    key: retry?.key ?? null,
    asked: retry?.fingerprint ?? null,
  });
  return null;
}

const leftOf = ({ priceMinor, backMinor }: ModelTicket): number => priceMinor - backMinor;

/** Every true reason not to offer a ticket. */
function whyNotResell(model: Model, of: ModelHold, ticket: ModelTicket, nowMs: number): string[] {
  const { sale } = model;
  const reasons: string[] = [];
  if (sale.status === 'cancelled') reasons.push('event_cancelled');
  if (ticket.state !== 'valid') reasons.push(`ticket_${ticket.state}`);
  if (model.resales.some((each) => each.ticket === ticket && each.state === 'offered'))
    reasons.push('resale_pending');
  if (nowMs >= sale.endsAt.getTime()) reasons.push('event_over');
  const isKnown = sale.ticketTypes.some(({ id }) => id === ticket.ticketTypeId);
  if (!sale.resale.allowed || !isKnown) reasons.push('resales_off');
  if (nowMs >= resaleEndMs(model, ticket.ticketTypeId)) reasons.push('resales_ended');
  if (of.disputedMinor > 0) reasons.push('order_disputed');
  const left = leftOf(ticket);
  if (ticket.priceMinor > 0 && left === 0) reasons.push('ticket_refunded');
  if (left > 0 && left < 50) reasons.push('resale_too_cheap');
  return reasons;
}

/** The lines as they were offered: the ledger shows them as they are at the end of its batch, and it may have sold them. */
export const asOffered = (lines: Lines): Lines =>
  lines.map(({ seats, seatNames, ...line }) =>
    line.resale
      ? { ...line, pools: [] }
      : { ...line, ...(seats && { seats }), ...(seatNames && { seatNames }) },
  );

/** Whether the places of an offer on resale are those that its person must get, and what is wrong with them if not. */
export function whyNotThese(lines: Lines, expected: ModelResale[]): string | null {
  const given = lines.filter(({ resale }) => resale);
  if (given.map(({ resale }) => resale?.id).join() !== expected.map(({ id }) => id).join())
    return `${given.map(({ resale }) => resale?.id)} on resale instead of ${expected.map(({ id }) => id)}`;
  const wrong = given.find(
    ({ unitMinor, quantity }, i) => unitMinor !== expected[i]?.priceMinor || quantity !== 1,
  );
  return wrong ? `another price on resale: ${JSON.stringify(wrong)}` : null;
}

/** Checks the rows of the offers for resale after a batch. */
export function compareResales({ resales }: Model, store: Pick<MemoryStore, 'resales'>): string | null {
  if (store.resales.size !== resales.length)
    return `${store.resales.size} were offered for resale instead of ${resales.length}`;
  for (const { id, state, buyerHold, seller } of resales) {
    const row = store.resales.get(id as never);
    if (row?.status !== state || row.buyerHoldId !== buyerHold || row.sellerId !== seller)
      return `the resale ${id} of ${row?.sellerId} is ${row?.status} for ${row?.buyerHoldId} instead of ${state} for ${buyerHold}`;
  }
  return null;
}
