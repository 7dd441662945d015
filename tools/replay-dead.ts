/**
 * Publishes messages again that a consumer could not handle (docs/streams.md): `npm run replay-dead -- order_events`. It needs
 * the same KAFKA_ settings as the server.
 */
import { topics } from '../contract/messages.ts';
import { replayDeadLetters } from '../server/adapters/kafka/dead-letters.ts';
import { topicName } from '../server/adapters/kafka/topics.ts';
import { readConfig } from '../server/config.ts';

const topic = topics.find((name) => name === process.argv[2]);
const { kafka } = readConfig();
if (!topic || !kafka) {
  console.error(
    kafka
      ? `Name one of the topics ${topics.join(', ')}.`
      : 'KAFKA_BROKERS names no broker, so nothing can be replayed.',
  );
  process.exit(1);
}
const count = await replayDeadLetters(kafka, topicName(kafka, topic));
console.log(
  count === 0 ? `No message of ${topic} is dead.` : `${count} messages were published to ${topic} again.`,
);
