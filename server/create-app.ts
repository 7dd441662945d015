import { createChatModel } from './adapters/ai/chat-completions.ts';
import { createFiles } from './adapters/files/create.ts';
import { createHotState } from './adapters/hot-state/create.ts';
import { createMailer } from './adapters/mail/create.ts';
import { createPaymentProvider } from './adapters/payments/create.ts';
import { createPictureEncoder } from './adapters/pictures/encoder.ts';
import { createPushSender } from './adapters/push/web-push.ts';
import { createTwilioSender } from './adapters/sms/twilio.ts';
import { createWebhookSender } from './adapters/webhooks/sender.ts';
import type { App } from './app.ts';
import { registerAuditMetrics } from './audit/recount.ts';
import { createCaches, hearInvalidations } from './caches.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import type { Sink } from './data/bus.ts';
import { createDb, type Db } from './data/db.ts';
import { openNotices } from './data/notices.ts';
import { startRelay } from './data/relay.ts';
import { followReplica } from './data/replica.ts';
import { traceDb } from './data/traced-db.ts';
import { createAccounts } from './features/accounts/create-accounts.ts';
import { createUnsubscribeLinks } from './features/accounts/unsubscribe-links.ts';
import { createInterest, interestSink } from './features/catalog/interest.ts';
import { recountOrders } from './features/dashboard/count-orders.ts';
import { followSalesSink } from './features/dashboard/follow-sales-sink.ts';
import { createVisits } from './features/dashboard/visits.ts';
import { createExports } from './features/exports/exports.ts';
import { createLedger } from './features/inventory/ledger.ts';
import { createMarks } from './features/inventory/marks.ts';
import { createModerationLinks } from './features/moderation/moderation-links.ts';
import { createDeliveries } from './features/notifications/deliveries.ts';
import { offersSink } from './features/notifications/offers-sink.ts';
import { paymentsSink } from './features/notifications/payments-sink.ts';
import { findOrdersSink } from './features/orders/find-orders-sink.ts';
import { createOrderLinks } from './features/orders/order-links.ts';
import { createPassTokens } from './features/passes/pass-tokens.ts';
import { registerDisputeMetrics } from './features/payments/dispute-metrics.ts';
import { registerMoneyReviewMetrics } from './features/payments/money-review-metrics.ts';
import { applyFacts } from './features/purchases/apply-facts.ts';
import { moveBuyer } from './features/purchases/move-buyer.ts';
import { readSold } from './features/purchases/read-sold.ts';
import { renameSeats } from './features/purchases/rename-seats.ts';
import { readEventSale } from './features/sale/event-sale.ts';
import { createTicketPrinter } from './features/tickets/printer.ts';
import { createTicketSigner } from './features/tickets/signer.ts';
import { createTransferLinks } from './features/transfers/transfer-links.ts';
import { createQueueProofs } from './features/waiting-room/proofs.ts';
import { registerQueueMetrics } from './features/waiting-room/queue-metrics.ts';
import { createRooms } from './features/waiting-room/rooms.ts';
import { createQueueTokens } from './features/waiting-room/tokens.ts';
import { createOfferLinks } from './features/waitlist/offer-links.ts';
import { webhooksSink } from './features/webhooks-out/webhooks-sink.ts';
import { createNewId } from './ids.ts';
import type { Log } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import type { OnPoint } from './points.ts';
import { createSeal } from './seal.ts';
import type { Secrets } from './secrets.ts';

export interface AppParts {
  config: App['config'];
  connectionString: string;
  /** Leads past a connection pooler. By default `connectionString` does. */
  directConnectionString?: string;
  secrets: Secrets;
  clock: Clock;
  log: Log;
  onPoint?: OnPoint | undefined;
}

/** One connection per committing lane, and one more per lane for reading an event that was edited. */
const ledgerConnections = 4;

/** Creates the App. This is the one place that chooses the database, provider, mailer and sinks. */
export async function createApp(parts: AppParts): Promise<App> {
  const opened: (() => Promise<void>)[] = [];
  try {
    return await openApp(parts, opened);
  } catch (error) {
    // If the database went away, the start is retried. The failed attempt must leave no connection open.
    for (const close of opened.reverse()) await close().catch(() => {});
    throw error;
  }
}

async function openApp(parts: AppParts, opened: (() => Promise<void>)[]): Promise<App> {
  const { config, clock, log, secrets } = parts;
  const newId = createNewId(clock);
  const metrics = createMetrics();
  const connectionTo = (name: string) => ({
    connectionString: parts.connectionString,
    name,
    deadlines: config.databaseDeadlines,
    onLost({ message }: Error) {
      metrics.databaseConnectionsLost.inc({ name });
      // Logs only the message, because `pg` attaches the whole connection with its statements to the error.
      log.warn({ name, reason: message }, 'a database connection was lost');
    },
  });
  const { directConnectionString = parts.connectionString } = parts;
  const traces = config.traces ? (await import('./adapters/traces/otlp.ts')).openTraces() : null;
  if (traces) opened.push(traces.close);
  const db = traceDb(
    createDb({ ...connectionTo('admit'), directConnectionString, poolSize: config.databasePoolSize }),
    traces,
  );
  const { reads, close: closeReplica } = openReads(parts, db, metrics);
  const ledgerDb = traceDb(
    createDb({ ...connectionTo('admit ledger'), poolSize: ledgerConnections }),
    traces,
  );
  const relay = startRelay({ db, clock, log, metrics, source: config.publicUrl, onPoint: parts.onPoint });
  opened.push(db.close, closeReplica, ledgerDb.close, relay.stop);
  const seal = createSeal(secrets.session);
  const caches = createCaches();
  const notices = await openNotices({
    connection: { ...connectionTo('admit notices'), connectionString: directConnectionString },
    log,
  });
  opened.push(notices.close);
  await hearInvalidations(caches, notices);
  const { close: closeHotState, ...hotState } = await createHotState({ config, clock, log, metrics });
  opened.push(closeHotState);
  const base = {
    config,
    clock,
    newId,
    log,
    db,
    reads,
    metrics,
    traces,
    relay,
    seal,
    caches,
    notices,
    ...hotState,
  };
  const accounts = await createAccounts({
    ...base,
    connectionTo,
    moveBuyer,
    sessionSecret: secrets.session,
    callers: caches.callers,
  });
  opened.push(accounts.close);
  const queueTokens = createQueueTokens(secrets.session);
  const app: App = {
    ...base,
    closeHotState,
    closeReplica,
    consumers: [],
    accounts,
    payments: await createPaymentProvider({ ...base, secrets }),
    mailer: await createMailer(base),
    deliveries: createDeliveries(base),
    push: createPushSender({ secret: secrets.session, contact: contactOf(config) }),
    sms: config.sms && createTwilioSender(config.sms),
    ...(await openWallets(base)),
    webhookSender: createWebhookSender({ clock: systemClock, privateHosts: config.webhookPrivateHosts }),
    passTokens: createPassTokens(secrets.session),
    signer: createTicketSigner(secrets.ticketSigningKey),
    files: await createFiles({ config, clock, log }),
    languageModel: config.ai && createChatModel(config.ai),
    // Loads a library of curves only where it is needed.
    beacon: config.beacon && (await import('./adapters/beacon/drand.ts')).createBeacon(config.beacon, base),
    encoder: createPictureEncoder(),
    printer: createTicketPrinter({ log }),
    interest: createInterest(base),
    visits: createVisits({ ...base, recount: (orders) => recountOrders(base, orders) }),
    exports: createExports(base),
    marks: createMarks(secrets.session),
    orderLinks: createOrderLinks(secrets.session),
    unsubscribeLinks: createUnsubscribeLinks(secrets.session),
    moderationLinks: createModerationLinks(secrets.session),
    transferLinks: createTransferLinks(secrets.session),
    offerLinks: createOfferLinks(secrets.session),
    queueTokens,
    queueProofs: createQueueProofs(secrets.session),
    renameSeats,
    rooms: await createRooms({ ...base, tokens: queueTokens }),
    ledger: createLedger({
      ...base,
      db: ledgerDb,
      readSale: (eventId) => readEventSale({ db: ledgerDb, caches: { sales: caches.ledgerSales } }, eventId),
      readSold,
      consequence: applyFacts(() => app),
      onCommitted: () => relay.wake(),
      onPoint: parts.onPoint,
    }),
  };
  if (config.roles.includes('worker')) {
    await relay.addSink(interestSink(app));
    await relay.addSink(findOrdersSink(app));
    await relay.addSink(followSalesSink(app));
    await relay.addSink(webhooksSink(app));
    if (config.kafka) {
      // Kafka's client takes half a second and 62 MB to load.
      const { createKafkaSink } = await import('./adapters/kafka/kafka-sink.ts');
      await relay.addSink(createKafkaSink({ settings: config.kafka, log, traces }));
    }
  }
  await startConsumers(app, [
    ...(config.roles.includes('notifications') ? [paymentsSink(app)] : []),
    ...(config.roles.includes('waitlist') ? [offersSink(app)] : []),
  ]);
  registerMoneyReviewMetrics(app);
  registerDisputeMetrics(app);
  registerQueueMetrics(app);
  registerAuditMetrics(app);
  return app;
}

/**
 * Loaded only where there are passes. Certificates count by the machine's clock, also while the demo sells in the past.
 */
async function openWallets({ config, log, metrics }: Pick<App, 'config' | 'log' | 'metrics'>) {
  const { appleWallet, googleWallet } = config;
  const parts = { clock: systemClock, log, metrics };
  return {
    appleWallet:
      appleWallet && (await import('./adapters/wallet/apple-wallet.ts')).openAppleWallet(appleWallet, parts),
    googleWallet:
      googleWallet && (await import('./adapters/wallet/google-wallet.ts')).openGoogleWallet(googleWallet),
  };
}

/** A replica's reads, if there is one; else the primary's. */
function openReads({ config, clock, log }: AppParts, primary: Db, metrics: Metrics) {
  if (!config.databaseReplica) return { reads: primary, close: async () => {} };
  const { url: connectionString, mostLagMs } = config.databaseReplica;
  const { databaseDeadlines: deadlines, databasePoolSize: poolSize } = config;
  const replica = createDb({ connectionString, name: 'admit replica', deadlines, poolSize });
  return followReplica({ primary, replica, mostLagMs, clock, log, metrics });
}

/** Consumers read from Kafka where it is configured, as consumer groups, and else from the outbox. */
async function startConsumers(app: App, sinks: Sink[]): Promise<void> {
  const { config, relay, log, metrics, traces } = app;
  if (!config.kafka) {
    for (const sink of sinks) await relay.addSink(sink);
    return;
  }
  const { startKafkaConsumer } = await import('./adapters/kafka/kafka-consumer.ts');
  for (const sink of sinks)
    app.consumers.push(startKafkaConsumer({ settings: config.kafka, sink, log, metrics, traces }));
}

/** Whom a push service may ask about our notifications (RFC 8292): a `mailto:` or `https:` address. */
function contactOf({
  operationsEmail,
  publicUrl,
}: Pick<App['config'], 'operationsEmail' | 'publicUrl'>): string {
  if (operationsEmail) return `mailto:${operationsEmail}`;
  return publicUrl.startsWith('https:') ? publicUrl : 'mailto:admit@localhost.invalid';
}

/** Lets running work finish, then closes everything that was opened. */
export async function closeApp(app: App): Promise<void> {
  await app.ledger.stop();
  await Promise.all(app.consumers.map((consumer) => consumer.stop()));
  await app.relay.stop();
  await app.interest.flush();
  await app.visits.flush();
  await app.accounts.close();
  await app.notices.close();
  await app.mailer.close();
  await app.printer.close();
  await app.appleWallet?.close();
  await app.closeHotState();
  await app.closeReplica();
  await app.db.close();
  await app.traces?.close();
}

/** Fills in the addresses that depend on the port. */
export function withUrls(config: Config, port: number): App['config'] {
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  const reachable = host === '0.0.0.0' || host === '[::]' ? 'localhost' : host;
  const ownUrl = `http://${reachable}:${port}`;
  const publicUrl = config.publicUrl ?? ownUrl;
  // A process that is only a worker does not listen, so its calls go to the processes that do.
  const listenUrl = config.roles.includes('api') ? ownUrl : publicUrl;
  return { ...config, port, listenUrl, publicUrl };
}
