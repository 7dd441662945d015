import type { Message } from '../../contract/messages.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { OnPoint } from '../points.ts';
import type { Sink } from './bus.ts';
import { SinkUnavailable } from './bus.ts';
import { isDatabaseUnavailable } from './database-trouble.ts';
import type { Db } from './db.ts';
import {
  addCursor,
  listToDeliverAgain,
  moveCursor,
  parkMessage,
  positionOf,
  postpone,
  readMessages,
  readProgress,
  stayParked,
  takeLease,
  unpark,
} from './outbox.ts';

/** Maximum number of messages in one delivery. */
const batchSize = 1000;
/**
 * A delivery that takes longer has failed. This is shorter than the lease (outbox.ts), so no other process starts the
 * same one.
 */
const deliverWithinMs = 45_000;
/** A message is parked after this many rejections, about eight minutes with the pauses between them. */
const mostAttempts = 10;
const retryMs = 1000;
const stopWithinMs = 2000;
const mostWaitMs = 120_000;

/** Delivers messages to one sink. */
export interface SinkRunner {
  begin(): Promise<void>;
  /**
   * Delivers messages up to `upTo`, unless the sink's pause since the last round is not over. `hurry` skips the
   * pause.
   */
  run(upTo: number, hurry?: boolean): void;
  /** Resolves when there is nothing left to deliver now. */
  rest(): Promise<void>;
  /** The position of a `process` sink; null if the cursor is in the database. */
  own(): { sink: string; position: number } | null;
  stop(): Promise<void>;
}

interface Parts {
  db: Db;
  clock: Clock;
  log: Log;
  holder: string;
  source: string;
  onPoint?: OnPoint | undefined;
  retryMs?: number;
}

export function createSinkRunner(parts: Parts, sink: Sink): SinkRunner {
  const cursor = sink.cursor === 'shared' ? sharedCursor(parts, sink) : processCursor(parts, sink);
  const everyMs = sink.restMs ?? 0;
  let target = 0;
  let begunMs = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | null = null;
  let stopped = false;

  async function go(): Promise<void> {
    try {
      while (!stopped && (await cursor.step(target)));
    } catch (error) {
      parts.log.warn(
        { err: error, sink: sink.name },
        'a sink could not be told; it is tried again in a second',
      );
    }
  }

  return {
    begin: cursor.begin,
    run(upTo, hurry = false) {
      target = Math.max(target, upTo);
      const nowMs = parts.clock.monotonicMs();
      if (stopped || running || (!hurry && nowMs - begunMs < everyMs)) return;
      begunMs = nowMs;
      running = go().finally(() => {
        running = null;
      });
    },
    rest: async () => void (await running),
    own: cursor.own,
    async stop() {
      stopped = true;
      // A sink that hangs must not delay a shutdown. Its messages are delivered again later.
      await within(stopWithinMs, running ?? undefined).catch(() => {});
      await within(stopWithinMs, sink.close?.()).catch(() => {});
    },
  };
}

interface Cursor {
  begin(): Promise<void>;
  /** Makes one delivery. Returns true if the next one should follow at once. */
  step(upTo: number): Promise<boolean>;
  own: SinkRunner['own'];
}

/**
 * The cursor for live connections. They need no messages from before they connected, and a failed delivery is not
 * repeated.
 */
function processCursor({ db, log, source, onPoint }: Parts, sink: Sink): Cursor {
  let position = 0;
  return {
    async begin() {
      position = (await readProgress(db)).lastId;
    },
    async step(upTo) {
      if (upTo <= position) return false;
      const read = await readMessages(db, source, {
        topics: sink.topics,
        types: sink.types,
        after: position,
        upTo,
        limit: batchSize,
      });
      position = read.cursor;
      if (read.messages.length === 0) return false;
      if (onPoint) await onPoint('publishing');
      try {
        await sink.deliver(read.messages);
      } catch (error) {
        log.error({ err: error, sink: sink.name }, 'messages were not told');
      }
      if (onPoint) await onPoint('published');
      return position < upTo;
    },
    own: () => ({ sink: sink.name, position }),
  };
}

/** The cursor that processes share. The one that delivers holds a lease, and no transaction, while the sink works. */
function sharedCursor(parts: Parts, sink: Sink): Cursor {
  const { db, clock, log, holder, source, onPoint } = parts;
  const { name } = sink;
  // Below this position there is nothing to do, so the database need not be asked.
  let doneUpTo = 0;
  let isolateUpTo = 0;
  let waits = 0;

  async function fail(error: unknown, messages: Message[], at: { position: number; attempts: number }) {
    const isAway = error instanceof SinkUnavailable || isDatabaseUnavailable(error);
    if (!isAway && messages.length > 1) {
      // One of these messages is at fault. Delivered one by one, the others get through.
      isolateUpTo = at.position;
      return true;
    }
    const reason = String((error as Error)?.message ?? error).slice(0, 1000);
    const about = { err: error, sink: name, message: messages[0]?.id, attempts: at.attempts + 1 };
    if (!isAway && at.attempts + 1 >= mostAttempts) {
      await parkMessage(db, { sink: name, holder, position: at.position, error: reason, now: clock.now() });
      log.error(about, 'a message was parked: its sink has refused it too often (docs/operations.md)');
      return true;
    }
    waits = isAway ? waits + 1 : at.attempts + 1;
    const waitMs = Math.min(mostWaitMs, (parts.retryMs ?? retryMs) * 2 ** (waits - 1));
    await postpone(db, { sink: name, holder, counts: !isAway, waitMs });
    log.warn(about, 'a sink failed to take its messages and will be retried');
    return false;
  }

  async function step(upTo: number): Promise<boolean> {
    if (upTo <= doneUpTo) return false;
    const lease = await takeLease(db, name, holder);
    if (!lease) return false;
    const limit = lease.id < isolateUpTo ? 1 : batchSize;
    const { topics, types } = sink;
    const read = await readMessages(db, source, { topics, types, after: lease.id, upTo, limit });
    const { messages } = read;
    if (onPoint && messages.length > 0) await onPoint('publishing');
    try {
      if (messages.length > 0) await within(deliverWithinMs, sink.deliver(messages));
    } catch (error) {
      const last = messages.at(-1);
      return fail(error, messages, { position: last ? positionOf(last) : 0, attempts: lease.attempts });
    }
    if (onPoint && messages.length > 0) await onPoint('published');
    waits = 0;
    const isDone = messages.length < limit;
    await moveCursor(db, { sink: name, holder, position: read.cursor, release: isDone });
    if (isDone) doneUpTo = upTo;
    return !isDone;
  }

  return {
    begin: async () => void (await addCursor(db, name)),
    async step(upTo) {
      await deliverAgain(parts, sink);
      return step(upTo);
    },
    own: () => null,
  };
}

/** Delivers parked messages that a person has marked for another delivery. */
async function deliverAgain({ db, log, source }: Parts, sink: Sink): Promise<void> {
  for (const message of await listToDeliverAgain(db, source, sink.name)) {
    try {
      await within(deliverWithinMs, sink.deliver([message]));
      await unpark(db, sink.name, positionOf(message));
    } catch (error) {
      log.error({ err: error, sink: sink.name, message: message.id }, 'a message stays parked');
      await stayParked(db, sink.name, positionOf(message), String((error as Error)?.message ?? error));
    }
  }
}

async function within(ms: number, work: void | Promise<void>): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new SinkUnavailable(`took longer than ${ms} ms`)), ms);
  try {
    await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
