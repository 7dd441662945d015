/**
 * `npm run cluster`: a large installation on one machine, for trying. Three processes for requests and live connections, two for
 * jobs, PostgreSQL, and where they can be had Redis and Kafka, behind nginx with deploy/nginx.conf. Ctrl-C stops everything.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../server/adapters/postgres/embedded.ts';
import { demoAccounts, demoPassword } from '../server/demo/accounts.ts';
import { startMessage, stopOnSignal } from '../server/process.ts';
import { startCluster } from '../server/testing/cluster.ts';
import { startKafka } from '../server/testing/kafka-broker.ts';
import { startRedis } from '../server/testing/redis-server.ts';
import { fetchKafka } from './services.ts';
import { fetchNginx, fetchRedis } from './system-packages.ts';
import { buildWeb, isWebBuilt } from './web.ts';

const dataDir = join(import.meta.dirname, '../.data/cluster');
const port = Number(process.env.PORT || 3000);

const stops: (() => Promise<void>)[] = [];
const stopAll = async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
};
stopOnSignal(stopAll);
try {
  const nginx = fetchNginx();
  if (!nginx) throw new Error('The cluster needs nginx: install your system\'s "nginx" package.');
  if (!isWebBuilt()) {
    say('Building the web app …');
    await buildWeb();
  }
  mkdirSync(dataDir, { recursive: true });
  const postgres = await startEmbeddedPostgres({ dataDir });
  stops.push(() => postgres.stop());
  const services: Record<string, string> = {};
  const redis = fetchRedis();
  if (redis) {
    const server = await startRedis(redis);
    stops.push(server.close);
    services.REDIS_URL = server.url;
  } else say('Without Redis, because there is no redis-server: limits count per process.');
  const lib = fetchKafka();
  if (lib) {
    const broker = await startKafka({ lib });
    stops.push(broker.close);
    services.KAFKA_BROKERS = broker.address;
  } else say('Without Kafka, because it needs Java 17 and Maven.');
  const cluster = await startCluster({
    nginx,
    port,
    apis: 3,
    spares: 0,
    workers: 2,
    env: {
      DATABASE_URL: postgres.connectionString,
      DATA_DIR: dataDir,
      DEMO: 'true',
      DRAIN_SECONDS: '6',
      PUBLIC_URL: `http://localhost:${port}`,
      ...services,
    },
    onWarning: say,
  });
  stops.push(cluster.close);
  say(
    `Admit is up at http://localhost:${port}, in ${cluster.apis.length + cluster.workers.length} processes`,
  );
  for (const { roles, url } of cluster.apis) say(`  ${roles}  ${url}`);
  for (const { roles } of cluster.workers) say(`  ${roles}`);
  for (const [name, value] of Object.entries(services)) say(`  ${name}=${value}`);
  say(`  Sign in with the password ${demoPassword} as`);
  for (const { role, email } of demoAccounts) say(`    ${role.padEnd(10)} ${email}`);
  say('  Stop with Ctrl-C.');
} catch (error) {
  await stopAll();
  process.stderr.write(`${startMessage(error)}\n`);
  process.exit(1);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
