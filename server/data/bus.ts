import type { Message, MessageType, Topic } from '../../contract/messages.ts';

/**
 * A sink receives messages: the live connections of this process, the trending counts, Kafka, later webhooks. Work
 * that must be done exactly once does not belong in a sink. It is a job that the causing transaction enqueues
 * (jobs.ts).
 */
export interface Sink {
  name: string;
  topics: readonly Topic[];
  /** Only these types of its topics; all if left out. A sink may still get others. */
  types?: readonly MessageType[];
  /**
   * `shared`: all processes that have this sink share one cursor in the database, and one process delivers at a time.
   * `process`: the cursor is in this process's memory and begins at the present. Every process gets every message.
   */
  cursor: 'shared' | 'process';
  /**
   * Handles messages, outside any transaction. A message may be delivered twice, with the same `id`. Messages of one
   * event arrive in order. A sink ignores types that it does not know, because a newer process may write them. If a
   * message makes the sink throw, the runner retries it a few times and then parks it. If the sink throws
   * SinkUnavailable, no message is at fault, and the runner waits as long as necessary.
   */
  deliver(messages: Message[]): void | Promise<void>;
  /** Closes the sink's connections when the relay stops. */
  close?(): Promise<void>;
  /** The pause before each round, 20 ms by default. A longer pause means fewer rounds with more messages each. */
  restMs?: number;
}

/** The system that a sink writes to is unavailable. No message is parked. The runner retries with growing pauses. */
export class SinkUnavailable extends Error {}
