import { join } from 'node:path';
import { z } from 'zod';
import { type AiSettings, aiVariables, missingForAi, readAi } from './adapters/ai/settings.ts';
import {
  type BeaconSettings,
  beaconVariables,
  missingForBeacon,
  readBeacon,
} from './adapters/beacon/settings.ts';
import { missingForS3, readS3, type S3Settings, s3Variables } from './adapters/files/settings.ts';
import { type KafkaSettings, kafkaVariables, readKafka } from './adapters/kafka/settings.ts';
import {
  type AppleWalletSettings,
  type GoogleWalletSettings,
  missingForWallets,
  readAppleWallet,
  readGoogleWallet,
  walletVariables,
} from './adapters/wallet/settings.ts';
import { readPrivateHosts } from './adapters/webhooks/private-hosts.ts';
import type { Deadlines } from './data/connections.ts';
import { readTrustedProxies, type TrustedProxies } from './http/client-address.ts';
import { readOrigins } from './http/origins.ts';
import { orIssue } from './or-issue.ts';
import type { Sibling } from './processes.ts';
import { listens, type Role, readRoles, roles } from './roles.ts';

/** The whole configuration, read once. `.env.example` lists it in the same order. */
const port = z.coerce.number().int().min(0).max(65_535);
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const webUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));

const seconds = z.coerce.number().min(0.1).max(3600);

/** `+49, +43`: the countries whose numbers get SMS. */
function readPrefixes(text: string): string[] {
  const prefixes = text === '' ? [] : text.split(',').map((prefix) => prefix.trim());
  const wrong = prefixes.find((prefix) => !/^\+[1-9]\d{0,14}$/.test(prefix));
  if (wrong !== undefined) throw new Error(`${wrong} is not the beginning of a number, like +49`);
  return prefixes;
}

const schema = z
  .object({
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
    HOST: z.string().default('localhost'),
    PORT: port.default(3000),
    PUBLIC_URL: webUrl.optional(),
    TRUST_PROXY: z.string().default('false').transform(orIssue(readTrustedProxies)),
    CORS_ORIGINS: z
      .string()
      .optional()
      .transform(orIssue((text) => (text === '' ? [] : readOrigins(text)))),
    DATA_DIR: z.string().min(1).default('.data'),
    FILES_DIR: z.string().min(1).optional(),
    ...s3Variables,
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    DATABASE_DIRECT_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    DATABASE_REPLICA_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    DATABASE_REPLICA_LAG_SECONDS: seconds.default(1),
    DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(500).default(10),
    DATABASE_WAIT_SECONDS: z.coerce.number().min(0).max(86_400).optional(),
    DATABASE_CONNECT_SECONDS: seconds.default(5),
    DATABASE_STATEMENT_SECONDS: seconds.default(10),
    DATABASE_TRANSACTION_SECONDS: seconds.default(30),
    WEB_CONCURRENCY: z.coerce.number().int().min(1).max(256).default(1),
    ROLES: z.string().default(roles.join(',')).transform(orIssue(readRoles)),
    REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
    ...kafkaVariables,
    // The SDK reads these and the other variables of OpenTelemetry itself.
    OTEL_EXPORTER_OTLP_ENDPOINT: z.string().optional(),
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z.string().optional(),
    OTEL_EXPORTER_OTLP_PROTOCOL: z.literal('http/protobuf').optional(),
    OTEL_TRACES_EXPORTER: z.string().optional(),
    OTEL_SDK_DISABLED: z.string().optional(),
    DEMO: flag.optional(),
    ADMIN_TWO_FACTOR: flag.optional(),
    SESSION_SECRET: z.string().min(32).optional(),
    TICKET_SIGNING_KEY: z.string().optional(),
    SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    MAIL_FROM: z.string().default('Admit <tickets@localhost>'),
    MAIL_WEBHOOK_SECRET: z.string().min(16).optional(),
    SMS_ACCOUNT_SID: z.string().min(1).optional(),
    SMS_AUTH_TOKEN: z.string().min(16).optional(),
    SMS_FROM: z.string().min(3).max(40).optional(),
    SMS_API_URL: webUrl.default('https://api.twilio.com'),
    SMS_PREFIXES: z.string().default('').transform(orIssue(readPrefixes)),
    SMS_PER_EVENT_DAY: z.coerce.number().int().min(0).max(10_000_000).default(2000),
    SMS_CODES_PER_DAY: z.coerce.number().int().min(0).max(10_000_000).default(500),
    ...walletVariables,
    ...aiVariables,
    ...beaconVariables,
    PAYMENTS: z.enum(['sandbox', 'stripe']).default('sandbox'),
    SANDBOX_WEBHOOK_SECRET: z.string().min(16).optional(),
    STRIPE_SECRET_KEY: z.string().optional(),
    STRIPE_PUBLISHABLE_KEY: z.string().optional(),
    STRIPE_WEBHOOK_SECRET: z.string().optional(),
    STRIPE_CONNECT_WEBHOOK_SECRET: z.string().optional(),
    STRIPE_API_URL: webUrl.optional(),
    STRIPE_ACCOUNT_IS_SHARED: flag.default(false),
    WEBHOOK_PRIVATE_HOSTS: z.string().default('').transform(orIssue(readPrivateHosts)),
    OPERATIONS_EMAIL: z.email().optional(),
    PLATFORM_LEGAL_NAME: z.string().max(120).optional(),
    PLATFORM_ADDRESS: z.string().max(400).optional(),
    PLATFORM_VAT_ID: z.string().max(20).optional(),
    PAYOUT_DELAY_DAYS: z.coerce.number().int().min(0).max(365).default(7),
    RECORD_YEARS: z.coerce.number().int().min(0).max(1000).default(0),
    METRICS_TOKEN: z.string().min(16).optional(),
    SECURITY_CONTACT: z.url({ protocol: /^(mailto|https|tel)$/ }).optional(),
    RATE_LIMIT_FACTOR: z.coerce.number().min(0.01).max(1_000_000).default(1),
    QUEUE_PROOF_FACTOR: z.coerce.number().min(0).max(100).default(1),
    DOOR_MANIFEST_HOURS: z.coerce.number().min(1).max(168).default(12),
    DRAIN_SECONDS: z.coerce.number().min(0).max(600).optional(),
    REQUEST_SECONDS: z.coerce.number().min(1).max(600).default(30),
    RESPONSE_SECONDS: z.coerce.number().min(1).max(3600).default(120),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  })
  .superRefine((env, context) => {
    const need = (name: keyof typeof env, why: string) => {
      if (env[name] === undefined)
        context.addIssue({ code: 'custom', path: [name], message: `is needed ${why}` });
    };
    if (env.DATABASE_DIRECT_URL !== undefined) need('DATABASE_URL', 'with DATABASE_DIRECT_URL');
    if (env.DATABASE_REPLICA_URL !== undefined) need('DATABASE_URL', 'with DATABASE_REPLICA_URL');
    if (env.WEB_CONCURRENCY > 1) {
      need('DATABASE_URL', 'with a WEB_CONCURRENCY above 1');
      need('SESSION_SECRET', 'with a WEB_CONCURRENCY above 1');
      need('TICKET_SIGNING_KEY', 'with a WEB_CONCURRENCY above 1');
      if (!listens(env.ROLES)) {
        const message = 'must be 1 without the roles api and realtime';
        context.addIssue({ code: 'custom', path: ['WEB_CONCURRENCY'], message });
      }
    }
    for (const name of missingForS3(env)) need(name, 'to keep pictures in a bucket, like the others of S3_');
    if (env.KAFKA_USERNAME !== undefined) need('KAFKA_PASSWORD', 'with KAFKA_USERNAME');
    if (env.PAYMENTS === 'stripe') {
      for (const name of ['STRIPE_SECRET_KEY', 'STRIPE_PUBLISHABLE_KEY', 'STRIPE_WEBHOOK_SECRET'] as const) {
        need(name, 'with PAYMENTS=stripe');
      }
    }
    const smsSettings = ['SMS_ACCOUNT_SID', 'SMS_AUTH_TOKEN', 'SMS_FROM'] as const;
    if (smsSettings.some((name) => env[name] !== undefined))
      for (const name of smsSettings) need(name, 'to send SMS, like the other two');
    for (const name of missingForAi(env)) need(name, 'to ask a language model, like the other of AI_');
    for (const { name, why } of missingForWallets(env)) need(name, why);
    for (const name of missingForBeacon(env))
      need(name, 'to mix a beacon into draws, like the others of DRAND_');
    if (env.DATABASE_TRANSACTION_SECONDS < env.DATABASE_STATEMENT_SECONDS) {
      const message = 'must not be less than DATABASE_STATEMENT_SECONDS';
      context.addIssue({ code: 'custom', path: ['DATABASE_TRANSACTION_SECONDS'], message });
    }
    if (env.NODE_ENV === 'production') {
      need('SESSION_SECRET', 'with NODE_ENV=production');
      need('TICKET_SIGNING_KEY', 'with NODE_ENV=production');
      need('PUBLIC_URL', 'with NODE_ENV=production');
      if (env.PAYMENTS === 'sandbox')
        need('SANDBOX_WEBHOOK_SECRET', 'with NODE_ENV=production and PAYMENTS=sandbox');
    }
  });

type Env = z.output<typeof schema>;

interface SmsConfig {
  accountSid: string;
  authToken: string;
  /** A number, a name, or the id of a group of numbers (`MG…`). */
  from: string;
  apiUrl: string;
  /** The beginnings of numbers that get SMS; empty for all. */
  prefixes: string[];
  /** In parts of SMS. */
  limits: { perEventDay: number; codesPerDay: number };
}

export interface Config {
  env: Env['NODE_ENV'];
  host: string;
  /** 0 lets the system choose. */
  port: number;
  /** The public address, without a trailing slash; the listening address unless PUBLIC_URL is set. */
  publicUrl: string | undefined;
  /** The proxies whose X-Forwarded-For we trust. */
  trustedProxies: TrustedProxies;
  /** Other origins whose pages may call the API. */
  corsOrigins: string[];
  dataDir: string;
  /** Where uploaded files are kept. */
  filesDir: string;
  /** Keeps uploaded files in a bucket instead. Null: in filesDir. */
  s3: S3Settings | null;
  /** Undefined means the embedded PostgreSQL in dataDir. */
  databaseUrl: string | undefined;
  /** Leads past a connection pooler; undefined if databaseUrl leads to PostgreSQL itself (docs/operations.md). */
  databaseDirectUrl: string | undefined;
  /** A streaming replica for reads that may be as old as `mostLagMs`. Null: none. */
  databaseReplica: { url: string; mostLagMs: number } | null;
  databasePoolSize: number;
  /** How long a start waits for an unavailable database; undefined waits without end. */
  databaseWaitMs: number | undefined;
  databaseDeadlines: Deadlines;
  /** How many processes listen on the port (processes.ts). */
  webConcurrency: number;
  /** This process among them. Null: it is the only one. */
  sibling: Sibling | null;
  /** What this process does. */
  roles: Role[];
  /** Shares limits between processes. Undefined: each process counts for itself (docs/limits.md). */
  redisUrl: string | undefined;
  /** Whether traces go to a collector. */
  traces: boolean;
  /** The cluster that gets every message (docs/streams.md). Null: none. */
  kafka: KafkaSettings | null;
  /** Fill an empty database with demo events: by default only the embedded one. */
  demo: boolean;
  /** Admins need a second step to sign in: by default in production without the demo. */
  adminTwoFactor: boolean;
  /** Undefined in development and tests: then it is generated once and stored in dataDir (secrets.ts). */
  sessionSecret: string | undefined;
  ticketSigningKey: string | undefined;
  mail: {
    smtpUrl: string | undefined;
    from: string;
    /** Signs reports of mails that came back. Undefined: no report is taken. */
    webhookSecret: string | undefined;
  };
  /** Null means that nobody gets SMS. */
  sms: SmsConfig | null;
  /** Null means that there are no passes for this wallet. */
  appleWallet: AppleWalletSettings | null;
  googleWallet: GoogleWalletSettings | null;
  /** Null: nothing is suggested by a language model. */
  ai: AiSettings | null;
  /** Null: the draws of queues mix no public beacon. */
  beacon: BeaconSettings | null;
  payments:
    | { provider: 'sandbox'; webhookSecret: string | undefined }
    | {
        provider: 'stripe';
        secretKey: string;
        publishableKey: string;
        webhookSecret: string;
        /** Of the endpoint for connected accounts. Undefined: organisations have no accounts, and nothing is transferred to them. */
        connectWebhookSecret: string | undefined;
        apiUrl: string | undefined;
        /** Other programs use the same account: movements without our ids are theirs. */
        accountIsShared: boolean;
      };
  /** Private `host:port` pairs to which webhooks of organisations may be sent, also by http. */
  webhookPrivateHosts: string[];
  /** Gets a mail about each unmatched payment. */
  operationsEmail: string | undefined;
  /** Who charges the booking fees, for receipts and invoices. */
  platform: { legalName: string | null; address: string | null; vatId: string | null };
  /** So many days after the end of an event its money is due to the organiser. */
  payoutDelayDays: number;
  /** Records of sales are kept for at least so many years, also where the law asks for fewer. */
  leastRecordYears: number;
  /** The bearer token for /metrics. Undefined: open in development, not available in production. */
  metricsToken: string | undefined;
  /** A mailto:, https: or tel: address for security.txt. */
  securityContact: string | undefined;
  /** Multiplies every rate limit of the contract: for load tests, or if a trusted proxy does the limiting. */
  rateLimitFactor: number;
  /** Multiplies the work that guests prove before they join a queue; 0 asks for none. */
  queueProofFactor: number;
  /** How long a stopping server still answers, so that balancers send requests elsewhere. */
  drainMs: number;
  /** How long a gate may work without reaching the server. */
  doorManifestHours: number;
  /** Time limit in seconds for a whole request to arrive, with its body. */
  requestSeconds: number;
  /** In how many seconds a client must have read one answer once it has begun. */
  responseSeconds: number;
  logLevel: Env['LOG_LEVEL'];
}

export class ConfigError extends Error {}

/** Reads the configuration. Throws a ConfigError that names each variable that is missing or wrong. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  // An empty value means unset, as in a copied .env.example.
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(
      (issue) => `  ${String(issue.path[0] ?? 'environment')}: ${issue.message}`,
    );
    throw new ConfigError(`Admit can't start with this configuration:\n${lines.join('\n')}`);
  }
  const value = parsed.data;
  return {
    env: value.NODE_ENV,
    host: value.HOST,
    port: value.PORT,
    publicUrl: value.PUBLIC_URL,
    trustedProxies: value.TRUST_PROXY,
    corsOrigins: value.CORS_ORIGINS,
    dataDir: value.DATA_DIR,
    filesDir: value.FILES_DIR ?? join(value.DATA_DIR, 'files'),
    s3: readS3(value),
    databaseUrl: value.DATABASE_URL,
    databaseDirectUrl: value.DATABASE_DIRECT_URL,
    databaseReplica: value.DATABASE_REPLICA_URL
      ? { url: value.DATABASE_REPLICA_URL, mostLagMs: value.DATABASE_REPLICA_LAG_SECONDS * 1000 }
      : null,
    databasePoolSize: value.DATABASE_POOL_SIZE,
    databaseWaitMs:
      value.DATABASE_WAIT_SECONDS === undefined ? undefined : value.DATABASE_WAIT_SECONDS * 1000,
    databaseDeadlines: {
      connectMs: value.DATABASE_CONNECT_SECONDS * 1000,
      statementMs: value.DATABASE_STATEMENT_SECONDS * 1000,
      transactionMs: value.DATABASE_TRANSACTION_SECONDS * 1000,
    },
    webConcurrency: value.WEB_CONCURRENCY,
    sibling: null,
    roles: value.ROLES,
    redisUrl: value.REDIS_URL,
    kafka: readKafka(value),
    traces: wantsTraces(value),
    demo: value.DEMO ?? (value.DATABASE_URL === undefined && value.NODE_ENV === 'development'),
    adminTwoFactor: value.ADMIN_TWO_FACTOR ?? (value.NODE_ENV === 'production' && value.DEMO !== true),
    sessionSecret: value.SESSION_SECRET,
    ticketSigningKey: value.TICKET_SIGNING_KEY,
    mail: {
      smtpUrl: value.SMTP_URL,
      from: value.MAIL_FROM,
      webhookSecret: value.MAIL_WEBHOOK_SECRET,
    },
    sms:
      value.SMS_ACCOUNT_SID && value.SMS_AUTH_TOKEN && value.SMS_FROM
        ? {
            accountSid: value.SMS_ACCOUNT_SID,
            authToken: value.SMS_AUTH_TOKEN,
            from: value.SMS_FROM,
            apiUrl: value.SMS_API_URL,
            prefixes: value.SMS_PREFIXES,
            limits: { perEventDay: value.SMS_PER_EVENT_DAY, codesPerDay: value.SMS_CODES_PER_DAY },
          }
        : null,
    appleWallet: readAppleWallet(value),
    googleWallet: readGoogleWallet(value),
    ai: readAi(value),
    beacon: readBeacon(value),
    payments:
      value.PAYMENTS === 'stripe'
        ? {
            provider: 'stripe',
            secretKey: value.STRIPE_SECRET_KEY ?? '',
            publishableKey: value.STRIPE_PUBLISHABLE_KEY ?? '',
            webhookSecret: value.STRIPE_WEBHOOK_SECRET ?? '',
            connectWebhookSecret: value.STRIPE_CONNECT_WEBHOOK_SECRET,
            apiUrl: value.STRIPE_API_URL,
            accountIsShared: value.STRIPE_ACCOUNT_IS_SHARED,
          }
        : { provider: 'sandbox', webhookSecret: value.SANDBOX_WEBHOOK_SECRET },
    webhookPrivateHosts: value.WEBHOOK_PRIVATE_HOSTS,
    operationsEmail: value.OPERATIONS_EMAIL,
    platform: {
      legalName: value.PLATFORM_LEGAL_NAME ?? null,
      address: value.PLATFORM_ADDRESS ?? null,
      vatId: value.PLATFORM_VAT_ID ?? null,
    },
    payoutDelayDays: value.PAYOUT_DELAY_DAYS,
    leastRecordYears: value.RECORD_YEARS,
    metricsToken: value.METRICS_TOKEN,
    securityContact: value.SECURITY_CONTACT,
    queueProofFactor: value.QUEUE_PROOF_FACTOR,
    rateLimitFactor: value.RATE_LIMIT_FACTOR,
    drainMs: (value.DRAIN_SECONDS ?? (value.NODE_ENV === 'production' ? 6 : 0)) * 1000,
    doorManifestHours: value.DOOR_MANIFEST_HOURS,
    requestSeconds: value.REQUEST_SECONDS,
    responseSeconds: value.RESPONSE_SECONDS,
    logLevel: value.LOG_LEVEL,
  };
}

function wantsTraces(env: {
  OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT?: string | undefined;
  OTEL_TRACES_EXPORTER?: string | undefined;
  OTEL_SDK_DISABLED?: string | undefined;
}): boolean {
  if (env.OTEL_SDK_DISABLED === 'true' || env.OTEL_TRACES_EXPORTER === 'none') return false;
  return Boolean(env.OTEL_EXPORTER_OTLP_ENDPOINT || env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT);
}
