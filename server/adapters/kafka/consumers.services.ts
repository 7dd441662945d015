import { Consumer, Producer, stringDeserializers, stringSerializers } from '@platformatic/kafka';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '../../../contract/messages.ts';
import { readConfig } from '../../config.ts';
import { type Sink, SinkUnavailable } from '../../data/bus.ts';
import { cards, purchase } from '../../features/payments/testing/purchase.ts';
import { createLog } from '../../log.ts';
import { createMetrics } from '../../metrics.ts';
import { type KafkaBroker, startKafka } from '../../testing/kafka-broker.ts';
import { startPushService } from '../../testing/push-service.ts';
import { startSmtp } from '../../testing/smtp-server.ts';
import { proof } from '../../testing/thorough.ts';
import { createWorld, secrets } from '../../testing/world.ts';
import { allTasks } from '../../work/tasks.ts';
import { runDueJobs } from '../../work/workers.ts';
import { createPushSender } from '../push/web-push.ts';
import { replayDeadLetters } from './dead-letters.ts';
import { startKafkaConsumer } from './kafka-consumer.ts';
import type { KafkaSettings } from './settings.ts';
import { makeMissingTopics } from './topics.ts';

/*
 * The consumers of docs/streams.md against a real Apache Kafka (tools/services.ts). Each test has topics and groups of its own.
 */
const lib = process.env.ADMIT_KAFKA;
if (!lib) process.stderr.write('consumers.services.ts is left out: there is no Kafka on this machine\n');

describe.skipIf(!lib)('consumers of Kafka', () => {
  let broker: KafkaBroker;
  let count = 0;
  const closers: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    broker = await startKafka({ lib: lib as string });
  });
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });
  afterAll(() => broker?.close());

  const log = createLog({ logLevel: 'silent' });
  const soon = { timeout: 90_000, interval: 50 };

  /** Topics of a test's own, with three partitions. */
  async function openTopics(): Promise<{
    settings: KafkaSettings;
    publish: (...values: Published[]) => Promise<unknown>;
  }> {
    const { kafka } = readConfig({
      KAFKA_BROKERS: broker.address,
      KAFKA_TOPIC_PREFIX: `consumed${++count}.`,
      KAFKA_PARTITIONS: '3',
    });
    const settings = kafka as KafkaSettings;
    await makeMissingTopics(settings);
    const producer = new Producer({
      ...{
        clientId: 'someone',
        bootstrapBrokers: [broker.address],
        serializers: stringSerializers,
        retries: 20,
      },
    });
    closers.push(() => producer.close(true));
    const topic = `${settings.topicPrefix}order_events`;
    return {
      settings,
      publish: (...values) =>
        producer.send({ messages: values.map(({ key, value }) => ({ topic, key, value })), acks: -1 }),
    };
  }
  interface Published {
    key: string;
    value: string;
  }

  const confirmed = (event: number, id: number): Published => {
    const ids = { eventId: `evt_${event}`, orderId: `ord_${id}`, buyerId: 'usr_1' };
    const total = { amount: 100, currency: 'EUR' };
    const data = { ...ids, total, late: false };
    return {
      key: ids.eventId,
      value: JSON.stringify({ specversion: '1.0', id: String(id), type: 'admit.order.confirmed.v1', data }),
    };
  };
  const range = (from: number, until: number) => Array.from({ length: until - from }, (_, i) => from + i);

  /** A member of the group `admit-listener`, which notes what it was told. */
  function listen(settings: KafkaSettings, deliver: (messages: Message[]) => void | Promise<void>) {
    const metrics = createMetrics();
    const sink: Sink = { name: 'listener', topics: ['order_events'], cursor: 'shared', deliver };
    const consumer = startKafkaConsumer({ settings, sink, log, metrics, retryMs: 20 });
    let stopped: Promise<void> | null = null;
    const stop = () => {
      stopped ??= consumer.stop();
      return stopped;
    };
    closers.push(stop);
    return { stop, metrics };
  }
  const note = (heard: Message[]) => (messages: Message[]) => void heard.push(...messages);
  const idsOf = (messages: Message[]) =>
    [...new Set(messages.map(({ id }) => Number(id)))].sort((a, b) => a - b);
  /** The ids of each event in the order in which they came, without repeats. */
  const byEvent = (messages: Message[]) =>
    Object.fromEntries(
      [...Map.groupBy(messages, ({ data }) => data.eventId)].map(([event, own]) => [
        event,
        own
          .map(({ id }) => Number(id))
          .filter((id, i, all) => all.slice(0, i).every((before) => before < id)),
      ]),
    );

  test('two processes share the partitions; one that stops leaves them to the other, and nothing is lost or out of order', async () => {
    const { settings, publish } = await openTopics();
    const heard: Message[][] = [[], []];
    const both = heard.map((own) => listen(settings, note(own)));
    const sent = 600;
    let next = 0;
    const send = async (until: number) => {
      for (; next < until; next += 20)
        await publish(...range(next, next + 20).map((id) => confirmed(id % 6, id)));
    };
    await expect
      .poll(async () => {
        await send(next + 20);
        return heard.every((own) => own.length > 0);
      }, soon)
      .toBe(true);
    const half = next + sent / 2;
    const sending = send(half + sent / 2);
    await expect.poll(() => heard.flat().length, soon).toBeGreaterThan(half - sent / 2);
    await both[0]?.stop();
    await sending;
    await expect.poll(() => idsOf(heard.flat()), soon).toEqual(range(0, next));
    for (const own of heard)
      for (const ids of Object.values(byEvent(own))) expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  });

  proof('a broker that is killed and comes back loses nothing', async () => {
    const { settings, publish } = await openTopics();
    const heard: Message[] = [];
    listen(settings, note(heard));
    await publish(...range(0, 50).map((id) => confirmed(id % 3, id)));
    await expect.poll(() => idsOf(heard), soon).toEqual(range(0, 50));
    await broker.kill();
    await broker.start();
    await publish(...range(50, 100).map((id) => confirmed(id % 3, id)));
    await expect.poll(() => idsOf(heard), soon).toEqual(range(0, 100));
  });

  test('offsets are committed after the work: what a process had not finished, the next one gets', async () => {
    const { settings, publish } = await openTopics();
    let tries = 0;
    const first = listen(settings, () => {
      tries++;
      throw new SinkUnavailable('no database');
    });
    await publish(confirmed(1, 1));
    await expect.poll(() => tries, soon).toBeGreaterThan(8);
    await first.stop();
    const heard: Message[] = [];
    listen(settings, note(heard));
    await expect.poll(() => idsOf(heard), soon).toEqual([1]);
  });

  test('what cannot be handled goes to the dead topic, the others go on, and a replay brings it back', async () => {
    const { settings, publish } = await openTopics();
    const heard: Message[] = [];
    let isBroken = true;
    const { metrics } = listen(settings, (messages) => {
      if (isBroken && messages.some(({ id }) => id === '3')) throw new Error('no such order');
      heard.push(...messages);
    });
    await publish(
      ...[
        confirmed(1, 1),
        confirmed(1, 2),
        { key: 'evt_1', value: 'not JSON' },
        confirmed(1, 3),
        confirmed(1, 4),
      ],
    );
    await expect.poll(() => idsOf(heard), soon).toEqual([1, 2, 4]);
    const dead = await readDead(settings);
    expect(dead).toEqual([
      {
        value: 'not JSON',
        error: 'The value is not a CloudEvent of Admit in JSON.',
        place: expect.stringMatching(/order_events\/[0-2]\/2$/),
        consumer: 'listener',
      },
      {
        value: confirmed(1, 3).value,
        error: 'no such order',
        place: expect.any(String),
        consumer: 'listener',
      },
    ]);
    const said = await metrics.registry.metrics();
    expect(said).toContain('admit_consumer_dead_messages_total{consumer="listener"} 2\n');
    isBroken = false;
    const topic = `${settings.topicPrefix}order_events`;
    expect(await replayDeadLetters(settings, topic)).toBe(2);
    await expect.poll(() => idsOf(heard), soon).toEqual([1, 2, 3, 4]);
    // What is not JSON is dead again; what was replayed is not replayed twice.
    await expect.poll(async () => (await readDead(settings)).length, soon).toBe(3);
    expect(await replayDeadLetters(settings, topic)).toBe(1);
    expect(idsOf(heard)).toEqual([1, 2, 3, 4]);
  });

  async function readDead(settings: KafkaSettings) {
    const topic = `${settings.topicPrefix}order_events.dead`;
    const consumer = new Consumer({
      ...{ groupId: `reader${++count}`, clientId: 'reader', bootstrapBrokers: [broker.address] },
      deserializers: stringDeserializers,
    });
    try {
      const ends = await consumer.listOffsets({ topics: [topic], timestamp: -1n });
      let left = [...ends.values()].flat().reduce((sum, offset) => sum + Number(offset), 0);
      const read = [];
      if (left === 0) return [];
      for await (const { value, headers } of await consumer.consume({
        topics: [topic],
        mode: 'earliest',
        autocommit: false,
      })) {
        const header = (name: string) => headers.get(`admit-dead-${name}`);
        read.push({ value, error: header('error'), place: header('place'), consumer: header('consumer') });
        if (--left === 0) break;
      }
      return read;
    } finally {
      await consumer.close(true);
    }
  }

  test('the notification service reads Kafka: a broker that is down delays no mail with tickets, and repeats are absorbed', async () => {
    const [smtp, service] = await Promise.all([startSmtp(), startPushService()]);
    const prefix = `sold${++count}.`;
    const world = await createWorld({
      ...{ SMTP_URL: smtp.url, MAIL_FROM: 'Box office <tickets@admit.example>', LOG_LEVEL: 'silent' },
      ...{ KAFKA_BROKERS: broker.address, KAFKA_TOPIC_PREFIX: prefix, KAFKA_PARTITIONS: '3' },
    });
    closers.push(smtp.close, service.close, world.close);
    const contact = 'mailto:operations@admit.example';
    world.app.push = createPushSender({
      ...{ secret: secrets.session, contact, agent: service.agent, mayUse: () => true },
    });
    const event = await world.event({ priceMinor: 0, fields: { title: 'Night Shift' } });
    const person = await world.user();
    const browser = service.browser();
    await person.client.put('/api/me/push-subscriptions', browser.subscription);
    const runJobs = () => runDueJobs(world.app.db, allTasks(world.app));
    // Kafka's groups, and not the outbox, say how far the consumers are.
    const sinks = await world.app.db.query<{ sink: string }>('select sink from outbox_cursors order by sink');
    expect(sinks.map(({ sink }) => sink)).toEqual([
      'dashboard',
      'find-orders',
      'interest',
      'kafka',
      'webhooks',
    ]);

    await broker.kill();
    const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
    const held = await person.client.post(`/api/events/${event.id}/holds`, { items });
    const buyer = { name: 'Ada', email: person.email };
    const ordered = await person.client.post('/api/orders', { holdId: held.body.id, buyer });
    expect(ordered.status, JSON.stringify(ordered.body)).toBe(201);
    await runJobs();
    expect(smtp.received).toHaveLength(1);
    expect(browser.received).toHaveLength(1);
    await broker.start();
    const failing = await purchase(world, await world.event({ fields: { title: 'Late Show' } }));
    await failing.pay(cards.blocked);
    const subjects = () => smtp.received.map(({ subject }) => subject);
    const settle = async () => {
      await runJobs();
      return subjects();
    };
    await expect
      .poll(settle, soon)
      .toEqual(['Your tickets: Night Shift', 'Your payment for Late Show failed']);

    // The whole outbox is published again.
    const { db, relay } = world.app;
    await db.run(`update outbox_cursors set id = 0 where sink = 'kafka'`);
    await relay.drain();
    const another = await purchase(world, await world.event({ fields: { title: 'Last Call' } }));
    await another.pay(cards.blocked);
    await expect.poll(settle, soon).toContain('Your payment for Last Call failed');
    expect(subjects()).toHaveLength(3);
    expect(browser.received).toHaveLength(1);
  });
});
