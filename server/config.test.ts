import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { aiVariables } from './adapters/ai/settings.ts';
import { beaconVariables } from './adapters/beacon/settings.ts';
import { s3Variables } from './adapters/files/settings.ts';
import { kafkaVariables } from './adapters/kafka/settings.ts';
import { walletVariables } from './adapters/wallet/settings.ts';
import { ConfigError, readConfig } from './config.ts';

describe('a bad value stops the start and names the variable', () => {
  test.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['PUBLIC_URL', 'not an address'],
    ['PUBLIC_URL', 'ftp://example.com'],
    ['DATABASE_URL', 'mysql://localhost/admit'],
    ['DATABASE_POOL_SIZE', '1'],
    ['ROLES', 'api,cook'],
    ['SESSION_SECRET', 'short'],
    ['SMTP_URL', 'http://localhost'],
    ['PAYMENTS', 'cash'],
    ['TRUST_PROXY', 'maybe'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', 'TRUE'],
    ['TRUST_PROXY', '-1'],
    ['TRUST_PROXY', '1.5'],
    ['TRUST_PROXY', '11'],
    ['TRUST_PROXY', '1,loopback'],
    ['TRUST_PROXY', '0.0.0.0/0'],
    ['TRUST_PROXY', '::/0'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', '::ffff:10.0.0.0/96'],
    ['TRUST_PROXY', '010.0.0.1'],
    ['TRUST_PROXY', '10.0.0.1:80'],
    ['TRUST_PROXY', '10.0.0.0/8,'],
    ['TRUST_PROXY', 'true,loopback'],
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'null'],
    ['CORS_ORIGINS', 'shop.example.com'],
    ['CORS_ORIGINS', 'https://shop.example.com/'],
    ['CORS_ORIGINS', 'https://*.example.com'],
    ['CORS_ORIGINS', 'https://shop.example.com/path'],
    ['CORS_ORIGINS', 'https://shop.example.com:443'],
    ['CORS_ORIGINS', 'HTTPS://Shop.example.com'],
    ['CORS_ORIGINS', 'ftp://shop.example.com'],
    ['CORS_ORIGINS', 'https://shop.example.com,'],
    ['RATE_LIMIT_FACTOR', '0'],
    ['LOG_LEVEL', 'loud'],
    ['NODE_ENV', 'staging'],
  ])('%s=%s', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^  ${name}: `, 'm'));
  });

  test('production demands its secrets and its address, Stripe its keys, all named at once', () => {
    const message = (env: Record<string, string>) => {
      try {
        readConfig(env);
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    };
    for (const name of ['SESSION_SECRET', 'TICKET_SIGNING_KEY', 'PUBLIC_URL', 'SANDBOX_WEBHOOK_SECRET']) {
      expect(message({ NODE_ENV: 'production' })).toContain(name);
    }
    for (const name of ['STRIPE_SECRET_KEY', 'STRIPE_PUBLISHABLE_KEY', 'STRIPE_WEBHOOK_SECRET']) {
      expect(message({ PAYMENTS: 'stripe' })).toContain(name);
    }
  });
});

test('nothing need be set, and empty means unset', () => {
  expect(readConfig({ PORT: '', PUBLIC_URL: '' })).toMatchObject({
    port: 3000,
    dataDir: '.data',
    filesDir: '.data/files',
    s3: null,
    demo: true,
  });
});

test('.env.example says every variable there is, and no other', () => {
  const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
  const told = [...example.matchAll(/^([A-Z0-9_]+)=/gm)].map((match) => match[1]).sort();
  const source = readFileSync(new URL('./config.ts', import.meta.url), 'utf8');
  const own = [...source.matchAll(/^ {4}([A-Z][A-Z0-9_]+):/gm)].map((match) => match[1]);
  const groups = [kafkaVariables, walletVariables, s3Variables, aiVariables, beaconVariables];
  const read = [...new Set([...own, ...groups.flatMap(Object.keys)])].sort();
  expect(told).toEqual(read);
  const values = Object.fromEntries(
    [...example.matchAll(/^([A-Z0-9_]+)=(.*)$/gm)].map((match) => [match[1], match[2]]),
  );
  expect(() => readConfig(values)).not.toThrow();
});

test('Kafka: brokers, a user and certificates are checked, and without brokers nothing is published', () => {
  expect(readConfig({}).kafka).toBeNull();
  expect(
    readConfig({
      KAFKA_BROKERS: 'one.example:9092, [2001:db8::1]:9093',
      KAFKA_USERNAME: 'admit',
      KAFKA_PASSWORD: 'secret',
      KAFKA_TLS: 'true',
      KAFKA_REPLICAS: '3',
    }).kafka,
  ).toEqual({
    brokers: ['one.example:9092', '[2001:db8::1]:9093'],
    topicPrefix: '',
    sasl: { mechanism: 'SCRAM-SHA-512', username: 'admit', password: 'secret' },
    tls: {},
    newTopics: { partitions: 12, replicas: 3, retentionMs: 604_800_000 },
  });
  for (const [name, value] of [
    ['KAFKA_BROKERS', 'kafka.example'],
    ['KAFKA_BROKERS', 'https://kafka.example:9092'],
    ['KAFKA_BROKERS', 'kafka.example:99999'],
    ['KAFKA_TOPIC_PREFIX', 'a topic'],
    ['KAFKA_CA_FILE', '/none/ca.pem'],
    ['KAFKA_SASL_MECHANISM', 'OAUTH'],
  ]) {
    expect(() => readConfig({ [name as string]: value })).toThrow(`${name}: `);
  }
  expect(() => readConfig({ KAFKA_USERNAME: 'admit' })).toThrow('KAFKA_PASSWORD: is needed');
});
