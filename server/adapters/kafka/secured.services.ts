import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buy } from '../../features/tickets/testing/buy.ts';
import { makeCertificate } from '../../testing/certificate.ts';
import { type KafkaBroker, startKafka } from '../../testing/kafka-broker.ts';
import { createWorld, type World } from '../../testing/world.ts';

const lib = spawnSync('openssl', ['version']).status === 0 ? process.env.ADMIT_KAFKA : undefined;
if (!lib) process.stderr.write('secured.services.ts is left out: it needs Kafka and openssl\n');

/** Access to a real broker that lets in only who has its password, over TLS with a certificate of an authority of its own. */
describe.skipIf(!lib)('a broker with SASL and TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'admit-certificate-'));
  const password = 'open-sesame';
  let broker: KafkaBroker;
  let access: Record<string, string>;
  let count = 0;
  beforeAll(async () => {
    const certificate = makeCertificate(folder);
    broker = await startKafka({ lib: lib as string, secured: { password, certificate } });
    access = {
      KAFKA_BROKERS: broker.address.replace('127.0.0.1', 'localhost'),
      KAFKA_USERNAME: 'admit',
      KAFKA_PASSWORD: password,
      KAFKA_CA_FILE: certificate.authority,
      KAFKA_PARTITIONS: '1',
      LOG_LEVEL: 'silent',
    };
  }, 120_000);
  afterAll(async () => {
    await broker?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Sells a ticket with these settings. */
  async function sellWith(changes: Record<string, string>, look: (world: World) => Promise<void>) {
    const world = await createWorld({ ...access, KAFKA_TOPIC_PREFIX: `test${++count}.`, ...changes });
    try {
      await buy(world, await world.user(), await world.event());
      await look(world);
    } finally {
      await world.close();
    }
  }
  const waiting = async ({ app }: World) =>
    (await app.relay.measure()).sinks.find(({ sink }) => sink === 'kafka')?.rows;
  const refused = async (world: World) => {
    const [row] = await world.app.db.query<{ waits: number }>(
      `select count(*)::int as waits from outbox_cursors where sink = 'kafka' and retry_at > '-infinity'`,
    );
    return row?.waits;
  };

  test.each(['SCRAM-SHA-512', 'SCRAM-SHA-256', 'PLAIN'])(
    '%s',
    async (mechanism) => {
      await sellWith({ KAFKA_SASL_MECHANISM: mechanism }, async (world) => {
        await expect.poll(() => waiting(world), { timeout: 60_000, interval: 200 }).toBe(0);
      });
    },
    120_000,
  );

  test.each([
    ['a wrong password', { KAFKA_PASSWORD: 'open-barley' }],
    ['an authority that nobody knows', { KAFKA_CA_FILE: '', KAFKA_TLS: 'true' }],
  ])(
    'with %s nothing is published, and sales go on',
    async (_what, changes) => {
      await sellWith(changes as Record<string, string>, async (world) => {
        await expect.poll(() => refused(world), { timeout: 60_000, interval: 200 }).toBe(1);
        expect(await waiting(world)).toBeGreaterThan(0);
      });
    },
    120_000,
  );
});
