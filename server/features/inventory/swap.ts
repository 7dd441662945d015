import { stepMinor } from '../../../contract/currencies.ts';
import { seatId, seatIndex, type TicketTypeId } from '../../../contract/ids.ts';
import { formatMoney } from '../../../contract/money.ts';
import type { Parts } from '../../../contract/price.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { noSplit, type Split, splitOfParts } from '../sale/split.ts';
import { chooseLines, notOnSale } from './choose-lines.ts';
import { creditsOf, type LedgerCredit, mostBackOf } from './credits.ts';
import { refuseDisputed } from './disputed.ts';
import { giveBack } from './give-back.ts';
import {
  type HoldLine,
  type HoldRecord,
  type OfExchange,
  type Outcome,
  type Paid,
  paymentGraceMs,
  type Refusal,
  refuse,
  type SoldTicket,
  seatStatus,
} from './inventory.ts';
import { countMark } from './limits.ts';
import { noteMoved } from './moved.ts';
import { overAmount } from './order-amount.ts';
import { whyNotThisDate } from './other-date.ts';
import { type Place, placesOf } from './places.ts';
import { soldOrder } from './sold-order.ts';
import type { Batch } from './state.ts';
import type { SwapCommand } from './swap-command.ts';
import {
  differenceOf,
  leftOfTicket,
  partsOfAmount,
  payUntil,
  tradeInOf,
  wholeLine,
  whyNotExchange,
} from './trade-in.ts';
import { change, count, movePools, setSeats, takePlaces } from './transitions.ts';
import type { Wants } from './wants.ts';

/**
 * Decision: exchanges a sold ticket for another place. The new place is held by an order of its own, whose price is the
 * difference. The ticket stays valid until `finishSwap`, so its holder has one place at every instant.
 */
export function swap(batch: Batch, command: SwapCommand): Outcome {
  const { sale, state, now } = batch;
  const { retry, by } = command;
  const theirs = state.byBuyer.get(command.buyerId) ?? [];
  const earlier = retry && theirs.find((hold) => hold.idempotencyKey === retry.key);
  if (earlier) {
    if (earlier.fingerprint !== retry.fingerprint) return refuse('idempotency_key_reused');
    return {
      kind: 'ordered',
      hold: earlier,
      sale,
      replayed: true,
      confirmed: earlier.status === 'confirmed',
    };
  }
  const old = state.holds.get(command.holdId);
  if (old?.status !== 'confirmed') return refuse('not_found');
  const ticket = soldOrder(batch, old).tickets.find(({ id }) => id === command.ticketId);
  const place = ticket && placesOf(old.lines)[ticket.position];
  if (!ticket || !place) return refuse('not_found');
  if (place.line.collect !== undefined) return refuse('exchanges_off');
  if (place.line.ofPass) return refuse('ticket_of_pass');
  const code = whyNotExchange(ticket, command.from ?? sale, command, now);
  if (code) return refuse(code);
  const notHere = whyNotThisDate(batch, command);
  if (notHere) return notHere;
  if (isUnderWay(batch, ticket)) return refuse('exchange_pending');
  const credits = [creditOf(batch, old, ticket), ...creditsOf(batch, old)];
  for (const { order } of credits) {
    const disputed = refuseDisputed(order, old.currency);
    if (disputed) return disputed;
  }
  const chosen = chooseInstead(batch, command, place);
  if ('code' in chosen) return chosen;
  const paidMinor = credits.reduce((sum, { leftMinor }) => sum + leftMinor, 0);
  const sameType = chosen.ticketTypeId === place.line.ticketTypeId;
  const { dearerMinor, backMinor } = differenceOf({ paidMinor, newMinor: chosen.unitMinor, sameType });
  const asked = by === 'organiser' && command.payWithinMs !== undefined;
  const payMinor = by === 'holder' || asked ? dearerMinor : 0;
  const refused =
    overAmount(payMinor, sale.currency) ??
    (by === 'holder' ? mayGoBack(command.from ?? sale, credits, backMinor, now) : null);
  if (refused) return refused;
  const { seats, ...unseated } = withCodeOf(sameType ? place.line : null, priced(chosen, payMinor));
  const keepsSeat = !command.from && seats?.[0] !== undefined && seats[0] === place.seat;
  const hold = holdFor(batch, command, {
    ...unseated,
    ...(!keepsSeat && seats && { seats }),
    pools: unseated.pools.filter((id) => !place.line.pools.includes(id)),
    tradeIn: {
      holdId: old.id,
      position: ticket.position,
      ticketId: command.ticketId,
      ...(command.from && { eventId: old.eventId }),
      transferId: ticket.transferId,
      ...(asked && payMinor > 0 && { asked }),
      pools: unseated.pools,
      ...(keepsSeat && { seats }),
      credits: credits.map(({ hold: { id: holdId }, ticket: { position } }) => ({ holdId, position })),
    },
  });
  ticket.exchange = hold.id;
  if (payMinor === 0) {
    takeBack(batch, credits, backMinor, ticket);
    finishSwap(batch, hold, null, false);
  }
  return { kind: 'ordered', hold, sale, replayed: false, confirmed: payMinor === 0 };
}

/** An exchange of this ticket is ordered and may still be paid in time. */
export function isUnderWay({ state }: Batch, { exchange }: SoldTicket): boolean {
  return (
    Boolean(exchange) && (state.holds.get(exchange as HoldRecord['id'])?.status ?? 'active') === 'active'
  );
}

export function creditOf(batch: Batch, hold: HoldRecord, ticket: SoldTicket): LedgerCredit {
  const order = { ...soldOrder(batch, hold), lines: hold.lines, currency: hold.currency };
  return { hold, order, ticket, leftMinor: leftOfTicket(hold.lines, ticket) };
}

/** The line of the new place. The old place counts as free: its pools have one place more, and its seat can be chosen. */
function chooseInstead(batch: Batch, command: SwapCommand, place: Place): HoldLine | Refusal {
  const { sale, state, now } = batch;
  const closed = command.by === 'holder' ? notOnSale(sale, now) : null;
  if (closed) return closed;
  if (command.from) return chooseOne(sale, state, command.wants, now);
  const pools = new Map(state.pools);
  for (const id of place.line.pools) {
    const pool = pools.get(id);
    if (pool) pools.set(id, { ...pool, sold: pool.sold - 1 });
  }
  const wants = wantedInstead(sale, command.wants, place);
  const seats = wants.kind === 'seats' && place.seat !== null ? (state.seats?.slice() ?? null) : state.seats;
  if (seats && seats !== state.seats) seats[place.seat as number] = seatStatus.free;
  const line = chooseOne(sale, { pools, seats }, wants, now);
  if ('code' in line) return line;
  const isSame = line.ticketTypeId === place.line.ticketTypeId && (line.seats?.[0] ?? null) === place.seat;
  return isSame ? refuse('exchange_same_place') : line;
}

function chooseOne(
  sale: EventSale,
  places: Pick<Batch['state'], 'pools' | 'seats'>,
  wants: Wants,
  now: Date,
): HoldLine | Refusal {
  const chosen = chooseLines(sale, places, wants, now, { anyNumber: true });
  if ('code' in chosen) return chosen;
  const [line] = chosen;
  if (line?.quantity !== 1) throw new Error('an exchange is for one place');
  if (line.collect !== undefined) return refuse('unknown_ticket_type', { ticketTypeId: line.ticketTypeId });
  return line;
}

/**
 * Says what a holder means who leaves out the seat or the ticket type. Another ticket type of the same zone is for the seat
 * that the ticket has. Another seat keeps the ticket type if the type is sold there.
 */
function wantedInstead(sale: EventSale, wants: Wants, { line, seat }: Place): Wants {
  const zoneOf = (index: number | null) => (index === null ? undefined : sale.seats?.zoneOf[index]);
  const zoneOfType = (id: TicketTypeId) => sale.ticketTypes.find((type) => type.id === id)?.zone;
  if (wants.kind === 'best' && seat !== null) {
    const { ticketTypeId } = wants;
    const staysThere = ticketTypeId !== line.ticketTypeId && zoneOfType(ticketTypeId) === zoneOf(seat);
    return staysThere
      ? { kind: 'seats', seats: [{ seatId: seatId(sale.eventId, seat), ticketTypeId }] }
      : wants;
  }
  const [named] = wants.kind === 'seats' ? wants.seats : [];
  if (!named || named.ticketTypeId !== undefined) return wants;
  const zone = zoneOf(seatIndex(sale.eventId, named.seatId));
  if (zone === undefined || zoneOfType(line.ticketTypeId) !== zone) return wants;
  return { kind: 'seats', seats: [{ ...named, ticketTypeId: line.ticketTypeId }] };
}

/** The difference as the price of the line. Its order has no fee of its own. */
function priced(line: HoldLine, payMinor: number): HoldLine {
  const { pricing } = line;
  return {
    ...line,
    unitMinor: payMinor,
    parts: partsOfAmount(payMinor, line.parts),
    ...(pricing && { pricing: { ...pricing, fee: pricing.fee && { ...pricing.fee, perOrderMinor: 0 } } }),
  };
}

/**
 * The line of the new place with the promo code of the old one. A place of the same ticket type keeps its price, so the use of the
 * code moves with the ticket, and so does what the code took off. Otherwise one use would buy any number of places.
 */
function withCodeOf(old: HoldLine | null, line: HoldLine): HoldLine {
  if (!old?.promo) return line;
  const { promo, unitMinor } = old;
  return {
    ...line,
    pools: [...line.pools, promo.poolId],
    promo: { ...promo, fullMinor: line.unitMinor + promo.fullMinor - unitMinor },
  };
}

/** A holder gets the difference back if returning the ticket would give at least as much back. */
function mayGoBack(sale: EventSale, credits: LedgerCredit[], backMinor: number, now: Date): Refusal | null {
  if (backMinor === 0) return null;
  const mostMinor = mostBackOf(credits, sale, now);
  if (backMinor <= mostMinor) return null;
  const money = (amount: number) => ({ amount, currency: sale.currency });
  const [back, most] = [money(backMinor), money(mostMinor)];
  const detail = `The new place is ${formatMoney(back, 'en')} cheaper, and the refund policy gives back at most ${formatMoney(most, 'en')} now.`;
  return refuse('exchange_refund_not_allowed', { back, most, detail });
}

/** Holds and orders the place. The limits per buyer do not count it, because the old place becomes free. */
function holdFor(batch: Batch, command: SwapCommand, line: HoldLine): HoldRecord {
  const { sale, now } = batch;
  const hold = takePlaces(batch, {
    id: command.newHoldId,
    buyerId: command.buyerId,
    expiresAt: new Date(payBefore(command, sale, now).getTime() + paymentGraceMs),
    lines: [line],
    totalMinor: line.unitMinor,
    retry: command.retry,
    network: null,
  });
  hold.ordered = true;
  hold.mailbox = command.order.mailbox;
  countMark(batch, hold.mailbox, 1);
  batch.facts.ordered.push({ hold, command });
  batch.facts.swapped.push({ hold, command });
  return hold;
}

const payBefore = ({ by, payWithinMs, from }: SwapCommand, sale: EventSale, now: Date): Date =>
  by === 'organiser' && payWithinMs !== undefined
    ? payUntil(from ? [from, sale] : [sale], payWithinMs, now)
    : new Date(now.getTime() + sale.holdSeconds * 1000);

/** Gives back the difference to a cheaper place, first of what was paid last. The old ticket ends with it. */
function takeBack(batch: Batch, credits: LedgerCredit[], backMinor: number, ticket: SoldTicket): void {
  let left = backMinor;
  for (const credit of credits) {
    const refundMinor = Math.min(left, credit.leftMinor);
    left -= refundMinor;
    const dead = credit.ticket === ticket ? [ticket] : [];
    if (refundMinor > 0 || dead.length > 0)
      refundCredit(batch, credit, { refundMinor, cause: 'exchanged' }, dead);
  }
}

/** Gives back a part of what an earlier order was paid for the ticket of an exchange. */
export function refundCredit(
  batch: Batch,
  { hold, ticket }: LedgerCredit,
  { refundMinor, cause }: { refundMinor: number; cause: OfExchange['cause'] },
  dead: SoldTicket[] = [],
  /** From whom the money is taken first. */
  splitOf: (parts: Parts) => Split = splitOfParts,
): void {
  const parts = placesOf(hold.lines)[ticket.position]?.line.parts;
  giveBack(
    batch,
    { hold, sold: soldOrder(batch, hold), command: { kind: 'of-exchange', cause, retry: null } },
    {
      refundMinor,
      chosen: {
        tickets: [ticket],
        leftMinor: [Math.max(refundMinor, stepMinor(hold.currency))],
        feeLeftMinor: 0,
      },
      wanted: parts ? splitOf(parts) : noSplit,
    },
    dead,
  );
}

/** Decision: whether the payment of an exchange still buys its place: the ticket must be valid and the same holder's. */
export function isStillTheirs(batch: Batch, hold: HoldRecord): boolean {
  const tradeIn = tradeInOf(hold);
  const old = tradeIn && batch.state.holds.get(tradeIn.holdId);
  if (!tradeIn || !old) return false;
  const ticket = soldOrder(batch, old).tickets[tradeIn.position];
  // Another ledger has the offer for resale, so only that ledger can end it.
  if (ticket?.resaleId && tradeIn.eventId) return false;
  return ticket?.status === 'valid' && ticket.transferId === tradeIn.transferId;
}

/**
 * Finishes an exchange: the old ticket ends, its place is free, and the new place is sold. `late`: the hold had expired, so
 * its place is not counted as held any more.
 */
export function finishSwap(batch: Batch, hold: HoldRecord, paid: Paid | null, late: boolean): void {
  const tradeIn = tradeInOf(hold);
  const old = tradeIn && batch.state.holds.get(tradeIn.holdId);
  const ticket = old && soldOrder(batch, old).tickets[tradeIn.position];
  if (!old || !ticket) throw new Error(`the ticket that ${hold.id} exchanges was not read`);
  if (late) count(batch, hold, hold.places);
  else movePools(batch, hold.lines, 'held', -1);
  if (ticket.status === 'valid')
    refundCredit(batch, creditOf(batch, old, ticket), { refundMinor: 0, cause: 'exchanged' }, [ticket]);
  hold.lines = hold.lines.map(wholeLine);
  hold.status = 'confirmed';
  hold.card = paid?.card ?? null;
  countMark(batch, hold.card, hold.places);
  movePools(batch, hold.lines, 'sold', 1);
  noteMoved(batch.changes.moved, hold.lines, 'sold');
  setSeats(batch, hold, seatStatus.sold);
  change(batch, hold);
  batch.facts.confirmed.push({ hold, paid, late, network: null });
}
