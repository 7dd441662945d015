import { Consumer, Producer, stringDeserializers, stringSerializers } from '@platformatic/kafka';
import type { TextRecord } from './kafka-consumer.ts';
import { connectionOptions, type KafkaSettings } from './settings.ts';
import { deadTopicName, makeMissingTopics } from './topics.ts';

type TextProducer = Producer<string, string, string, string>;

/** Headers that a dead letter has more than its message: who could not handle it, why, and where it was. */
const ownHeaders = ['admit-dead-consumer', 'admit-dead-error', 'admit-dead-place'] as const;

const openProducer = (settings: KafkaSettings): TextProducer =>
  new Producer({
    ...connectionOptions(settings, 'admit-dead-letters'),
    acks: -1,
    retries: 1,
    serializers: stringSerializers,
  });

/** Puts messages that a consumer cannot handle into the dead topics. Nothing connects before the first one. */
export function createDeadLetters({ settings, consumer }: { settings: KafkaSettings; consumer: string }) {
  let producer: TextProducer | null = null;
  return {
    /** Resolves when all replicas in sync have the letter. */
    async put(record: TextRecord, error: string): Promise<void> {
      const topic = deadTopicName(record.topic);
      await makeMissingTopics(settings, [topic]);
      producer ??= openProducer(settings);
      await producer.send({
        messages: [
          {
            ...{ topic, timestamp: record.timestamp },
            ...(record.key !== undefined && { key: record.key }),
            ...(record.value !== undefined && { value: record.value }),
            headers: {
              ...Object.fromEntries(record.headers),
              'admit-dead-consumer': consumer,
              'admit-dead-error': error,
              'admit-dead-place': `${record.topic}/${record.partition}/${record.offset}`,
            },
          },
        ],
      });
    },
    async close(): Promise<void> {
      await producer?.close(true).catch(() => {});
    },
  };
}

/**
 * Publishes again, into their own topic, the dead letters that are there now and were not replayed before. Returns their
 * number. `topic` is the name in the cluster, without `.dead`. A crash in between may publish some of them twice.
 */
export async function replayDeadLetters(settings: KafkaSettings, topic: string): Promise<number> {
  const deadTopic = deadTopicName(topic);
  const consumer = new Consumer<string, string, string, string>({
    ...connectionOptions(settings, 'admit-replay'),
    ...{
      groupId: `${settings.topicPrefix}admit-replay`,
      autocommit: false,
      deserializers: stringDeserializers,
    },
  });
  const producer = openProducer(settings);
  try {
    if ((await makeMissingTopics(settings, [deadTopic])).length > 0) return 0;
    await consumer.joinGroup();
    const ends = (await consumer.listOffsets({ topics: [deadTopic], timestamp: -1n })).get(deadTopic) ?? [];
    const partitions = ends.map((_, partition) => partition);
    const committed = await consumer.listCommittedOffsets({ topics: [{ topic: deadTopic, partitions }] });
    const begins = (await consumer.listOffsets({ topics: [deadTopic], timestamp: -2n })).get(deadTopic) ?? [];
    const nextOf = (partition: number): bigint => {
      const known = committed.get(deadTopic)?.[partition] ?? -1n;
      return known > (begins[partition] ?? 0n) ? known : (begins[partition] ?? 0n);
    };
    let left = partitions.reduce(
      (sum, partition) => sum + Number((ends[partition] ?? 0n) - nextOf(partition)),
      0,
    );
    const count = left;
    if (left === 0) return 0;
    const stream = await consumer.consume({
      topics: [deadTopic],
      mode: 'committed',
      fallbackMode: 'earliest',
    });
    for await (const letter of stream as AsyncIterable<TextRecord>) {
      const headers = Object.fromEntries(letter.headers);
      for (const name of ownHeaders) delete headers[name];
      const { key, value, timestamp } = letter;
      await producer.send({
        messages: [
          {
            topic,
            timestamp,
            headers,
            ...(key !== undefined && { key }),
            ...(value !== undefined && { value }),
          },
        ],
      });
      await letter.commit();
      if (--left === 0) break;
    }
    return count;
  } finally {
    await producer.close(true).catch(() => {});
    await consumer.close(true).catch(() => {});
  }
}
