import { Producer, stringSerializers } from '@platformatic/kafka';
import { type Message, type MessageType, messageTypes, topics } from '../../../contract/messages.ts';
import { type Sink, SinkUnavailable } from '../../data/bus.ts';
import type { Log } from '../../log.ts';
import type { Traces } from '../../traces.ts';
import { connectionOptions, type KafkaSettings } from './settings.ts';
import { makeMissingTopics, topicName } from './topics.ts';

type TextProducer = Producer<string, string, string, string>;

interface KafkaSinkOptions {
  settings: KafkaSettings;
  log: Log;
  traces?: Traces | null;
}

/**
 * Publishes every message to Kafka, as a CloudEvent in structured mode (CloudEvents' Kafka protocol binding). Its key is the
 * event's id, so that all messages of an event are in one partition, in their order. docs/streams.md is what readers of the
 * topics may rely on.
 *
 * Nothing connects before the first delivery. So Admit starts and sells while no broker answers.
 */
export function createKafkaSink({ settings, log, traces }: KafkaSinkOptions): Sink {
  let opened: Promise<TextProducer> | null = null;

  async function open(): Promise<TextProducer> {
    const made = await makeMissingTopics(settings);
    if (made.length > 0) log.info({ topics: made }, 'topics were made in Kafka');
    return new Producer({
      ...connectionOptions(settings, 'admit'),
      // An answer counts when all replicas that are in sync have the message, and a repeat within a send writes it once.
      idempotent: true,
      acks: -1,
      retries: 1,
      serializers: stringSerializers,
    });
  }

  /** A producer that has failed has lost its place in the sequence of its messages. The next delivery gets a new one. */
  async function drop(): Promise<void> {
    const failed = opened;
    opened = null;
    await failed?.then((producer) => producer.close(true)).catch(() => {});
  }

  async function deliver(messages: Message[]): Promise<void> {
    try {
      opened ??= open();
      const producer = await opened;
      const send = async () => {
        const span = traces?.here() ?? null;
        await producer.send({ messages: messages.map((message) => toRecord(settings, message, span)) });
      };
      const attributes = { 'messaging.system': 'kafka', 'messaging.batch.message_count': messages.length };
      await (traces?.span('publish', { kind: 'producer', parent: 'none', attributes }, send) ?? send());
    } catch (error) {
      // Not awaited: a connection that does not answer is not closed at once either.
      void drop();
      if (isAboutMessage(error)) throw error;
      throw new SinkUnavailable(`Kafka: ${causesOf(error).join('; ')}`, { cause: error });
    }
  }

  return { name: 'kafka', topics, cursor: 'shared', deliver, close: drop, restMs: 50 };
}

function toRecord(settings: KafkaSettings, message: Message, span: string | null) {
  return {
    topic: topicName(settings, messageTypes[message.type as MessageType]?.topic ?? 'event_changes'),
    key: message.partitionkey,
    value: JSON.stringify(message),
    timestamp: BigInt(Date.parse(message.time)),
    headers: {
      'content-type': 'application/cloudevents+json; charset=UTF-8',
      ce_id: message.id,
      ce_type: message.type,
      ...(span && { traceparent: span }),
    },
  };
}

/** Errors that stay, however often this message is sent. Each other error is the cluster's, or our access to it. */
const faultsOfMessages = ['MESSAGE_TOO_LARGE', 'INVALID_RECORD', 'INVALID_TIMESTAMP', 'CORRUPT_MESSAGE'];

const isAboutMessage = (error: unknown): boolean =>
  faultsOfMessages.some((name) => everyError(error).some((each) => each.apiId === name));

interface KafkaError extends Error {
  /** The broker's name for its error. */
  apiId?: string;
  errors?: unknown[];
}

/** An error with all that it wraps: several brokers answer, and each answer may be wrapped again. */
function everyError(error: unknown): KafkaError[] {
  if (!(error instanceof Error)) return [];
  const { cause, errors = [] } = error as KafkaError;
  return [error as KafkaError, ...[cause, ...errors].flatMap(everyError)];
}

/** The messages of the innermost errors, which say what a person can mend. */
const causesOf = (error: unknown): string[] => [
  ...new Set(
    everyError(error)
      .filter((each) => everyError(each).length === 1)
      .map((each) => each.message),
  ),
];
