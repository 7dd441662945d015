import { isOfTeam, type TeamCommand } from '../../server/features/inventory/block.ts';
import type { Command, Outcome } from '../../server/features/inventory/inventory.ts';
import type { IssueCommand } from '../../server/features/inventory/issue.ts';
import type { FreeOwedCommand } from '../../server/features/inventory/other-date.ts';
import { isOfResale, type ResaleCommand } from '../../server/features/inventory/resale.ts';
import { isOfVouchers, type VoucherCommand } from '../../server/features/inventory/voucher.ts';
import type { EventSale } from '../../server/features/sale/event-sale.ts';
import { judgeTeam } from './blocking.ts';
import { cancelBought, issueTickets, type ModelTicket } from './cancelling.ts';
import type { ModelDispute } from './disputing.ts';
import { judgeExchange } from './exchanging.ts';
import { dueTime, type Ended, isOverLimit, whatsIn } from './hoarding.ts';
import { judgeIssue } from './issuing.ts';
import { fitsAgain, isSameKind } from './late-money.ts';
import { totalOf } from './money.ts';
import { fullPriced, pricesWith } from './promos.ts';
import { refundBought } from './refunding.ts';
import {
  buyOut,
  canBuy,
  endChanged,
  isResold,
  judgeResale,
  letGo,
  type ModelResale,
  waitAgain,
} from './reselling.ts';
import { occupy, vacate } from './slots.ts';
import { followOffer, judgeJoin, judgeLeave, type ModelEntry, type Offers, serve } from './waiting.ts';
import { freeIn, type Lines, mayHaveBest, whyNot } from './wishes.ts';
import type { SimulatedEvent } from './worlds.ts';

/**
 * The same promises in a simple and slow model: every place of every pool is a slot with a name in it, and a release erases
 * the name everywhere. It shares no code with the ledger. It gets each outcome of the ledger and checks whether the outcome
 * was allowed.
 */
export interface Model {
  sale: EventSale;
  slots: Map<string, string[]>;
  seats: string[];
  holds: ModelHold[];
  /** Everybody who has ever waited in the line. */
  entries: ModelEntry[];
  /** How many places of a pool are kept for those who wait. */
  kept: Map<string, number>;
  /** Every offer of a ticket for resale. */
  resales: ModelResale[];
  /** What the ledger has offered in this batch, and the model has not looked at yet. */
  offers: Offers;
  /** The number of the batch that is being checked. */
  batch: number;
}

export interface ModelHold {
  id: string;
  buyer: string;
  state: 'waiting' | 'bought' | 'let go' | 'run out' | 'paid in vain' | 'given back' | 'blocked';
  untilMs: number;
  ordered: boolean;
  lines: Lines;
  key: string | null;
  asked: string | null;
  network: number | null;
  mailbox: number | null;
  card: number | null;
  /** The time until which it must be bought: `untilMs` without the minute for a payment. */
  dueMs: number;
  /** If it ended without being bought. */
  ended: Ended | null;
  /** What it gave back before its end. */
  gaveBack: Ended[];
  /** If it is bought: the number of that batch. */
  tickets: ModelTicket[];
  boughtIn: number;
  refundedMinor: number;
  /** The event's refund policy, start and version at the time of the order. */
  policy: EventSale['refundPolicy'];
  beginsMs: number;
  soldVersion: number;
  /** What disputes have taken of the order. */
  disputedMinor: number;
  disputes: Map<string, ModelDispute>;
  /** Whether somebody has refunded a part of it at the provider since the disputes were last compared with it. */
  wasRefundedOutside: boolean;
  /** The cancellations with a key, and what each requested. */
  cancelledBy: Map<string, string>;
}

const nobody = '';
/** The time that an order with a price adds to its hold. */
const graceMs = 60_000;

export function createModel({ sale, pools }: SimulatedEvent): Model {
  return {
    sale,
    slots: new Map(pools.map(({ id, capacity }) => [id, Array(capacity).fill(nobody)])),
    seats: Array(sale.seats?.seatCount ?? 0).fill(nobody),
    holds: [],
    entries: [],
    kept: new Map(),
    resales: [],
    offers: [],
    batch: 0,
  };
}

/** Starts a batch, in which the ledger has made these offers. Returns what is wrong with the first of them, or null. */
export function passTime(model: Model, offers: Offers, nowMs: number): string | null {
  model.batch++;
  model.offers = [...offers];
  for (const hold of model.holds) {
    if (hold.state !== 'waiting') continue;
    if (hold.untilMs <= nowMs) leave(model, hold, 'run out', hold.untilMs);
    else if (model.sale.status === 'cancelled') leave(model, hold, 'let go', nowMs);
  }
  return serve(model, nowMs, workOn(model, nowMs));
}

const workOn = (model: Model, nowMs: number) => ({
  begin: (hold: NewHold) => begin(model, hold),
  leave: (hold: ModelHold) => leave(model, hold, 'let go', nowMs),
  buy: (hold: ModelHold) => buy(model, hold),
  vacate: (hold: ModelHold) => vacate(model, hold),
  occupy: (hold: ModelHold) => occupy(model, hold),
});

/** Null if the outcome and the offers after it are right, and then the model records them; otherwise what is wrong. */
export const judge = (model: Model, command: Command, outcome: Outcome, nowMs: number): string | null =>
  judgeOne(model, command, outcome, nowMs) ?? serve(model, nowMs, workOn(model, nowMs));

function judgeOne(model: Model, command: Command, outcome: Outcome, nowMs: number): string | null {
  if (command.kind === 'expire' || command.kind === 'close' || command.kind === 'keep') return null;
  if (command.kind === 'join') return judgeJoin(model, command, outcome, nowMs);
  if (command.kind === 'leave') return judgeLeave(model, command, outcome, workOn(model, nowMs));
  if (isOfResale(command)) return judgeResale(model, command, outcome, nowMs, workOn(model, nowMs));
  // The simulator exchanges no sold tickets and has no vouchers and passes.
  if (command.kind === 'swap' || command.kind === 'free-owed' || isOfVouchers(command))
    return `the model knows no ${command.kind}`;
  if (isOfTeam(command)) return judgeTeam(model, command, outcome, workOn(model, nowMs));
  if (command.kind === 'issue') return judgeIssue(model, command, outcome, nowMs, workOn(model, nowMs));
  if (command.kind === 'place') return judgePlace(model, command, outcome, nowMs);
  const hold = model.holds.find((each) => each.id === command.holdId);
  if (hold && command.kind === 'exchange')
    return judgeExchange(model, hold, command, outcome, nowMs, workOn(model, nowMs));
  const expected =
    hold && command.kind !== 'exchange' ? follow(model, hold, command, outcome, nowMs) : 'refused not_found';
  if (hold && (command.kind === 'cancel' || command.kind === 'refund'))
    endChanged(model, hold, workOn(model, nowMs));
  const given = spell(outcome);
  return expected === given
    ? null
    : `${command.kind} of a hold that is ${hold?.state ?? 'unknown'}: ${given} instead of ${expected}`;
}

function spell(outcome: Outcome): string {
  if (outcome.kind === 'refused') return `refused ${outcome.code}`;
  const more = [
    'late' in outcome && outcome.late && 'late',
    'confirmed' in outcome && outcome.confirmed && 'paid',
    'replayed' in outcome && outcome.replayed && 'again',
  ];
  return [outcome.kind, ...more.filter(Boolean)].join(' ');
}

function judgePlace(
  model: Model,
  command: Extract<Command, { kind: 'place' }>,
  outcome: Outcome,
  nowMs: number,
): string | null {
  const { retry, buyerId } = command;
  const earlier = retry && model.holds.find((hold) => hold.buyer === buyerId && hold.key === retry.key);
  if (earlier) {
    if (earlier.asked !== retry.fingerprint)
      return spell(outcome) === 'refused idempotency_key_reused' ? null : `a used key gave ${spell(outcome)}`;
    const same = outcome.kind === 'held' && outcome.replayed && outcome.hold.id === earlier.id;
    return same ? null : `asked again, ${earlier.id} became ${spell(outcome)}`;
  }
  const reasons = whyNot(model, command, nowMs);
  if (outcome.kind === 'refused') {
    return reasons.includes(outcome.code)
      ? null
      : `refused by ${outcome.code} for no reason (true: ${reasons.join(', ') || 'none'})`;
  }
  if (outcome.kind !== 'held' || outcome.replayed) return `placing came out as ${spell(outcome)}`;
  if (reasons.length > 0) return `held in spite of ${reasons.join(', ')}`;
  const { hold } = outcome;
  // The answer shows the hold at the end of its batch, so a code that the batch redeems has reduced it.
  const lines = fullPriced(hold.lines);
  const wrong = mayHaveBest(model, command, lines, nowMs);
  if (wrong) return wrong;
  const dueMs = dueTime(model, command, lines, nowMs);
  // An order in the same batch has extended it.
  const untilMs = dueMs + (hold.ordered && hold.totalMinor > 0 ? graceMs : 0);
  if (outcome.resumed !== dueMs < nowMs + model.sale.holdSeconds * 1000)
    return outcome.resumed
      ? 'said to go on with a clock that is new'
      : 'goes on with an old clock in silence';
  if (hold.id !== command.holdId || hold.expiresAt.getTime() !== untilMs)
    return 'held under another name or for another time';
  const totalMinor = totalOf(hold.lines);
  if (totalMinor !== hold.totalMinor) return `costs ${hold.totalMinor} instead of ${totalMinor}`;
  return begin(model, {
    id: hold.id,
    buyer: buyerId,
    lines,
    dueMs,
    key: retry?.key ?? null,
    asked: retry?.fingerprint ?? null,
    network: command.network,
  });
}

export type NewHold = Pick<ModelHold, 'id' | 'buyer' | 'lines' | 'dueMs'> &
  Partial<Pick<ModelHold, 'key' | 'asked' | 'network' | 'state'>>;

/** Adds a hold and gives it its places. An offer of the line has no key and no network. */
function begin(model: Model, hold: NewHold): string | null {
  const mine: ModelHold = {
    state: 'waiting',
    untilMs: hold.dueMs,
    ordered: false,
    key: null,
    asked: null,
    network: null,
    mailbox: null,
    card: null,
    ended: null,
    gaveBack: [],
    tickets: [],
    boughtIn: -1,
    refundedMinor: 0,
    policy: model.sale.refundPolicy,
    beginsMs: 0,
    soldVersion: 0,
    disputedMinor: 0,
    disputes: new Map(),
    wasRefundedOutside: false,
    cancelledBy: new Map(),
    ...hold,
  };
  model.holds.push(mine);
  return occupy(model, mine);
}

/** The expected outcome of a command on a known hold, in words. Records it in the model. */
function follow(
  model: Model,
  hold: ModelHold,
  command: Exclude<
    Command,
    | ResaleCommand
    | (TeamCommand | VoucherCommand | IssueCommand)
    | FreeOwedCommand
    | { kind: 'place' | 'expire' | 'close' | 'exchange' | 'join' | 'leave' | 'swap' | 'keep' }
  >,
  outcome: Outcome,
  nowMs: number,
): string {
  const theirs = 'buyerId' in command && command.buyerId !== hold.buyer;
  const isBought = hold.state === 'bought' || hold.state === 'given back';
  switch (command.kind) {
    case 'release':
      if (theirs) return 'refused not_found';
      if (isBought) return 'refused hold_ended';
      if (hold.state === 'waiting') leave(model, hold, 'let go', nowMs);
      return 'released';
    case 'redeem':
      return theirs ? 'refused not_found' : redeem(model, hold, command.code, nowMs);
    case 'order':
      if (theirs) return 'refused not_found';
      if (hold.ordered) return isBought ? 'ordered paid again' : 'ordered again';
      if (hold.state === 'run out') return 'refused hold_expired';
      if (hold.state !== 'waiting') return 'refused hold_ended';
      if (isResold(hold) && totalOf(hold.lines) === 0 && !canBuy(model, hold)) {
        waitAgain(model, hold);
        leave(model, hold, 'let go', nowMs);
        return 'refused hold_ended';
      }
      if (isOverLimit(model, hold, command.order.mailbox)) return 'refused email_limit_reached';
      hold.ordered = true;
      hold.policy = model.sale.refundPolicy;
      hold.beginsMs = model.sale.startsAt.getTime();
      hold.soldVersion = model.sale.version;
      hold.mailbox = command.order.mailbox;
      if (outcome.kind === 'ordered' && outcome.hold.totalMinor !== totalOf(hold.lines))
        return `ordered for ${totalOf(hold.lines)}, not ${outcome.hold.totalMinor}`;
      if (hold.lines.some((line) => line.unitMinor > 0)) {
        hold.untilMs += graceMs;
        return 'ordered';
      }
      return buy(model, hold) ?? 'ordered paid';
    case 'confirm':
      return hold.ordered ? pay(model, hold, command.paid.card, outcome, nowMs) : 'refused not_found';
    case 'drop':
      if (!hold.ordered) return 'refused not_found';
      if (isBought) return 'refused order_not_cancellable';
      if (hold.state !== 'waiting') return 'dropped again';
      leave(model, hold, 'let go', nowMs);
      return 'dropped';
    case 'cancel':
      if (!hold.ordered) return 'refused not_found';
      if (isBought) return cancelBought(model, hold, command, nowMs);
      if (command.tickets !== 'all') return 'refused ticket_not_of_order';
      if (hold.state === 'run out') return 'refused order_not_cancellable';
      if (hold.state !== 'waiting') return 'cancelled again';
      leave(model, hold, 'let go', nowMs);
      return 'cancelled';
    case 'refund':
      if (!hold.ordered) return 'refused not_found';
      return isBought ? refundBought(model, hold, command) : 'refused order_not_refundable';
  }
}

/** Returns what is wrong if the places on resale cannot move, or null. */
function buy(model: Model, hold: ModelHold): string | null {
  followOffer(model, hold, 'accepted');
  let wrong: string | null = null;
  if (isResold(hold)) {
    vacate(model, hold);
    buyOut(model, hold);
    wrong = occupy(model, hold);
  }
  hold.state = 'bought';
  hold.boughtIn = model.batch;
  hold.tickets = issueTickets(hold.id, hold.lines);
  return wrong;
}

function redeem(model: Model, hold: ModelHold, code: string | null, nowMs: number): string {
  if (hold.state === 'run out') return 'refused hold_expired';
  if (hold.state !== 'waiting') return 'refused hold_ended';
  if (hold.ordered) return 'refused already_ordered';
  if (isResold(hold)) return 'refused places_fixed';
  if (code !== null && hold.lines.some((line) => line.promo?.code === code)) return 'redeemed';
  const promo = model.sale.promoCodes.find((each) => each.code === code);
  if (code !== null && !promo) return 'refused unknown_promo_code';
  if (promo?.validUntil && nowMs >= promo.validUntil.getTime()) return 'refused promo_code_ended';
  const full = fullPriced(hold.lines);
  const lines = promo ? pricesWith(full, promo) : full;
  const counted = lines.reduce((sum, line) => sum + (line.promo ? line.quantity : 0), 0);
  if (promo && freeIn(model, promo.poolId) < counted) return 'refused promo_code_used_up';
  vacate(model, hold);
  hold.lines = lines;
  return occupy(model, hold) ?? 'redeemed';
}

function pay(model: Model, hold: ModelHold, card: number | null, outcome: Outcome, nowMs: number): string {
  if (hold.state === 'bought' || hold.state === 'given back') return 'confirmed again';
  if (hold.state === 'paid in vain') return 'refund_due again';
  if (
    model.sale.status !== 'cancelled' &&
    isResold(hold) &&
    !(hold.state === 'waiting' && canBuy(model, hold))
  ) {
    if (hold.state === 'waiting') {
      waitAgain(model, hold);
      leave(model, hold, 'paid in vain', nowMs);
    }
    hold.state = 'paid in vain';
    return 'refund_due';
  }
  if (isOverLimit(model, hold, card)) {
    if (hold.state === 'waiting') leave(model, hold, 'paid in vain', nowMs);
    hold.state = 'paid in vain';
    return 'refund_due';
  }
  if (hold.state === 'waiting') {
    const wrong = buy(model, hold);
    hold.card = card;
    return wrong ?? 'confirmed';
  }
  if (hold.state === 'let go' || model.sale.status === 'cancelled' || !fitsAgain(model, hold)) {
    hold.state = 'paid in vain';
    return 'refund_due';
  }
  if (outcome.kind !== 'confirmed') return 'confirmed late';
  const wrong = isSameKind(model, hold, outcome.hold.lines);
  if (wrong) return wrong;
  hold.lines = outcome.hold.lines;
  buy(model, hold);
  hold.card = card;
  return occupy(model, hold) ?? 'confirmed late';
}

function leave(model: Model, hold: ModelHold, state: ModelHold['state'], nowMs: number): void {
  const atMs = Math.min(nowMs, hold.untilMs);
  hold.ended = {
    whats: whatsIn(hold.lines),
    atMs,
    dueMs: hold.dueMs,
    holdMs: model.sale.holdSeconds * 1000,
  };
  const unsold = model.sale.status === 'cancelled' ? 'ended' : 'declined';
  followOffer(model, hold, state === 'run out' ? 'expired' : unsold);
  letGo(model, hold);
  vacate(model, hold);
  hold.state = state;
}
