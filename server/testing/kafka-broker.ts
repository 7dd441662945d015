import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { accepts, freePort } from './free-port.ts';

/** An Apache Kafka of its own, in KRaft mode: one process that is broker and controller, on a free port of the loopback. */
export interface KafkaBroker {
  /** `host:port`, the same after a restart. */
  address: string;
  /** kill -9, and waits until the process is gone. What the broker has acknowledged is on its disk or in the system's cache. */
  kill(): Promise<void>;
  /** Starts it again, on its folder. */
  start(): Promise<void>;
  /** Kills it and removes its folder. */
  close(): Promise<void>;
}

interface KafkaOptions {
  /** The folder with Kafka's jars. */
  lib: string;
  /** The address that it tells its clients, if they reach it through a proxy. */
  advertised?: string;
}

/** Starts a broker and resolves when it accepts connections: about five seconds. If it fails, throws with its output. */
export async function startKafka({ lib, advertised }: KafkaOptions): Promise<KafkaBroker> {
  const folder = mkdtempSync(join(tmpdir(), 'admit-kafka-'));
  const [port, controllerPort] = [await freePort(), await freePort()];
  const address = `127.0.0.1:${port}`;
  const file = join(folder, 'server.properties');
  writeFileSync(
    file,
    [
      'process.roles=broker,controller',
      'node.id=1',
      `controller.quorum.voters=1@127.0.0.1:${controllerPort}`,
      'controller.listener.names=CONTROLLER',
      `listeners=PLAINTEXT://${address},CONTROLLER://127.0.0.1:${controllerPort}`,
      `advertised.listeners=PLAINTEXT://${advertised ?? address}`,
      `log.dirs=${join(folder, 'data')}`,
      'auto.create.topics.enable=false',
      ...['offsets.topic', 'transaction.state.log', 'share.coordinator.state.topic'].map(
        (name) => `${name}.replication.factor=1`,
      ),
      'transaction.state.log.min.isr=1',
      'share.coordinator.state.topic.min.isr=1',
      'offsets.topic.num.partitions=4',
      'group.initial.rebalance.delay.ms=0',
    ].join('\n'),
  );
  mkdirSync(join(folder, 'data'));
  const java = javaArguments(lib);
  // A UUID in base64url. One that began with a dash would be read as an option.
  const clusterId = `A${Buffer.from(crypto.getRandomValues(new Uint8Array(16)))
    .toString('base64url')
    .slice(1)}`;
  const formatted = spawnSync(
    'java',
    [...java, 'kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', file],
    {
      encoding: 'utf8',
    },
  );
  if (formatted.status !== 0)
    throw new Error(`Kafka's folder was not made:\n${formatted.stdout}${formatted.stderr}`);

  let running: ChildProcess | null = null;
  async function start(): Promise<void> {
    const broker = spawn('java', [...java, 'kafka.Kafka', file], { stdio: ['ignore', 'pipe', 'pipe'] });
    running = broker;
    let said = '';
    const note = (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-10_000);
    };
    broker.stdout.on('data', note);
    broker.stderr.on('data', note);
    while (!(await accepts(port))) {
      if (broker.exitCode !== null) throw new Error(`Kafka did not start:\n${said}`);
      await wait(50);
    }
  }
  async function kill(): Promise<void> {
    const broker = running;
    running = null;
    if (!broker || broker.exitCode !== null) return;
    const ended = once(broker, 'exit');
    broker.kill('SIGKILL');
    await ended;
  }
  await start();
  return {
    address,
    start,
    kill,
    async close() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const javaArguments = (lib: string): string[] => [
  // In Turkish Kafka 4.4 does not find its own constants, because the capital of `i` is `İ` there.
  ...['-Duser.language=en', '-Duser.country=US'],
  ...[
    '-Xmx256m',
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  ],
  '-cp',
  readdirSync(lib)
    .map((name) => join(lib, name))
    .join(delimiter),
];
