/** What leaves through the outbox. Consumers see every message at least once, in order within an event. */
export interface Message {
  /** `<transaction>-<row>`: the same on every delivery, so that a consumer can tell a repetition. */
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

/** Handles messages of one topic. Throwing makes the relay stop there and try the same messages again later. */
export type Consumer = (messages: Message[]) => Promise<void>;

export interface Bus {
  subscribe(topic: Topic, consumer: Consumer): void;
  publish(messages: Message[]): Promise<void>;
}

/** Consumers in this process, called one after the other in the order they subscribed. */
export function createInProcessBus(): Bus {
  const consumers = new Map<Topic, Consumer[]>();
  return {
    subscribe(topic, consumer) {
      consumers.set(topic, [...(consumers.get(topic) ?? []), consumer]);
    },
    async publish(messages) {
      for (const topic of topics) {
        const ofTopic = messages.filter((message) => message.topic === topic);
        if (ofTopic.length === 0) continue;
        for (const consumer of consumers.get(topic) ?? []) await consumer(ofTopic);
      }
    },
  };
}
