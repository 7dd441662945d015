import type { EventSale } from '../sale/event-sale.ts';
import { totalOf } from '../sale/split.ts';
import { block, unblock } from './block.ts';
import { cancel } from './cancel.ts';
import { changeVouchers, makeVouchers } from './change-vouchers.ts';
import { changeableHold } from './changeable-hold.ts';
import { wrongAnswers } from './check-answers.ts';
import { chooseLines, notFree, notOnSale } from './choose-lines.ts';
import { holdUntil, withoutResting } from './clocks.ts';
import { mayLeave, mayTake, placesAgain } from './code-places.ts';
import { takeOfferBack, waitAgain } from './end-resale.ts';
import { exchange } from './exchange.ts';
import { extrasWithoutTicket, overExtras, placesIn } from './extras.ts';
import { dueOf, giftMinorOf, planGift, takeGift } from './gift-payment.ts';
import {
  type Command,
  type HoldRecord,
  type Outcome,
  type Paid,
  paymentGraceMs,
  refuse,
  seatStatus,
} from './inventory.ts';
import { issue } from './issue.ts';
import { join, leave } from './join-line.ts';
import { freeKept, keptIn, settleVouchers, voucherOf, withKeptFor } from './kept-places.ts';
import { countMark, isOverLimit, livePlaces, markedNow, overBuyer, overNetwork, weightOf } from './limits.ts';
import { noteMoved } from './moved.ts';
import { overAmount } from './order-amount.ts';
import type { OrderCommand, RefundCause } from './order-command.ts';
import { freeOwed } from './other-date.ts';
import { keep } from './pass-places.ts';
import { noteUnpaid, overUnpaid } from './pay-later.ts';
import { refundOrder } from './refund-order.ts';
import { reductionFor, repriceLines } from './reprice-lines.ts';
import { hasResale } from './resale.ts';
import { canFinishResale, endLost, expireResales, finishResale, resell, withdrawResale } from './resell.ts';
import { serveLine } from './serve-line.ts';
import { type Batch, type Decision, type LedgerState, openBatch, undo } from './state.ts';
import { finishSwap, isStillTheirs, swap } from './swap.ts';
import { tradeInOf } from './trade-in.ts';
import {
  change,
  confirmHeld,
  count,
  end,
  freeHeld,
  movePools,
  setSeats,
  takePlaces,
  touchVoucher,
} from './transitions.ts';
import { endOf, type Voucher } from './voucher.ts';

/**
 * Decision: handles commands for one event's ledger in their order, each all or nothing. It first expires the holds
 * that are due at `now`, so their places are free for the first command. It ends every hold of a cancelled event. It changes `state` in place: `undo` the
 * pools and seats if the changes are not committed. If it throws, pools and seats are as they were.
 */
export function decide(sale: EventSale, state: LedgerState, commands: Command[], now: Date): Decision {
  const batch = openBatch(sale, state, now);
  try {
    expireDue(batch);
    endVouchers(batch);
    // A newcomer must not get what an expired hold has just freed for the line.
    batch.freed = true;
    serveWhileFreed(batch);
    for (const command of commands) {
      batch.outcomes.push(decideOne(batch, command));
      if (batch.touched.size > 0) settleVouchers(batch);
      serveWhileFreed(batch);
    }
  } catch (error) {
    undo(state, batch.changes);
    throw error;
  }
  const { outcomes, changes, facts, moreOffers } = batch;
  return { outcomes, changes, facts, moreOffers };
}

/** An offer may make its person's other entries need fewer places, so the line is served again after offers. */
function serveWhileFreed(batch: Batch): void {
  while (batch.freed) {
    batch.freed = false;
    if (batch.state.line) serveLine(batch);
  }
}

function decideOne(batch: Batch, command: Command): Outcome {
  switch (command.kind) {
    case 'place':
      return place(batch, command);
    case 'release':
      return release(batch, command);
    case 'redeem':
      return redeem(batch, command);
    case 'exchange':
      return exchange(batch, command);
    case 'order':
      return order(batch, command);
    case 'confirm':
      return confirm(batch, command);
    case 'drop':
      return drop(batch, command);
    case 'cancel':
      return cancel(batch, command);
    case 'refund':
      return refundOrder(batch, command);
    case 'join':
      return join(batch, command);
    case 'leave':
      return leave(batch, command);
    case 'swap':
      return swap(batch, command);
    case 'resell':
      return resell(batch, command);
    case 'withdraw-resale':
      return withdrawResale(batch, command);
    case 'end-resales':
      return endLost(batch, command);
    case 'block':
      return block(batch, command);
    case 'unblock':
      return unblock(batch, command);
    case 'issue':
      return issue(batch, command);
    case 'keep':
      return keep(batch, command);
    case 'make-vouchers':
      return makeVouchers(batch, command);
    case 'change-vouchers':
      return changeVouchers(batch, command);
    case 'free-owed':
      return freeOwed(batch, command);
    case 'expire-resales':
      return expireResales(batch);
    case 'close':
    case 'expire':
      return { kind: 'expired' };
  }
}

/** Ends the holds that are due, and every hold of a cancelled event. */
function expireDue(batch: Batch): void {
  for (const hold of batch.state.holds.values()) {
    if (hold.status !== 'active') continue;
    const isDue = hold.expiresAt <= batch.now;
    if (!isDue && batch.sale.status !== 'cancelled') continue;
    freeHeld(batch, hold);
    if (isDue) end(batch, hold, 'expired', 'expired');
    else end(batch, hold, 'released', 'cancelled');
  }
}

/** Gives back the places of the vouchers that have ended, and keeps those that expired holds gave back. */
function endVouchers(batch: Batch): void {
  for (const voucher of batch.state.vouchers?.byPool.values() ?? [])
    if (voucher.hold && endOf(voucher, batch.now)) touchVoucher(batch, voucher);
  if (batch.touched.size > 0) settleVouchers(batch);
}

function place(batch: Batch, command: Extract<Command, { kind: 'place' }>): Outcome {
  const { sale, state, now } = batch;
  const theirs = state.byBuyer.get(command.buyerId) ?? [];
  const earlier = command.retry && theirs.find((hold) => hold.idempotencyKey === command.retry?.key);
  if (earlier) {
    if (earlier.fingerprint !== command.retry?.fingerprint) return refuse('idempotency_key_reused');
    return { kind: 'held', hold: earlier, sale, replayed: true, resumed: false };
  }
  const closed = notOnSale(sale, now);
  if (closed) return closed;
  const { code } = command;
  // Refused before the places are chosen, so that a wrong code never says what is free.
  const known = code === undefined ? null : reductionFor(sale, state, { code, before: [] }, now);
  if (known && 'kind' in known) return known;
  const voucher = known?.isVoucher && code ? state.vouchers?.byCode.get(code) : undefined;
  const chosen = chooseFor(batch, command, voucher);
  if ('code' in chosen) return chosen;
  const lines = code === undefined ? chosen : repriceLines(sale, state, chosen, code, now);
  if ('code' in lines) return lines;
  const taken = voucher?.keeps ? notFree(sale, withKeptFor(state, voucher, lines), lines) : null;
  if (taken) return taken;
  const places = placesIn(lines);
  const before = state.placesBefore?.get(command.buyerId) ?? 0;
  const have = theirs.reduce((sum, hold) => sum + livePlaces(hold), before);
  const over = overBuyer(sale, have, places) ?? overExtras(sale, lines, theirs);
  if (over) return over;
  const totalMinor = totalOf(lines);
  const tooDear = overAmount(totalMinor, sale.currency);
  if (tooDear) return tooDear;
  // Nobody else may have kept places, so nobody is kept from them by holding them again.
  const clocked = voucher?.keeps ? lines.filter(({ promo }) => !promo?.isVoucher) : lines;
  const until = holdUntil(command, clocked, clocked, {
    sale,
    pools: state.pools,
    clocks: state.clocks,
    theirs,
    now,
  });
  if ('code' in until) return until;
  const tooMany = overNetwork(batch, command.network, weightOf({ places }));
  if (tooMany) return tooMany;
  if (voucher) freeKept(batch, voucher, keptIn(voucher, lines));
  const hold = takePlaces(batch, {
    id: command.holdId,
    buyerId: command.buyerId,
    expiresAt: until,
    lines,
    totalMinor,
    retry: command.retry,
    network: command.network,
  });
  const resumed = until.getTime() < now.getTime() + sale.holdSeconds * 1000;
  return { kind: 'held', hold, sale, replayed: false, resumed };
}

/**
 * Chooses the lines. The best available leaves out seats that this buyer may not hold again yet, if there are others.
 */
function chooseFor(
  { sale, state, now }: Batch,
  command: Extract<Command, { kind: 'place' }>,
  voucher: Voucher | undefined,
) {
  const seats = withoutResting(state.seats, command, { sale, clocks: state.clocks, now });
  if (seats !== state.seats) {
    const lines = chooseLines(sale, { ...state, seats }, command.wants, now, { voucher });
    if (!('code' in lines)) return lines;
  }
  return chooseLines(sale, state, command.wants, now, { voucher });
}

function release(batch: Batch, command: Extract<Command, { kind: 'release' }>): Outcome {
  const hold = batch.state.holds.get(command.holdId);
  if (!hold || hold.buyerId !== command.buyerId) return refuse('not_found');
  if (hold.status === 'confirmed') return refuse('hold_ended');
  if (hold.status === 'active') {
    freeHeld(batch, hold);
    end(batch, hold, 'released', 'cancelled');
  }
  return { kind: 'released' };
}

function redeem(batch: Batch, command: Extract<Command, { kind: 'redeem' }>): Outcome {
  const { sale, state, now } = batch;
  const hold = changeableHold(state, command);
  if ('code' in hold) return hold;
  if (hasResale(hold)) return refuse('places_fixed');
  const lines = repriceLines(sale, state, hold.lines, command.code, now);
  if ('code' in lines) return lines;
  if (lines !== hold.lines) {
    const [before, after] = [voucherOf(batch, hold), voucherOf(batch, { lines })];
    const refused = mayLeave(batch, hold, { before, after }) ?? mayTake(batch, hold, lines, after);
    if (refused) return refused;
    if (after) freeKept(batch, after, keptIn(after, lines));
    movePools(batch, hold.lines, 'held', -1);
    movePools(batch, lines, 'held', 1);
    hold.lines = lines;
    hold.totalMinor = totalOf(lines);
    change(batch, hold);
  }
  return { kind: 'redeemed', hold, sale };
}

function order(batch: Batch, command: OrderCommand): Outcome {
  const hold = batch.state.holds.get(command.holdId);
  if (!hold || hold.buyerId !== command.buyerId) return refuse('not_found');
  const { sale } = batch;
  if (hold.ordered)
    return { kind: 'ordered', hold, sale, replayed: true, confirmed: hold.status === 'confirmed' };
  if (hold.status === 'expired') return refuse('hold_expired');
  if (hold.status !== 'active') return refuse('hold_ended');
  if (sale.asksAttendeeNames && hold.places > 0 && !command.order.attendees)
    return refuse('attendee_names_required');
  const wrong = wrongAnswers(sale, hold, command.order) ?? extrasWithoutTicket(sale, batch.state, hold);
  if (wrong) return wrong;
  const gift = planGift(batch, hold, command.giftCards);
  if ('code' in gift) return gift;
  if (command.order.later && gift.uses.length > 0) return refuse('way_not_offered', { detail: notTogether });
  const isFree = dueOf(hold) === gift.minor;
  const resells = hasResale(hold);
  // The door has admitted somebody with one of the tickets, and the ledger does not know it yet.
  if (resells && isFree && !canFinishResale(batch, hold)) return takeBack(batch, hold);
  const { mailbox } = command.order;
  if (isOverLimit(batch, mailbox, hold.places))
    return refuse('email_limit_reached', { limit: sale.maxPerBuyer, have: markedNow(batch, mailbox) });
  const later = isFree ? undefined : command.order.later;
  const tooMany = later && overUnpaid(batch, hold, mailbox, later.limits);
  if (tooMany) return tooMany;
  hold.mailbox = mailbox;
  countMark(batch, mailbox, hold.places);
  takeGift(batch, hold, gift);
  hold.ordered = true;
  // This happens once, because a hold is ordered once. So nobody can keep places by ordering again.
  if (!isFree) hold.expiresAt = new Date((later?.until ?? hold.expiresAt).getTime() + paymentGraceMs);
  if (later) noteUnpaid(batch, hold);
  change(batch, hold);
  batch.facts.ordered.push({ hold, command, ...(gift.uses.length > 0 && { gifts: gift.uses }) });
  if (isFree && resells) finishResale(batch, hold, null);
  else if (isFree) confirmHeld(batch, hold, null);
  return { kind: 'ordered', hold, sale, replayed: false, confirmed: isFree };
}

/** The money of the cards would be reserved for as long as a bank transfer takes. */
const notTogether = 'Gift cards and a bank transfer cannot pay one order together.';

/** The tickets of a resale cannot be sold any more. Their buyer waits again, with the same number in the line. */
function takeBack(batch: Batch, hold: HoldRecord): Outcome {
  takeOfferBack(batch, hold);
  return refuse('hold_ended');
}

function confirm(batch: Batch, command: Extract<Command, { kind: 'confirm' }>): Outcome {
  const hold = batch.state.holds.get(command.holdId);
  if (!hold?.ordered) return refuse('not_found');
  if (hold.status === 'confirmed') return { kind: 'confirmed', hold, late: false, replayed: true };
  if (hold.status === 'forfeited') return { kind: 'refund_due', hold, cause: null, replayed: true };
  if (batch.sale.status === 'cancelled')
    return forfeit(batch, hold, command.paid, 'cancelled_before_payment');
  const isSwap = tradeInOf(hold) !== undefined;
  if (isSwap && !isStillTheirs(batch, hold)) return forfeit(batch, hold, command.paid, 'ticket_gone');
  const resells = hasResale(hold);
  if (resells && (hold.status !== 'active' || !canFinishResale(batch, hold))) {
    if (hold.status === 'active') waitAgain(batch, hold);
    return forfeit(batch, hold, command.paid, 'ticket_gone');
  }
  const { card } = command.paid;
  if (!isSwap && isOverLimit(batch, card, hold.places))
    return forfeit(batch, hold, command.paid, 'card_limit');
  if (hold.status === 'active') {
    hold.card = card;
    if (isSwap) finishSwap(batch, hold, command.paid, false);
    else if (resells) finishResale(batch, hold, command.paid);
    else confirmHeld(batch, hold, command.paid);
    return { kind: 'confirmed', hold, late: false, replayed: false };
  }
  if (giftMinorOf(hold.lines) > 0) return forfeit(batch, hold, command.paid, 'gift_card_returned');
  const voucher = voucherOf(batch, hold);
  // A statement may be read days later. Nobody wants free places of an event that is over.
  const isPast = command.paid.byTransfer && batch.sale.endsAt <= batch.now;
  const lines = hold.status === 'expired' && !isPast ? placesAgain(batch, hold, voucher) : null;
  if (!lines) return forfeit(batch, hold, command.paid, 'places_gone');
  if (isSwap) {
    hold.lines = lines;
    finishSwap(batch, hold, command.paid, true);
    return { kind: 'confirmed', hold, late: true, replayed: false };
  }
  hold.card = card;
  hold.lines = lines;
  hold.status = 'confirmed';
  count(batch, hold, hold.places);
  countMark(batch, card, hold.places);
  if (voucher) freeKept(batch, voucher, keptIn(voucher, lines));
  movePools(batch, lines, 'sold', 1);
  noteMoved(batch.changes.moved, lines, 'sold');
  setSeats(batch, hold, seatStatus.sold);
  change(batch, hold);
  batch.facts.confirmed.push({ hold, paid: command.paid, late: true, network: null });
  return { kind: 'confirmed', hold, late: true, replayed: false };
}

/** The payment can't buy anything: refund it, and free the places that were held for it. */
function forfeit(batch: Batch, hold: HoldRecord, paid: Paid, cause: RefundCause): Outcome {
  if (hold.status === 'active') {
    freeHeld(batch, hold);
    end(batch, hold, 'forfeited', 'failed');
  } else {
    hold.status = 'forfeited';
    change(batch, hold);
  }
  batch.facts.refundDue.push({ hold, paid, cause });
  return { kind: 'refund_due', hold, cause, replayed: false };
}

function drop(batch: Batch, command: Extract<Command, { kind: 'drop' }>): Outcome {
  const hold = batch.state.holds.get(command.holdId);
  if (!hold?.ordered) return refuse('not_found');
  if (hold.status === 'confirmed') return refuse('order_not_cancellable');
  if (hold.status !== 'active') return { kind: 'dropped', replayed: true };
  freeHeld(batch, hold);
  end(batch, hold, 'released', 'failed');
  return { kind: 'dropped', replayed: false };
}
