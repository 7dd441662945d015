import type { EventId, HoldId, PoolId, UserId } from '../../../contract/ids.ts';
import type { EventSale } from '../sale/event-sale.ts';
import type { Clock, Clocks } from './clocks.ts';
import type {
  CancelledTickets,
  Command,
  HoldRecord,
  Outcome,
  Paid,
  Pool,
  RefundCause,
  SeatStatus,
  SoldOrder,
} from './inventory.ts';
import type { Mark } from './marks.ts';
import type { Moved } from './moved.ts';

/** What the ledger of one event knows: all pools, all seats, and the holds that this batch may touch. */
export interface LedgerState {
  pools: Map<PoolId, Pool>;
  /** Null for an event without numbered seats. */
  seats: Uint8Array | null;
  /** Those that are due, those named by a command, and the live ones of every buyer in the batch. */
  holds: Map<HoldId, HoldRecord>;
  /** The same holds by buyer, for the per-buyer limit and for retries. */
  byBuyer: Map<UserId, HoldRecord[]>;
  /** Live places of buyers whose holds are counted here instead of listed above. */
  placesBefore?: ReadonlyMap<UserId, number>;
  /** Before the batch: the places that count under each mark that a command names (marks.ts). */
  marked: ReadonlyMap<Mark, number>;
  /** Of the buyers and guests' networks that place. */
  clocks: Clocks;
  /** The orders that a command cancels, by their holds. */
  sold: Map<HoldId, SoldOrder>;
}

/** What a batch changes, for the store to write. */
export interface Changes {
  /** What has changed, and how much of it was held and sold before. */
  pools: Map<Pool, { held: number; sold: number }>;
  placed: Set<HoldRecord>;
  changed: Set<HoldRecord>;
  /** By seat index: who has it now (null: nobody), and its status before. */
  seats: Map<number, { status: SeatStatus; holdId: HoldId | null; before: SeatStatus }>;
  /** What is told of the places of each ticket type. */
  moved: Moved;
  /** By how many places each buyer has more or fewer than before. */
  places: Map<UserId, number>;
  /** By how many more or fewer places count under each mark. */
  marked: Map<Mark, number>;
  /** Of the holds that ended without being bought. */
  clocks: Clock[];
}

/** What a batch changes of one event. */
export interface EventChanges {
  eventId: EventId;
  /** The version that these changes make. */
  version: number;
  changes: Changes;
}

/** What happened, for the features that keep orders: they write it in the same transaction. */
export interface Facts {
  ordered: { hold: HoldRecord; command: Extract<Command, { kind: 'order' }> }[];
  confirmed: { hold: HoldRecord; paid: Paid | null; late: boolean }[];
  refundDue: { hold: HoldRecord; paid: Paid; cause: RefundCause }[];
  /** Holds with an order that will not be paid any more. */
  ended: { hold: HoldRecord; as: 'expired' | 'cancelled' | 'failed' }[];
  cancelled: CancelledTickets[];
}

export interface Decision {
  outcomes: Outcome[];
  changes: Changes;
  facts: Facts;
}

/** The decisions of a batch about one event, while they are made. */
export interface Batch extends Decision {
  sale: EventSale;
  state: LedgerState;
  now: Date;
}

/** A batch that has decided nothing yet. */
export function openBatch(sale: EventSale, state: LedgerState, now: Date): Batch {
  return {
    sale,
    state,
    now,
    outcomes: [],
    changes: noChanges(),
    facts: { ordered: [], confirmed: [], refundDue: [], ended: [], cancelled: [] },
  };
}

/** What a batch has changed before its first command. */
const noChanges = (): Changes => ({
  pools: new Map(),
  placed: new Set(),
  changed: new Set(),
  seats: new Map(),
  moved: new Map(),
  places: new Map(),
  marked: new Map(),
  clocks: [],
});

/** Puts pools and seats back to what they were before a decision that could not be written. */
export function undo({ seats }: Pick<LedgerState, 'seats'>, changes: Pick<Changes, 'pools' | 'seats'>): void {
  for (const [pool, before] of changes.pools) Object.assign(pool, before);
  if (seats) for (const [index, { before }] of changes.seats) seats[index] = before;
}
