import type { EventId, HoldId, PoolId, ResaleId, UserId, VoucherBatchId } from '../../../contract/ids.ts';
import type { ActBy } from '../../data/audit-trail.ts';
import type { GiftCardState, GiftUse } from '../gift-cards/gift-card.ts';
import type { EventSale } from '../sale/event-sale.ts';
import type { BlockCommand, UnblockCommand } from './block.ts';
import type { Clock, Clocks } from './clocks.ts';
import type {
  CancelledTickets,
  HoldRecord,
  Outcome,
  Paid,
  Pool,
  SeatStatus,
  SoldOrder,
} from './inventory.ts';
import type { IssueCommand } from './issue.ts';
import type { Line, LineEntry } from './line.ts';
import type { Mark } from './marks.ts';
import type { Moved } from './moved.ts';
import type { OrderDraft, RefundCause } from './order-command.ts';
import type { Unpaid } from './pay-later.ts';
import type { Resale } from './resale.ts';
import type { SwapCommand } from './swap-command.ts';
import type { Voucher, VoucherCommand, Vouchers } from './voucher.ts';

/** What the ledger of one event knows: all pools, all seats, and the holds that this batch may change. */
export interface LedgerState {
  pools: Map<PoolId, Pool>;
  /** Null for an event without numbered seats. */
  seats: Uint8Array | null;
  /** Holds that are due, holds that a command names, and the live holds of every buyer in the batch. */
  holds: Map<HoldId, HoldRecord>;
  /** The same holds by buyer, for the per-buyer limit and for retries. */
  byBuyer: Map<UserId, HoldRecord[]>;
  /** The number of live places of buyers whose holds are not in `holds`. */
  placesBefore?: ReadonlyMap<UserId, number>;
  /** The places that count under each mark that a command names (marks.ts), before the batch. */
  marked: ReadonlyMap<Mark, number>;
  /** The clocks of the buyers and guests' networks that place holds in this batch. */
  clocks: Clocks;
  /** The orders that a command cancels or refunds, by their holds. */
  sold: Map<HoldId, SoldOrder>;
  /** The waitlist; null if nobody waits or has an offer. */
  line: Line | null;
  /** How many places the people at the head of the line have already. Somebody who is missing is not offered anything. */
  placesOfWaiting?: ReadonlyMap<UserId, number>;
  /** The tickets that are offered for resale, the first offer first. Left out if there is none. */
  resales?: Map<ResaleId, Resale>;
  /** The vouchers that commands name, those of these holds, and those that have ended. Left out if there is none. */
  vouchers?: Vouchers;
  /** Batches of vouchers that were made with the keys of these commands, or that they go on with. */
  voucherBatches?: MadeBatch[];
  /** The orders that wait for their money. Left out if no command orders to pay later. */
  unpaid?: Unpaid[];
  /** The locked gift cards that commands name, by the hashes of their codes. Events of one batch share them. */
  giftCards?: Map<string, GiftCardState>;
  /** How many vouchers the event has, if a command makes some. */
  vouchersMade?: number;
}

/** A batch of vouchers. Its portions are made one after the other. */
export interface MadeBatch {
  id: VoucherBatchId;
  madeBy: UserId;
  /** The Idempotency-Key of its request, if it had one. */
  key: string | null;
  fingerprint: string | null;
  /** How many vouchers it has when all portions are made, and how many it has now. */
  made: number;
  written: number;
}

/** What a batch changes, for the store to write. */
export interface Changes {
  /** The changed pools, with their counts before the batch. */
  pools: Map<Pool, Pick<Pool, 'held' | 'sold' | 'kept' | 'blocked'>>;
  placed: Set<HoldRecord>;
  changed: Set<HoldRecord>;
  /** By seat index: the new owner (null: nobody), and the status before. */
  seats: Map<number, { status: SeatStatus; holdId: HoldId | null; before: SeatStatus }>;
  /** The places of each ticket type, for the message. */
  moved: Moved;
  /** The change of each buyer's number of places. */
  places: Map<UserId, number>;
  /** The change of the number of places under each mark. */
  marked: Map<Mark, number>;
  /** The clocks of holds that ended without a purchase. */
  clocks: Clock[];
  /** The new and changed entries of the waitlist. */
  entries: Set<LineEntry>;
  /** The new and changed offers for resale. */
  resales: Set<Resale>;
  /** The change of the number of open offers for resale. */
  openResales: number;
  /** What new blocks are for. */
  labels: Map<HoldId, string>;
  /** How many of the placed holds are the team's and no buyer's. */
  placedByTeam: number;
  /** Whether the numbers of blocked places have changed. */
  movesBlocked: boolean;
  /** The new and changed vouchers, and the batches that got new ones. */
  vouchers: Set<Voucher>;
  voucherBatches: Set<MadeBatch>;
}

/** What a batch changes of one event. */
export interface EventChanges {
  eventId: EventId;
  /** The version after these changes. */
  version: number;
  changes: Changes;
  /** The waitlist after these changes; left out if the event has none. */
  line?: Line | null;
}

/** What happened, for the features that keep orders. They write it in the same transaction. */
export interface Facts {
  /** `gifts`: which gift cards pay how much of it. */
  ordered: { hold: HoldRecord; command: { order: OrderDraft }; gifts?: GiftUse[] }[];
  /** Exchanges that were ordered in this batch. They are in `ordered` too. */
  swapped: { hold: HoldRecord; command: SwapCommand }[];
  /** `network` is the one that the hold counted for until it was bought. */
  confirmed: { hold: HoldRecord; paid: Paid | null; late: boolean; network: Mark | null }[];
  refundDue: { hold: HoldRecord; paid: Paid; cause: RefundCause }[];
  /** Holds whose order will never be paid. */
  ended: { hold: HoldRecord; as: 'expired' | 'cancelled' | 'failed'; withdrawnBy?: ActBy }[];
  cancelled: CancelledTickets[];
  /** Places that were offered to the waitlist. */
  offered: { entry: LineEntry; hold: HoldRecord }[];
  /**
   * People who waited, or had an offer that they had not ordered, when the event was cancelled. The address is the one that a guest
   * gave; their entry has it no more.
   */
  waitedInVain: { entry: LineEntry; email: string | null }[];
  /** Places that were free only now, because their tickets were exchanged for places of other events. */
  freed: { hold: HoldRecord; positions: number[] }[];
  /** Offers for resale that began or ended. */
  resales: Resale[];
  /** Orders whose tickets the team has issued. They are in `ordered` and `confirmed` too. */
  issued: { hold: HoldRecord; command: IssueCommand }[];
  /** Blocks that began or ended. */
  blocks: { hold: HoldRecord; command: BlockCommand | UnblockCommand }[];
  /** How many vouchers the team has made or changed. */
  vouchers: { command: VoucherCommand; count: number }[];
}

export interface Decision {
  outcomes: Outcome[];
  changes: Changes;
  facts: Facts;
  /** The ledger must make more offers in another batch. */
  moreOffers: boolean;
}

/** The decisions of a batch about one event, while they are being made. */
export interface Batch extends Decision {
  sale: EventSale;
  state: LedgerState;
  now: Date;
  /** A command has freed places, or changed the line, since the line was last served. */
  freed: boolean;
  /** Tickets on resale gather for a party of the line. */
  gathered: boolean;
  /** Vouchers whose kept places may have to change after this command. */
  touched: Set<Voucher>;
}

/** Starts a batch without decisions. */
export function openBatch(sale: EventSale, state: LedgerState, now: Date): Batch {
  return {
    sale,
    state,
    now,
    outcomes: [],
    changes: noChanges(),
    facts: {
      ordered: [],
      swapped: [],
      issued: [],
      confirmed: [],
      refundDue: [],
      ended: [],
      cancelled: [],
      freed: [],
      offered: [],
      waitedInVain: [],
      resales: [],
      blocks: [],
      vouchers: [],
    },
    freed: false,
    gathered: false,
    touched: new Set(),
    moreOffers: false,
  };
}

/** The changes of a batch before its first command. */
const noChanges = (): Changes => ({
  pools: new Map(),
  placed: new Set(),
  changed: new Set(),
  seats: new Map(),
  moved: new Map(),
  places: new Map(),
  marked: new Map(),
  clocks: [],
  entries: new Set(),
  resales: new Set(),
  openResales: 0,
  labels: new Map(),
  placedByTeam: 0,
  movesBlocked: false,
  vouchers: new Set(),
  voucherBatches: new Set(),
});

/** Restores pools and seats to their state before a decision that could not be written. */
export function undo({ seats }: Pick<LedgerState, 'seats'>, changes: Pick<Changes, 'pools' | 'seats'>): void {
  for (const [pool, before] of changes.pools) Object.assign(pool, before);
  if (seats) for (const [index, { before }] of changes.seats) seats[index] = before;
}
