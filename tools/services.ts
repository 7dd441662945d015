/**
 * Starts the servers that large installations have beside Admit, on free ports of the loopback and in folders of their own, and
 * prints the variables with which Admit uses them. Ctrl-C stops them and removes the folders.
 *
 *   node tools/services.ts
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startKafka } from '../server/testing/kafka-broker.ts';
import { startRedis } from '../server/testing/redis-server.ts';
import { fetchRedis, findProgram } from './system-packages.ts';

const kafkaVersion = '4.4.0';
const kafkaFolder = join(import.meta.dirname, `../node_modules/.cache/admit-kafka-${kafkaVersion}`);

/** Apache Kafka with what it needs, as Maven finds them. It logs through slf4j, of which it needs one implementation. */
const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion><groupId>admit</groupId><artifactId>kafka</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${kafkaVersion}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>`;

/** The folder with Kafka's jars: ADMIT_KAFKA, or a cache that Maven fills once (43 MB). Undefined if there is no way to it. */
export function fetchKafka(): string | undefined {
  if (!findProgram(['java'])) return undefined;
  if (process.env.ADMIT_KAFKA) return process.env.ADMIT_KAFKA;
  const lib = join(kafkaFolder, 'lib');
  if (existsSync(lib)) return lib;
  if (!findProgram(['mvn'])) return undefined;
  mkdirSync(kafkaFolder, { recursive: true });
  writeFileSync(join(kafkaFolder, 'pom.xml'), pom);
  const fetched = spawnSync('mvn', ['-q', 'dependency:copy-dependencies', '-DoutputDirectory=fetched'], {
    cwd: kafkaFolder,
    stdio: 'ignore',
    // Without a connection Maven may wait for a long time.
    timeout: 4 * 60_000,
  });
  const jars = join(kafkaFolder, 'fetched');
  const isWhole = fetched.status === 0 && readdirSync(jars).some((name) => name.startsWith('kafka_'));
  // A half of the jars must not pass for all of them the next time.
  if (isWhole) renameSync(jars, lib);
  else rmSync(kafkaFolder, { recursive: true, force: true });
  return isWhole ? lib : undefined;
}

if (import.meta.main) {
  const lib = fetchKafka();
  if (!lib) throw new Error('Kafka needs Java 17 and Maven, or ADMIT_KAFKA with the folder of its jars.');
  const kafka = await startKafka({ lib });
  console.log(`KAFKA_BROKERS=${kafka.address}`);
  const program = fetchRedis();
  const redis = program ? await startRedis(program) : null;
  console.log(redis ? `REDIS_URL=${redis.url}` : 'Redis needs the program redis-server or valkey-server.');
  const stop = () => Promise.all([kafka.close(), redis?.close()]).then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}
