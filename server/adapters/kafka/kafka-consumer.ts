import { setTimeout as wait } from 'node:timers/promises';
import { Consumer, type MessagesStream, stringDeserializers } from '@platformatic/kafka';
import type { Message } from '../../../contract/messages.ts';
import type { Sink } from '../../data/bus.ts';
import { SinkUnavailable } from '../../data/bus.ts';
import { isDatabaseUnavailable } from '../../data/database-trouble.ts';
import type { Log } from '../../log.ts';
import type { Metrics } from '../../metrics.ts';
import type { About, Traces } from '../../traces.ts';
import { createDeadLetters } from './dead-letters.ts';
import { connectionOptions, type KafkaSettings } from './settings.ts';
import { makeMissingTopics, topicName } from './topics.ts';

/** A consumer of topics, in this process. */
export interface KafkaConsumer {
  /** Finishes the messages in work, and leaves the group, so that another process has its partitions at once. */
  stop(): Promise<void>;
}

interface ConsumerOptions {
  settings: KafkaSettings;
  /** What handles the messages. Its name names the group, and its cursor is the group's offsets. */
  sink: Sink;
  log: Log;
  metrics: Metrics;
  traces?: Traces | null;
  /** The wait before the second try. It doubles with each further try. */
  retryMs?: number;
}

/** A record as the client gives it. */
export interface TextRecord {
  topic: string;
  partition: number;
  offset: bigint;
  key?: string;
  value?: string;
  timestamp: bigint;
  headers: Map<string, string>;
  commit(): void | Promise<void>;
}
type TextStream = MessagesStream<string, string, string, string>;

/** Maximum number of messages in one delivery. */
const batchSize = 500;
/** A message that fails is tried so often, within some fifteen seconds. Its partition waits meanwhile. */
const mostAttempts = 5;
const mostWaitMs = 30_000;
const measureEveryMs = 10_000;
/** After so long without a sign of life a process is taken for dead, and others of its group get its partitions. */
const sessionMs = 10_000;
/** Who joins a group waits for the dead and the busy of its members. */
const answerMs = 2 * sessionMs + 5000;

/** The name of a consumer's group. */
const groupOf = (settings: KafkaSettings, sink: string): string => `${settings.topicPrefix}admit-${sink}`;

/**
 * Reads the topics of a sink as a member of its consumer group, and commits its offsets by hand, after the sink has handled the
 * messages. So each message is handled at least once, and those of an event in their order. A message that cannot be
 * handled goes to the dead topic, and the others go on (docs/streams.md). While brokers or the database are away it waits.
 */
export function startKafkaConsumer(options: ConsumerOptions): KafkaConsumer {
  const { settings, sink, log, metrics, traces, retryMs = 1000 } = options;
  const topics = sink.topics.map((topic) => topicName(settings, topic));
  const groupId = groupOf(settings, sink.name);
  const dead = createDeadLetters({ settings, consumer: sink.name });
  const stopping = new AbortController();
  const { signal } = stopping;
  const pause = (tries: number) =>
    wait(Math.min(mostWaitMs, retryMs * 2 ** (tries - 1)), undefined, { signal });

  async function run(): Promise<void> {
    for (let failures = 1; !signal.aborted; failures++) {
      try {
        await readOn(() => {
          failures = 0;
        });
      } catch (error) {
        if (signal.aborted) return;
        log.warn(
          { err: error, consumer: sink.name },
          'a consumer of Kafka could not go on; it is started again',
        );
        await pause(failures).catch(() => {});
      }
    }
  }

  async function readOn(onRead: () => void): Promise<void> {
    await makeMissingTopics(settings);
    const consumer = new Consumer<string, string, string, string>({
      ...connectionOptions(settings, `admit-${sink.name}`),
      ...{ groupId, sessionTimeout: sessionMs, heartbeatInterval: 3000, rebalanceTimeout: sessionMs },
      ...{ timeout: answerMs, requestTimeout: answerMs },
      ...{ autocommit: false, deserializers: stringDeserializers, retries: 1 },
    });
    const measuring = setInterval(() => void measure(consumer), measureEveryMs);
    try {
      const stream = await consumer.consume({ topics, mode: 'committed', fallbackMode: 'earliest' });
      const next = openReader(stream, signal);
      for (;;) {
        const records = await next();
        if (records === null) return;
        await handle(records);
        for (const last of lastOfPartitions(records)) await last.commit();
        onRead();
      }
    } finally {
      clearInterval(measuring);
      await consumer.close(true).catch(() => {});
    }
  }

  async function measure(consumer: Consumer<string, string, string, string>): Promise<void> {
    const lag = await consumer.getLag({ topics }).catch(() => null);
    const own = [...(lag?.values() ?? [])].flat().filter((each) => each > 0n);
    if (lag)
      metrics.consumerLag.set({ consumer: sink.name }, Number(own.reduce((sum, each) => sum + each, 0n)));
  }

  async function handle(records: TextRecord[]): Promise<void> {
    const wanted: { record: TextRecord; message: Message }[] = [];
    for (const record of records) {
      const message = readMessage(record.value);
      if (!message) await bury(record, 'The value is not a CloudEvent of Admit in JSON.');
      else if (!sink.types || sink.types.includes(message.type)) wanted.push({ record, message });
    }
    if (wanted.length > 0) await tell(wanted);
  }

  async function tell(wanted: { record: TextRecord; message: Message }[]): Promise<void> {
    for (let tries = 1, waits = 1; ; ) {
      try {
        const deliver = async () => sink.deliver(wanted.map(({ message }) => message));
        if (!traces) return await deliver();
        return await traces.span(`consume ${sink.name}`, spanOf(wanted.map(({ record }) => record)), deliver);
      } catch (error) {
        const isAway = error instanceof SinkUnavailable || isDatabaseUnavailable(error);
        if (!isAway && wanted.length > 1) {
          // One of these is at fault. Delivered one by one, the others get through.
          for (const one of wanted) await tell([one]);
          return;
        }
        const { record, message } = wanted[0] as (typeof wanted)[number];
        const about = { err: error, consumer: sink.name, message: message.id, tries };
        if (!isAway && tries >= mostAttempts)
          return bury(record, String((error as Error)?.message ?? error).slice(0, 1000));
        log.warn(about, 'a consumer of Kafka failed at a message and tries again');
        await pause(isAway ? waits++ : tries++);
      }
    }
  }

  async function bury(record: TextRecord, error: string): Promise<void> {
    await dead.put(record, error);
    metrics.consumerDead.inc({ consumer: sink.name });
    const { topic, partition, offset } = record;
    log.error(
      { consumer: sink.name, topic, partition, offset: String(offset), reason: error },
      'a message went to the dead topic (docs/streams.md)',
    );
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
      await dead.close();
    },
  };
}

/**
 * Returns a function that waits for messages and returns all that have come; null at the end. It listens to the stream as long as
 * that lives: a stream whose last listener has gone does not fetch again.
 */
function openReader(stream: TextStream, signal: AbortSignal): () => Promise<TextRecord[] | null> {
  let changed = Promise.withResolvers<void>();
  const change = () => changed.resolve();
  stream.on('readable', change);
  stream.on('close', change);
  // It may fail while messages are in work, when nobody waits for it.
  stream.on('error', change);
  signal.addEventListener('abort', change, { once: true });
  return async () => {
    for (;;) {
      changed = Promise.withResolvers();
      const records: TextRecord[] = [];
      while (records.length < batchSize) {
        const record = stream.read() as TextRecord | null;
        if (record === null) break;
        records.push(record);
      }
      if (records.length > 0) return records;
      if (signal.aborted) return null;
      if (stream.destroyed || stream.readableEnded) throw stream.errored ?? new Error('the stream has ended');
      await changed.promise;
    }
  };
}

/** Records of one publication go on with its trace. Those of several begin a trace with a link to each. */
function spanOf(records: TextRecord[]): About {
  const spans = [...new Set(records.flatMap(({ headers }) => headers.get('traceparent') ?? []))];
  return {
    kind: 'consumer',
    parent: spans.length === 1 ? spans[0] : 'none',
    links: spans.length > 1 ? spans : [],
    attributes: { 'messaging.system': 'kafka', 'messaging.batch.message_count': records.length },
  };
}

const lastOfPartitions = (records: TextRecord[]): TextRecord[] => [
  ...new Map(records.map((record) => [`${record.topic} ${record.partition}`, record])).values(),
];

/** Null for what is no message of ours. A message of a newer version may have more members, or a type that is not known here. */
function readMessage(value: string | undefined): Message | null {
  try {
    const message = JSON.parse(value ?? '') as Message | null;
    const isOurs =
      typeof message?.id === 'string' &&
      typeof message.type === 'string' &&
      typeof message.data?.eventId === 'string';
    return isOurs ? message : null;
  } catch {
    return null;
  }
}
