import { formatMoney } from '../../../contract/money.ts';
import { leastChargeMinor } from '../sale/least-charge.ts';
import { creditsOf, type LedgerCredit } from './credits.ts';
import { refuseDisputed } from './disputed.ts';
import { closeResale, endResale } from './end-resale.ts';
import { type HoldRecord, type Outcome, type Paid, type Refusal, refuse } from './inventory.ts';
import { placesOf } from './places.ts';
import {
  type Resale,
  type ResaleCommand,
  resaleLine,
  resaleTerms,
  splitOfResale,
  whyNotResell,
  whyOver,
} from './resale.ts';
import { soldOrder } from './sold-order.ts';
import type { Batch } from './state.ts';
import { creditOf, isUnderWay, refundCredit } from './swap.ts';
import { wholeLine } from './trade-in.ts';
import { confirmHeld, movePools } from './transitions.ts';

type Of<K extends ResaleCommand['kind']> = Extract<ResaleCommand, { kind: K }>;

/** Decision: offers a ticket for resale. The ledger offers it to the first in line whom it suits, in the same batch. */
export function resell(batch: Batch, command: Of<'resell'>): Outcome {
  const { state, now } = batch;
  const hold = state.holds.get(command.holdId);
  if (hold?.status !== 'confirmed') return refuse('not_found');
  const earlier = resalesOf(batch).find(
    ({ ticketId, retry }) =>
      ticketId === command.ticketId && command.retry !== null && retry?.key === command.retry.key,
  );
  if (earlier) {
    if (earlier.retry?.fingerprint !== command.retry?.fingerprint) return refuse('idempotency_key_reused');
    return { kind: 'resale', resale: earlier, replayed: true };
  }
  const ticket = soldOrder(batch, hold).tickets.find(({ id }) => id === command.ticketId);
  const place = ticket && placesOf(hold.lines)[ticket.position];
  if (!ticket || !place) return refuse('not_found');
  if (place.line.ofPass) return refuse('ticket_of_pass');
  const { ticketTypeId } = place.line;
  const code = whyNotResell(ticket, batch.sale, { transferId: command.transferId, ticketTypeId }, now);
  if (code) return refuse(code);
  if (isUnderWay(batch, ticket)) return refuse('exchange_pending');
  const credits = [creditOf(batch, hold, ticket), ...creditsOf(batch, hold)];
  const terms = termsOf(batch, credits);
  if ('kind' in terms) return terms;
  const { priceMinor, backMinor } = terms;
  const paid = credits.map(({ hold: { lines }, ticket: each }) => ({ lines, ticket: each }));
  const resale: Resale = {
    id: command.resaleId,
    eventId: hold.eventId,
    ticketId: command.ticketId,
    holdId: hold.id,
    position: ticket.position,
    transferId: ticket.transferId,
    sellerId: command.sellerId,
    ticketTypeId,
    line: resaleLine(paid, command.resaleId, priceMinor),
    priceMinor,
    backMinor,
    currency: hold.currency,
    status: 'offered',
    endedBecause: null,
    buyerHoldId: null,
    retry: command.retry,
    offeredAt: now,
    endedAt: null,
  };
  ticket.resaleId = resale.id;
  state.resales ??= new Map();
  state.resales.set(resale.id, resale);
  batch.changes.resales.add(resale);
  batch.changes.openResales++;
  batch.facts.resales.push(resale);
  batch.freed = true;
  return { kind: 'resale', resale, replayed: false };
}

function termsOf(
  { sale }: Batch,
  credits: LedgerCredit[],
): Refusal | Exclude<ReturnType<typeof resaleTerms>, { code: string }> {
  for (const { order } of credits) {
    const disputed = refuseDisputed(order, order.currency);
    if (disputed) return disputed;
  }
  const terms = resaleTerms(
    credits.map(({ hold: { lines }, ticket }) => ({ lines, ticket })),
    sale,
  );
  return 'code' in terms ? refuseTerms(terms, sale.currency) : terms;
}

/** The refusal of a resale whose price makes it impossible. */
export function refuseTerms(
  terms: { code: 'ticket_refunded' } | { code: 'resale_too_cheap'; priceMinor: number },
  currency: HoldRecord['currency'],
): Refusal {
  if (terms.code === 'ticket_refunded') return refuse(terms.code);
  const price = { amount: terms.priceMinor, currency };
  const least = { amount: leastChargeMinor[currency], currency };
  const detail = `This ticket cost ${formatMoney(price, 'en')}. A card can pay ${formatMoney(least, 'en')} at least, so nobody could buy it.`;
  return refuse('resale_too_cheap', { price, least, detail });
}

/** Decision: takes a ticket back from resale. Somebody who is paying for it keeps their time to pay. */
export function withdrawResale(batch: Batch, command: Of<'withdraw-resale'>): Outcome {
  const resale = resalesOf(batch).find(
    ({ ticketId, status }) => ticketId === command.ticketId && status === 'offered',
  );
  if (!resale) return { kind: 'resale_over' };
  if (resale.transferId !== command.transferId) return refuse('ticket_transferred');
  const buyer = resale.buyerHoldId && batch.state.holds.get(resale.buyerHoldId);
  if (buyer && buyer.status === 'active' && buyer.ordered)
    return refuse('resale_in_payment', { until: buyer.expiresAt.toISOString() });
  endResale(batch, resale.id, { status: 'withdrawn' });
  return { kind: 'resale_over' };
}

/** Decision: ends the offers of tickets that cannot be sold any more. */
export function endLost(batch: Batch, command: Of<'end-resales'>): Outcome {
  const lost = new Set(command.tickets);
  for (const { id, ticketId } of resalesOf(batch))
    if (lost.has(ticketId)) endResale(batch, id, { status: 'ended', because: command.because });
  return { kind: 'resale_over' };
}

/** Decision: ends the offers whose time is over. Somebody who may buy one now keeps their time. */
export function expireResales(batch: Batch): Outcome {
  const { sale, state, now } = batch;
  for (const { id, status, ticketTypeId, buyerHoldId } of resalesOf(batch)) {
    if (status !== 'offered') continue;
    const because = whyOver(sale, ticketTypeId, now);
    if (because === null) continue;
    if (buyerHoldId && state.holds.get(buyerHoldId)?.status === 'active') continue;
    endResale(batch, id, { status: 'ended', because });
  }
  return { kind: 'resale_over' };
}

const resalesOf = ({ state }: Batch): Resale[] => [...(state.resales?.values() ?? [])];

/** Decision: whether every ticket on resale in this hold can still be sold: it is valid, offered, and the same holder's. */
export function canFinishResale(batch: Batch, hold: HoldRecord): boolean {
  return hold.lines.every((line) => {
    if (!line.resale) return true;
    const resale = batch.state.resales?.get(line.resale.id);
    const seller = resale && batch.state.holds.get(resale.holdId);
    if (resale?.status !== 'offered' || resale.buyerHoldId !== hold.id || !seller) return false;
    const sold = soldOrder(batch, seller);
    const ticket = sold.tickets[resale.position];
    const isDisputed = [sold, ...creditsOf(batch, seller).map(({ order }) => order)].some(
      ({ disputedMinor }) => disputedMinor > 0,
    );
    return ticket?.status === 'valid' && ticket.transferId === resale.transferId && !isDisputed;
  });
}

/**
 * Finishes the resales of a hold whose money is there, and confirms it: each seller's ticket ends, what the organiser does not
 * keep goes back, and the places are sold to the buyer. One batch does all of it.
 */
export function finishResale(batch: Batch, hold: HoldRecord, paid: Paid | null): void {
  for (const line of hold.lines) {
    const resale = line.resale && batch.state.resales?.get(line.resale.id);
    if (resale) buyOut(batch, resale);
  }
  // The places count as held by the buyer for an instant, because confirming a hold moves them from held to sold.
  movePools(batch, hold.lines, 'held', -1);
  hold.lines = hold.lines.map(wholeLine);
  movePools(batch, hold.lines, 'held', 1);
  confirmHeld(batch, hold, paid);
}

/** Ends the seller's ticket and gives the money back, first of what was paid last. */
function buyOut(batch: Batch, resale: Resale): void {
  const hold = batch.state.holds.get(resale.holdId);
  const ticket = hold && soldOrder(batch, hold).tickets[resale.position];
  if (!hold || !ticket) throw new Error(`the ticket of ${resale.id} was not read`);
  // First, so that the end of the ticket does not end the offer as unsold.
  closeResale(batch, resale, 'sold');
  let left = resale.backMinor;
  for (const credit of [creditOf(batch, hold, ticket), ...creditsOf(batch, hold)]) {
    const refundMinor = Math.min(left, credit.leftMinor);
    left -= refundMinor;
    const dead = credit.ticket === ticket ? [ticket] : [];
    if (refundMinor === 0 && dead.length === 0) continue;
    refundCredit(batch, credit, { refundMinor, cause: 'resold' }, dead, (parts) =>
      splitOfResale(refundMinor, parts),
    );
  }
}
