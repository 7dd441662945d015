import type { Message, Topic } from '../../contract/messages.ts';

/**
 * Somebody who is told messages: the live connections of this process, what is trending, later Kafka and webhooks.
 * Work that must be done exactly once is no sink but a job, enqueued in the transaction that causes it (jobs.ts).
 */
export interface Sink {
  name: string;
  topics: readonly Topic[];
  /**
   * `shared`: one cursor in the database for all processes that have this sink; one of them delivers at a time.
   * `process`: a cursor in this process's memory that begins at the present. Every process gets every message.
   */
  cursor: 'shared' | 'process';
  /**
   * Handles messages, outside any transaction. A message may come again, with the same `id`; those of one event come in
   * order. A sink ignores types that it does not know: a newer process may write them. A message that makes it throw is tried again a few times and then
   * parked. Throwing SinkUnavailable says that no message is at fault: the sink waits as long as it takes.
   */
  deliver(messages: Message[]): void | Promise<void>;
  /** The pause before each round. Longer means fewer rounds with more messages each; 20 ms unless told. */
  restMs?: number;
}

/** What a sink writes to is away. Nothing is parked; the sink is asked again with growing pauses. */
export class SinkUnavailable extends Error {}
