import { setTimeout as sleep } from 'node:timers/promises';
import type { EventId } from '../contract/ids.ts';
import type { Bus, Message, Topic } from './bus.ts';
import type { Db, Writes } from './db.ts';
import type { Log } from './log.ts';
import type { OnPoint } from './points.ts';

/** One thing that must happen once the transaction it is written in has committed. */
export interface Effect {
  topic: Topic;
  type: string;
  eventId: EventId;
  payload: Record<string, unknown>;
}

const insertEffects = `
  insert into outbox (topic, type, event_id, payload, created_at)
  select topic, type, event_id, payload, $5
  from unnest($1::text[], $2::text[], $3::text[], $4::jsonb[]) as effect (topic, type, event_id, payload)`;

/** Writes effects in the caller's transaction: sent if it commits, never if it does not. */
export function enqueueEffects(trx: Writes, effects: Effect[], now: Date): void {
  if (effects.length === 0) return;
  trx.write(insertEffects, [
    effects.map((effect) => effect.topic),
    effects.map((effect) => effect.type),
    effects.map((effect) => effect.eventId),
    effects.map((effect) => JSON.stringify(effect.payload)),
    now,
  ]);
}

export interface Relay {
  /** Says that there is something to publish; the rows are found without it too, within a second. */
  wake(): void;
  /** Publishes all that has committed, then returns. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

// Only rows whose transaction is older than every one still running (in the whole cluster, other databases
// included: one that writes for long holds the relay back) may be read: a younger transaction may
// commit before an older one, and a plain "id greater than the last" would step over the older one's rows.
// `for update` on the cursor makes one relay work at a time, in whatever process.
const lockCursor = `select tx::text, id from outbox_cursors where relay = $1 for update`;
const readAfter = `
  select tx::text, id, topic, type, event_id, payload, created_at
  from outbox
  where (tx, id) > ($1::xid8, $2::bigint) and tx < pg_snapshot_xmin(pg_current_snapshot())
  order by tx, id
  limit $3`;
const moveCursor = `update outbox_cursors set tx = $2::xid8, id = $3 where relay = $1`;

interface OutboxRow {
  tx: string;
  id: number;
  topic: Topic;
  type: string;
  event_id: string;
  payload: Record<string, unknown>;
  created_at: Date;
}

interface Cursor {
  tx: string;
  id: number;
}

const start: Cursor = { tx: '0', id: 0 };
const isBehind = `
  select exists (select from outbox, outbox_cursors as cursor
    where cursor.relay = $1 and (outbox.tx, outbox.id) > (cursor.tx, cursor.id)) as behind`;
const createCursor = `insert into outbox_cursors (relay, tx, id) values ($1, '0', 0) on conflict do nothing`;
const batchSize = 1000;

export interface RelayOptions {
  /** How long rows that nobody woke us for may lie. */
  pollMs?: number;
  /** Waits so long before a round: answers go out first, and what commits meanwhile costs no round of its own. */
  restMs?: number;
  onPoint?: OnPoint | undefined;
}

/**
 * Reads the outbox in order and publishes it. A crash between publishing and moving the cursor publishes
 * the batch again: at least once, never not at all.
 */
export function startRelay(db: Db, bus: Bus, log: Log, options: RelayOptions = {}): Relay {
  const { pollMs = 1000, restMs = 20, onPoint } = options;
  const relay = 'bus';
  let stopped = false;
  let again = false;
  let running: Promise<void> | null = null;

  // Where this process believes the cursor to be; another may have moved it, and then what was read is read again.
  let cursor: Cursor | null = null;

  async function publishBatch(): Promise<number> {
    if (!cursor) await db.run(createCursor, [relay]);
    const known = cursor ?? start;
    return db.transaction(async (trx) => {
      // Losing the last move in a crash only publishes those rows again, so nobody waits for the disk.
      trx.write('set local synchronous_commit to off');
      const [[locked], ahead] = await Promise.all([
        trx.query<Cursor>(lockCursor, [relay]),
        trx.query<OutboxRow>(readAfter, [known.tx, known.id, batchSize]),
      ]);
      if (!locked) return 0;
      const moved = locked.tx !== known.tx || locked.id !== known.id;
      cursor = locked;
      const rows = moved ? await trx.query<OutboxRow>(readAfter, [locked.tx, locked.id, batchSize]) : ahead;
      const last = rows.at(-1);
      if (!last) return 0;
      if (onPoint) await onPoint('publishing');
      await bus.publish(rows.map(toMessage));
      if (onPoint) await onPoint('published');
      trx.write(moveCursor, [relay, last.tx, last.id]);
      cursor = { tx: last.tx, id: last.id };
      return rows.length;
    });
  }

  async function publishAll(): Promise<void> {
    while (!stopped && (await publishBatch()) === batchSize);
  }

  /** Waits for rows that have committed and may not be read yet, because an older transaction still runs. */
  async function drain(): Promise<void> {
    for (;;) {
      await publishAll();
      const [row] = await db.query<{ behind: boolean }>(isBehind, [relay]);
      if (stopped || !row?.behind) return;
      await sleep(10);
    }
  }

  function wake(): void {
    again = true;
    if (stopped || running) return;
    running = (async () => {
      try {
        while (again && !stopped) {
          await sleep(restMs);
          again = false;
          await publishAll();
        }
      } catch (error) {
        cursor = null;
        log.warn({ err: error }, 'the outbox relay will try again');
      } finally {
        running = null;
      }
    })();
  }

  const timer = setInterval(wake, pollMs);
  timer.unref();
  return {
    wake,
    drain,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

const toMessage = (row: OutboxRow): Message => ({
  id: `${row.tx}-${row.id}`,
  topic: row.topic,
  type: row.type,
  eventId: row.event_id,
  payload: row.payload,
  createdAt: row.created_at,
});
