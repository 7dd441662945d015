import type { EventId, HoldId } from '../../../contract/ids.ts';
import type { Clock } from '../../clock.ts';
import type { Db, Queryable, Writes } from '../../data/db.ts';
import type { Effect } from '../../data/outbox.ts';
import type { Log } from '../../log.ts';
import type { Metrics } from '../../metrics.ts';
import type { OnPoint } from '../../points.ts';
import type { Traces } from '../../traces.ts';
import type { EventSale } from '../sale/event-sale.ts';
import type { Books } from './books.ts';
import type { Command, Outcome, SoldOrder } from './inventory.ts';
import type { Facts } from './state.ts';

/** A command on its way to its event's ledger. */
export interface Submitted {
  eventId: EventId;
  command: Command;
}

/** A command in a lane's queue, with the promise that its caller awaits. */
export interface Entry extends Submitted {
  queuedAtMs: number;
  /** The span of the request that waits, if there are traces. */
  span: string | null;
  resolve: (outcome: Outcome) => void;
  reject: (error: unknown) => void;
}

/** A queue of commands for some of the events, with the cache of those events between batches. */
export interface Lane {
  queue: Entry[];
  books: Books;
}

/** Writes of other features in the batch's transaction and round trip. */
export type Consequence = (trx: Writes, facts: Facts, sale: EventSale, now: Date) => Effect[];

/** What a batch needs. */
export interface BatchOptions {
  /**
   * The ledger's own connections. A caller that waits for the ledger's lock must not hold a connection that the
   * ledger needs to finish.
   */
  db: Db;
  clock: Clock;
  metrics: Metrics;
  log: Log;
  /** Reads an event's sale through the ledger's own connections; null if there is no such event. */
  readSale: (eventId: EventId) => Promise<EventSale | null>;
  /** Locks the orders of these holds and their tickets until the batch commits, and reads them. */
  readSold: (trx: Queryable, holdIds: HoldId[]) => Promise<Map<HoldId, SoldOrder>>;
  consequence: Consequence;
  /** Called after a commit that wrote to the outbox. */
  onCommitted: () => void;
  /** Called after a batch that could not make all offers to the waitlist of an event. */
  serveAgain?: (eventId: EventId) => void;
  onPoint?: OnPoint | undefined;
  traces?: Traces | null;
}
