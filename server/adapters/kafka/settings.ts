import { readFileSync } from 'node:fs';
import type { BaseOptions } from '@platformatic/kafka';
import { z } from 'zod';
import { orIssue } from '../../or-issue.ts';

/** How to reach a Kafka cluster. */
export interface KafkaSettings {
  /** `host:port` of brokers that are asked for the others. */
  brokers: string[];
  /** Stands in front of each topic's name, for installations that share a cluster. */
  topicPrefix: string;
  /** Null: without a user. */
  sasl: { mechanism: SaslMechanism; username: string; password: string } | null;
  /** Null: without TLS. An empty object trusts what Node trusts. `ca`: PEM text of other authorities. */
  tls: { ca?: string } | null;
  /** For topics that Admit makes. `replicas`: -1 is the broker's default. */
  newTopics: { partitions: number; replicas: number; retentionMs: number };
}

const saslMechanisms = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const;
type SaslMechanism = (typeof saslMechanisms)[number];

/** The variables of the environment, in the order of `.env.example`. */
export const kafkaVariables = {
  KAFKA_BROKERS: z
    .string()
    .optional()
    .transform(orIssue((text) => (text === '' ? null : readBrokers(text)))),
  KAFKA_TOPIC_PREFIX: z
    .string()
    .regex(/^[\w.-]{0,100}$/, 'takes letters, digits, dots, dashes and underscores')
    .default(''),
  KAFKA_USERNAME: z.string().optional(),
  KAFKA_PASSWORD: z.string().optional(),
  KAFKA_SASL_MECHANISM: z.enum(saslMechanisms).default('SCRAM-SHA-512'),
  KAFKA_TLS: z.enum(['true', 'false']).default('false'),
  KAFKA_CA_FILE: z
    .string()
    .optional()
    .transform(orIssue((file) => (file === '' ? undefined : readAuthorities(file)))),
  KAFKA_PARTITIONS: z.coerce.number().int().min(1).max(10_000).default(12),
  KAFKA_REPLICAS: z.coerce.number().int().min(1).max(100).optional(),
  KAFKA_RETENTION_HOURS: z.coerce.number().int().min(1).max(87_600).default(168),
};

type KafkaVariables = z.output<z.ZodObject<typeof kafkaVariables>>;

/** Null without KAFKA_BROKERS. */
export function readKafka(env: KafkaVariables): KafkaSettings | null {
  if (!env.KAFKA_BROKERS) return null;
  const { KAFKA_USERNAME: username, KAFKA_PASSWORD: password = '', KAFKA_CA_FILE: ca } = env;
  return {
    brokers: env.KAFKA_BROKERS,
    topicPrefix: env.KAFKA_TOPIC_PREFIX,
    sasl: username === undefined ? null : { mechanism: env.KAFKA_SASL_MECHANISM, username, password },
    tls: env.KAFKA_TLS === 'true' || ca !== undefined ? { ...(ca !== undefined && { ca }) } : null,
    newTopics: {
      partitions: env.KAFKA_PARTITIONS,
      replicas: env.KAFKA_REPLICAS ?? -1,
      retentionMs: env.KAFKA_RETENTION_HOURS * 3_600_000,
    },
  };
}

function readAuthorities(file: string): string {
  const text = readFileSync(file, 'utf8');
  if (!text.includes('-----BEGIN CERTIFICATE-----'))
    throw new Error(`${file} has no certificate in PEM form`);
  return text;
}

/** Reads KAFKA_BROKERS. The error's message says what to write instead. */
function readBrokers(setting: string): string[] {
  const brokers = setting
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  for (const broker of brokers) {
    const [, port = ''] = /^(?:\[[0-9a-fA-F:]+\]|[\w.-]+):(\d{1,5})$/.exec(broker) ?? [];
    if (port === '' || Number(port) < 1 || Number(port) > 65_535)
      throw new Error(`"${broker}" is no broker; write host:port, several with commas`);
  }
  return brokers;
}

/** The options that every client of the cluster has in common. `clientId` is the name in the brokers' logs and quotas. */
export function connectionOptions(settings: KafkaSettings, clientId: string): BaseOptions {
  return {
    clientId,
    bootstrapBrokers: settings.brokers,
    // Shorter than the time for a delivery (sink-runner.ts), so that a broker that does not answer ends as an error of ours.
    connectTimeout: 5000,
    requestTimeout: 5000,
    timeout: 5000,
    ...(settings.sasl && { sasl: settings.sasl }),
    ...(settings.tls && { tls: settings.tls, tlsServerName: true }),
  };
}
