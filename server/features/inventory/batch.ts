import type { EventId, HoldId } from '../../../contract/ids.ts';
import type { Clock } from '../../clock.ts';
import type { Db, Queryable, Writes } from '../../data/db.ts';
import type { Effect } from '../../data/outbox.ts';
import type { Log } from '../../log.ts';
import type { Metrics } from '../../metrics.ts';
import type { OnPoint } from '../../points.ts';
import type { EventSale } from '../sale/event-sale.ts';
import type { Books } from './books.ts';
import type { Command, Outcome, SoldOrder } from './inventory.ts';
import type { Facts } from './state.ts';

/** A command on its way to its event's ledger. */
export interface Submitted {
  eventId: EventId;
  command: Command;
}

/** A command that waits in a lane, and whoever waits for its outcome. */
export interface Entry extends Submitted {
  queuedAtMs: number;
  resolve: (outcome: Outcome) => void;
  reject: (error: unknown) => void;
}

/** Events are spread over lanes: the commands that wait in one, and what is remembered of its events between batches. */
export interface Lane {
  queue: Entry[];
  books: Books;
}

/** Writes of other features that belong to a batch: same transaction, same round trip. */
export type Consequence = (trx: Writes, facts: Facts, sale: EventSale, now: Date) => Effect[];

/** What a batch needs. */
export interface BatchOptions {
  /** Connections of the ledger's own: whoever waits for its lock must not hold what it needs to go on. */
  db: Db;
  clock: Clock;
  metrics: Metrics;
  log: Log;
  /** The sale of an event, through the ledger's own connections; null where there is no such event. */
  readSale: (eventId: EventId) => Promise<EventSale | null>;
  /** Locks the orders of these holds and their tickets until the batch commits, and reads them. */
  readSold: (trx: Queryable, holdIds: HoldId[]) => Promise<Map<HoldId, SoldOrder>>;
  consequence: Consequence;
  /** Called after a commit that left something in the outbox. */
  onCommitted: () => void;
  onPoint?: OnPoint | undefined;
}
