import { Consumer, stringDeserializers } from '@platformatic/kafka';
import { startKafka } from '../../../server/testing/kafka-broker.ts';
import { fetchKafka } from '../../services.ts';
import { openOrganiser, publishEvent } from '../cast.ts';
import { cloneEvent } from '../clone-event.ts';
import { auditOf, compare, unexpected } from '../comparison.ts';
import { createEmptyLoad, createHoldLoad, placesOf } from '../hold-load.ts';
import { percentile } from '../percentiles.ts';
import type { Report } from '../report.ts';
import type { BenchOptions } from '../run.ts';
import { openStage } from '../stage.ts';

const connections = 64;
const events = 500;

/**
 * Messages from a transaction through the outbox and a real Kafka to a consumer, while 500 events sell: how many in a second, and how
 * long after the time of the transaction.
 */
export async function streams(options: BenchOptions): Promise<Report> {
  const lib = fetchKafka();
  if (!lib) throw new Error('Kafka needs Java 17 and Maven, or ADMIT_KAFKA with the folder of its jars.');
  const broker = await startKafka({ lib });
  try {
    const stage = await openStage({ ...options, profile: false, env: { KAFKA_BROKERS: broker.address } });
    try {
      const first = await publishEvent(stage, await openOrganiser(stage));
      const others = await cloneEvent(stage, first, events);
      const load = createHoldLoad(stage, (n) => placesOf(others[n % events]!));
      const empty = await createEmptyLoad(stage, placesOf(first));
      // The first messages make the topics.
      await load.slice({ seconds: 1, connections });
      const reader = await read(broker.address);
      const startMs = performance.now();
      const slice = await load.slice({ seconds: options.seconds, connections });
      // The slice has waited until Kafka has everything.
      const seconds = (performance.now() - startMs) / 1000;
      const [row] = await stage.db.query<{ count: number }>(
        `select count(*)::int as count from outbox where topic = 'ticket_availability' and id > $1`,
        [reader.lastId],
      );
      const written = row?.count ?? 0;
      const agesMs = (await reader.until(written)).toSorted((a, b) => a - b);
      const emptySlice = await empty.slice(options.seconds / 2, connections);
      return {
        ...compare('streams', { admit: [slice], empty: [emptySlice] }),
        targets: [
          { what: 'messages that did not arrive', value: written - agesMs.length, most: 0 },
          { what: 'holds that were refused', value: unexpected([slice]), most: 0 },
        ],
        more: {
          messages: written,
          messagesPerSecond: written / seconds,
          endToEndP50Ms: percentile(agesMs, 0.5),
          endToEndP99Ms: percentile(agesMs, 0.99),
        },
        audit: await auditOf(stage, { acknowledged: load.acknowledged }),
      };
    } finally {
      await stage.close();
    }
  } finally {
    await broker.close();
  }
}

/** Reads what is published from now on. `until` waits for so many messages and returns the age of each at its arrival, in ms. */
async function read(address: string) {
  const consumer = new Consumer({
    groupId: 'bench',
    clientId: 'bench',
    bootstrapBrokers: [address],
    deserializers: stringDeserializers,
  });
  const ages = new Map<string, number>();
  let lastId = 0;
  let isBefore = true;
  const stream = await consumer.consume({
    topics: ['ticket_availability'],
    mode: 'earliest',
    autocommit: false,
  });
  const reading = (async () => {
    for await (const { value } of stream) {
      const { id, time } = JSON.parse(value) as { id: string; time: string };
      if (isBefore) lastId = Math.max(lastId, Number(id));
      else if (!ages.has(id)) ages.set(id, Date.now() - Date.parse(time));
    }
  })();
  reading.catch(() => {});
  // Everything before is read when nothing has come for a second.
  for (let seen = -1; seen !== lastId; ) {
    seen = lastId;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  isBefore = false;
  return {
    lastId,
    async until(count: number): Promise<number[]> {
      for (let i = 0; i < 600 && ages.size < count; i++)
        await new Promise((resolve) => setTimeout(resolve, 50));
      await consumer.close(true);
      return [...ages.values()];
    },
  };
}
