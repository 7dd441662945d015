import { z } from 'zod';
import { messageSchema, messageTypes, type Topic, topics } from '../../contract/messages.ts';

type Json = Record<string, unknown>;

const summaries: Record<Topic, string> = {
  ticket_availability: 'Places that were locked, unlocked, sold or returned, and offers of freed places.',
  payment_notifications: 'Payments that succeeded or failed, refunds and disputes.',
  order_events: 'Orders that were confirmed, cancelled, not paid in time, or failed.',
  door_events: 'Tickets that were let in.',
  event_changes: 'Events that were cancelled or moved.',
};

/**
 * Makes the AsyncAPI 3.0 description of the topics in Kafka, from the schemas of contract/messages.ts. `topicPrefix` is
 * KAFKA_TOPIC_PREFIX. It says nothing about brokers and their addresses, because everybody may read it.
 */
export function describeStreams(server: { url: string; topicPrefix: string }): Json {
  const schemas = new Map(
    messageSchema.options.map((schema) => [
      schema.shape.type.value,
      z.toJSONSchema(schema, { io: 'output' }),
    ]),
  );
  const messages = Object.fromEntries(
    Object.entries(messageTypes).map(([type, { summary }]) => [
      type,
      {
        name: type,
        title: type,
        summary,
        contentType: 'application/cloudevents+json; charset=UTF-8',
        headers: headersOf(type),
        payload: schemas.get(type as keyof typeof messageTypes),
        bindings: { kafka: { key: { type: 'string', description: 'The id of the event.' } } },
      },
    ]),
  );
  const typesOf = (topic: Topic) =>
    Object.entries(messageTypes).flatMap(([type, about]) => (about.topic === topic ? type : []));
  return {
    asyncapi: '3.0.0',
    id: server.url,
    info: {
      title: 'Admit',
      version: '1',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
      description: [
        'What an Admit publishes to Kafka: CloudEvents 1.0 in structured mode, at least once, and in order for each event.',
        'The key is the id of the event. Ids grow within an event: whoever keeps the last id of each event can drop every repeat. Ignore types and members that you do not know.',
      ].join('\n\n'),
    },
    defaultContentType: 'application/cloudevents+json; charset=UTF-8',
    channels: Object.fromEntries(
      topics.map((topic) => [
        topic,
        {
          address: `${server.topicPrefix}${topic}`,
          summary: summaries[topic],
          messages: Object.fromEntries(
            typesOf(topic).map((type) => [type, { $ref: `#/components/messages/${type}` }]),
          ),
          bindings: { kafka: { topic: `${server.topicPrefix}${topic}` } },
        },
      ]),
    ),
    operations: Object.fromEntries(
      topics.map((topic) => [
        `publish_${topic}`,
        { action: 'send', channel: { $ref: `#/channels/${topic}` }, summary: summaries[topic] },
      ]),
    ),
    components: { messages },
  };
}

const headersOf = (type: string): Json => ({
  type: 'object',
  required: ['content-type', 'ce_id', 'ce_type'],
  properties: {
    'content-type': { type: 'string', const: 'application/cloudevents+json; charset=UTF-8' },
    ce_id: { type: 'string', description: 'The id of the message.' },
    ce_type: { type: 'string', const: type },
  },
});
