import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Admin, Consumer, stringDeserializers } from '@platformatic/kafka';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { EventId } from '../../../contract/ids.ts';
import type { Message } from '../../../contract/messages.ts';
import { messageTypes, topics } from '../../../contract/messages.ts';
import { readConfig } from '../../config.ts';
import { type Effect, enqueueEffects, listMessages } from '../../data/outbox.ts';
import { type Relay, startRelay } from '../../data/relay.ts';
import { buy } from '../../features/tickets/testing/buy.ts';
import { createMetrics } from '../../metrics.ts';
import { breachOf } from '../../testing/hold-to-messages.ts';
import { type KafkaBroker, startKafka } from '../../testing/kafka-broker.ts';
import { proof } from '../../testing/thorough.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { createKafkaSink } from './kafka-sink.ts';
import type { KafkaSettings } from './settings.ts';

/*
 * Runs against a real Apache Kafka (tools/services.ts). Each test has an Admit of its own and topics of its own.
 */
const lib = process.env.ADMIT_KAFKA;
if (!lib) process.stderr.write('kafka.services.ts is left out: there is no Kafka on this machine\n');

interface Published {
  topic: string;
  partition: number;
  key: string;
  headers: Record<string, string>;
  message: Message;
}

describe.skipIf(!lib)('Kafka', () => {
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

  const nextPrefix = () => `test${++count}.`;

  /** An Admit that publishes by its configuration, as in production. */
  async function openWorld(env: Record<string, string> = {}): Promise<{ world: World; prefix: string }> {
    const prefix = nextPrefix();
    const kafka = { KAFKA_BROKERS: broker.address, KAFKA_TOPIC_PREFIX: prefix, KAFKA_PARTITIONS: '3' };
    const world = await createWorld({ ...kafka, ...env });
    closers.push(() => world.close());
    return { world, prefix };
  }

  /** An Admit beside which a relay publishes that tries again soon, so that a test need not wait for the pauses between tries. */
  async function openImpatient(brokers = broker.address) {
    const world = await createWorld({ LOG_LEVEL: 'silent' });
    const { db, clock, log, config } = world.app;
    const prefix = nextPrefix();
    const { kafka } = readConfig({ KAFKA_BROKERS: brokers, KAFKA_TOPIC_PREFIX: prefix });
    const relay = startRelay({
      ...{ db, clock, log, metrics: createMetrics(), source: config.publicUrl },
      ...{ pollMs: 100, retryMs: 1 },
    });
    closers.push(world.close, relay.stop);
    await relay.addSink(createKafkaSink({ settings: kafka as KafkaSettings, log }));
    return { world, relay, prefix };
  }

  /** Sells tickets of two events in turn, with a buyer each time. */
  async function sell(world: World, events: Awaited<ReturnType<World['event']>>[], orders: number) {
    for (let i = 0; i < orders; i++) {
      const person = await world.user();
      const buyer = { name: 'Ada Osei', email: person.email };
      await buy(world, person, events[i % events.length]!, { buyer });
    }
  }

  const outboxOf = (world: World) => listMessages(world.app.db, world.app.config.publicUrl);

  const stateOf = async (relay: Relay) => (await relay.measure()).sinks.find(({ sink }) => sink === 'kafka');
  /** Resolves when Kafka has accepted everything in the outbox, but for so many messages that wait for a person. */
  const caughtUp = (relay: Relay, parked = 0) =>
    expect.poll(() => stateOf(relay), { timeout: 90_000, interval: 100 }).toMatchObject({ rows: 0, parked });

  /** Reads the topics from their beginning until now. */
  async function readAll(prefix: string, address = broker.address): Promise<Published[]> {
    const consumer = new Consumer({
      groupId: `${prefix}reader-${++count}`,
      clientId: 'reader',
      bootstrapBrokers: [address],
      deserializers: stringDeserializers,
    });
    const names = topics.map((topic) => prefix + topic);
    try {
      const ends = await consumer.listOffsets({ topics: names, timestamp: -1n });
      let left = [...ends.values()].flat().reduce((sum, offset) => sum + Number(offset), 0);
      const read: Published[] = [];
      if (left === 0) return read;
      const stream = await consumer.consume({ topics: names, mode: 'earliest', autocommit: false });
      for await (const { topic, partition, key, value, headers } of stream) {
        read.push({
          ...{ topic: topic.slice(prefix.length), partition, key },
          headers: Object.fromEntries(headers),
          message: JSON.parse(value),
        });
        if (--left === 0) break;
      }
      return read;
    } finally {
      await consumer.close(true);
    }
  }

  /** The ids of each event's messages in the order of its partitions, without repeats, by the rule of docs/streams.md. */
  function idsByEvent(published: Published[]): Record<string, number[]> {
    const ids: Record<string, number[]> = {};
    for (const { topic, key, message } of published) {
      const about = `${topic} ${key}`;
      ids[about] ??= [];
      const own = ids[about];
      const id = Number(message.id);
      if (own.length === 0 || id > (own.at(-1) as number)) own.push(id);
    }
    return ids;
  }
  const told = (messages: Message[]) =>
    idsByEvent(
      messages.map((message) => ({
        topic: messageTypes[message.type].topic,
        partition: 0,
        key: message.partitionkey,
        headers: {},
        message,
      })),
    );

  test('every message of a sale is published once, with its key, its headers and by its schema', async () => {
    const { world, prefix } = await openWorld();
    const events = [await world.event({ priceMinor: 0 }), await world.event()];
    await sell(world, events, 6);
    await world.drain();
    await caughtUp(world.app.relay);
    const messages = await outboxOf(world);
    const published = await readAll(prefix);
    expect(published).toHaveLength(messages.length);
    for (const { topic, key, headers, message } of published) {
      expect(breachOf(message)).toBeNull();
      expect(topic).toBe(messageTypes[message.type].topic);
      expect(key).toBe(message.data.eventId);
      expect(headers).toEqual({
        'content-type': 'application/cloudevents+json; charset=UTF-8',
        ce_id: message.id,
        ce_type: message.type,
      });
    }
    const byId = (one: Message, other: Message) => Number(one.id) - Number(other.id);
    expect(published.map(({ message }) => message).sort(byId)).toEqual(messages.sort(byId));
    expect(idsByEvent(published)).toEqual(told(messages));
    const partitions = Map.groupBy(published, ({ topic, key }) => `${topic} ${key}`);
    for (const ofEvent of partitions.values()) {
      expect(new Set(ofEvent.map(({ partition }) => partition)).size).toBe(1);
    }
  });

  test('missing topics are made with partitions and retention, and others are left as they are', async () => {
    const admin = new Admin({ clientId: 'operator', bootstrapBrokers: [broker.address] });
    closers.push(() => admin.close());
    await admin.createTopics({ topics: [`test${count + 1}.door_events`], partitions: 7, replicas: 1 });
    const { world, prefix } = await openWorld({ KAFKA_RETENTION_HOURS: '24' });
    await world.event();
    await caughtUp(world.app.relay);
    const names = topics.map((topic) => prefix + topic);
    const { topics: known } = await admin.metadata({ topics: [...names] });
    const partitions = names.map((name) => known.get(name)?.partitionsCount);
    expect(partitions).toEqual(names.map((name) => (name.endsWith('door_events') ? 7 : 3)));
    const [config] = await admin.describeConfigs({
      resources: [
        { resourceType: 2, resourceName: `${prefix}order_events`, configurationKeys: ['retention.ms'] },
      ],
    });
    expect(config?.configs[0]?.value).toBe(String(24 * 3_600_000));
  });

  test('while the broker is dead sales go on, and after its restart nothing is missing or out of order', async () => {
    const { world, relay, prefix } = await openImpatient();
    const events = [await world.event({ priceMinor: 0 }), await world.event({ priceMinor: 0 })];
    await sell(world, events, 4);
    await caughtUp(relay);
    const selling = sell(world, events, 12);
    await broker.kill();
    await selling;
    const behind = await stateOf(relay);
    expect(behind?.parked).toBe(0);
    expect(behind?.rows).toBeGreaterThan(0);
    await broker.start();
    await caughtUp(relay);
    expect(idsByEvent(await readAll(prefix))).toEqual(told(await outboxOf(world)));
  });

  proof('a network that swallows everything for a while loses nothing', async () => {
    // The broker tells clients its own address, so the proxy must be what it advertises.
    const proxy = await openProxy();
    const behindProxy = await startKafka({ lib: lib as string, advertised: proxy.address });
    closers.push(() => behindProxy.close(), proxy.close);
    proxy.to(behindProxy.address);
    const { world, relay, prefix } = await openImpatient(proxy.address);
    const events = [await world.event({ priceMinor: 0 })];
    await sell(world, events, 3);
    await caughtUp(relay);
    proxy.swallow(true);
    await sell(world, events, 4);
    // Longer than a broker may take to answer, so that a delivery was given up with its answer on the way.
    await wait(7000);
    proxy.swallow(false);
    await caughtUp(relay);
    expect(idsByEvent(await readAll(prefix, proxy.address))).toEqual(told(await outboxOf(world)));
  });

  test('a message that Kafka refuses for its size is parked, and the others get through', async () => {
    const { world, relay, prefix } = await openImpatient();
    const { db, clock } = world.app;
    const event = await world.event({ priceMinor: 0 });
    await sell(world, [event], 1);
    await db.transaction(async (trx) => enqueueEffects(trx, [admitted(event.id, 5_000_000)], clock.now()));
    await sell(world, [event], 2);
    await caughtUp(relay, 1);
    const others = (await outboxOf(world)).filter(({ type }) => type !== 'admit.ticket.admitted.v1');
    expect(idsByEvent(await readAll(prefix))).toEqual(told(others));
  });
});

/** A check-in at a gate with so long a name. */
function admitted(eventId: EventId, nameLength: number): Effect {
  const id = <P extends string>(kind: P) => `${kind}_00000000000000000000000001` as const;
  return {
    type: 'admit.ticket.admitted.v1',
    eventId,
    data: {
      ticketId: id('tkt'),
      ticketTypeId: id('tty'),
      orderId: id('ord'),
      checkInId: id('chk'),
      gate: 'x'.repeat(nameLength),
      checkedInAt: '2026-11-21T19:30:00Z',
    },
  };
}

/** A proxy that can stop to forward, without closing anything: what a firewall does that forgets its connections. */
async function openProxy() {
  let target = '';
  let swallows = false;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const [host = '', port = ''] = target.split(':');
    const upstream = connect(Number(port), host);
    for (const [from, into] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => into.destroy());
      from.on('close', () => into.destroy());
      from.on('data', (chunk) => {
        if (!swallows) into.write(chunk);
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    address: `127.0.0.1:${port}`,
    to(address: string) {
      target = address;
    },
    swallow(value: boolean) {
      swallows = value;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
