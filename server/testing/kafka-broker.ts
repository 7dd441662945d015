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
  /** Clients need TLS and the password of the user `admit`, by any mechanism. */
  secured?: { password: string; certificate: Certificate };
}

/** The files of a certificate for localhost, in PEM form, and of the authority that has signed it. */
export interface Certificate {
  authority: string;
  /** Key and chain in one file, as Kafka reads them. */
  keyAndChain: string;
}

/** Starts a broker and resolves when it accepts connections: about five seconds. If it fails, throws with its output. */
export async function startKafka({ lib, advertised, secured }: KafkaOptions): Promise<KafkaBroker> {
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
      ...(secured
        ? await securedListeners({ port, controllerPort, ...secured })
        : [
            `listeners=PLAINTEXT://${address},CONTROLLER://127.0.0.1:${controllerPort}`,
            `advertised.listeners=PLAINTEXT://${advertised ?? address}`,
          ]),
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
    [
      ...[...java, 'kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', file],
      // The first users of SCRAM are made with the folder.
      ...(secured
        ? ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
            '--add-scram',
            `${mechanism}=[name=admit,password=${secured.password}]`,
          ])
        : []),
    ],
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

/** Clients come by SASL over TLS. The broker speaks to itself over a port of its own. */
async function securedListeners(options: {
  port: number;
  controllerPort: number;
  password: string;
  certificate: Certificate;
}): Promise<string[]> {
  const { port, controllerPort, password, certificate } = options;
  const inner = `INNER://127.0.0.1:${await freePort()}`;
  const jaas = (mechanism: string, login: string) =>
    `listener.name.sasl_ssl.${mechanism}.sasl.jaas.config=org.apache.kafka.common.security.${login};`;
  return [
    `listeners=SASL_SSL://127.0.0.1:${port},${inner},CONTROLLER://127.0.0.1:${controllerPort}`,
    `advertised.listeners=SASL_SSL://localhost:${port},${inner}`,
    'listener.security.protocol.map=SASL_SSL:SASL_SSL,INNER:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'inter.broker.listener.name=INNER',
    'listener.name.sasl_ssl.sasl.enabled.mechanisms=SCRAM-SHA-512,SCRAM-SHA-256,PLAIN',
    jaas('scram-sha-512', 'scram.ScramLoginModule required'),
    jaas('scram-sha-256', 'scram.ScramLoginModule required'),
    jaas('plain', `plain.PlainLoginModule required user_admit="${password}"`),
    'ssl.keystore.type=PEM',
    `ssl.keystore.location=${certificate.keyAndChain}`,
  ];
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
