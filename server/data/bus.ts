/** What is told to others through the outbox. A sink gets every message at least once, in order within an event. */
export interface Message {
  /** The same on every delivery, so that a sink can tell a repetition. */
  id: string;
  topic: Topic;
  type: string;
  eventId: string;
  payload: Record<string, unknown>;
  createdAt: Date;
}

export const topics = [
  'ticket_availability',
  'payment_notifications',
  'order_events',
  'door_events',
] as const;
export type Topic = (typeof topics)[number];

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
   * Handles messages, outside any transaction. A message that makes it throw is tried again a few times and then
   * parked. Throwing SinkUnavailable says that no message is at fault: the sink waits as long as it takes.
   */
  deliver(messages: Message[]): void | Promise<void>;
  /** The pause before each round. Longer means fewer rounds with more messages each; 20 ms unless told. */
  restMs?: number;
}

/** What a sink writes to is away. Nothing is parked; the sink is asked again with growing pauses. */
export class SinkUnavailable extends Error {}
