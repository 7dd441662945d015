import { Admin } from '@platformatic/kafka';
import { type Topic, topics } from '../../../contract/messages.ts';
import { connectionOptions, type KafkaSettings } from './settings.ts';

/** The name of a topic in the cluster. */
export const topicName = (settings: KafkaSettings, topic: Topic): string => `${settings.topicPrefix}${topic}`;

/** Of a stadium's seat map, one message may name 120,000 seats. */
const mostMessageBytes = 4 * 1024 * 1024;

/** Where a consumer puts what it cannot read, or what fails each time. */
export const deadTopicName = (topic: string): string => `${topic}.dead`;

/**
 * Makes those of these topics that are missing, by default Admit's own, and leaves the others as they are. Returns the names of
 * those that it made.
 *
 * All messages of an event are in one partition, because the event is their key. Never add partitions to a topic that is in use:
 * an event's later messages would be in another partition than its earlier ones, and out of order.
 */
export async function makeMissingTopics(
  settings: KafkaSettings,
  names = topics.map((topic) => topicName(settings, topic)),
): Promise<string[]> {
  const admin = new Admin({ ...connectionOptions(settings, 'admit-topics'), retries: 1 });
  try {
    const existing = new Set(await admin.listTopics());
    const missing = names.filter((name) => !existing.has(name));
    if (missing.length === 0) return [];
    const { partitions, replicas, retentionMs } = settings.newTopics;
    await admin.createTopics({
      topics: missing,
      partitions,
      replicas,
      configs: [
        { name: 'cleanup.policy', value: 'delete' },
        { name: 'retention.ms', value: String(retentionMs) },
        { name: 'max.message.bytes', value: String(mostMessageBytes) },
      ],
    });
    return missing;
  } finally {
    await admin.close().catch(() => {});
  }
}
