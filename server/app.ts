import type { LanguageModel } from './adapters/ai/model.ts';
import type { Beacon } from './adapters/beacon/drand.ts';
import type { Files } from './adapters/files/files.ts';
import type { PictureEncoder } from './adapters/pictures/encoder.ts';
import type { Caches } from './caches.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Db, Reads } from './data/db.ts';
import type { Notices } from './data/notices.ts';
import type { Relay } from './data/relay.ts';
import type { Accounts } from './features/accounts/accounts.ts';
import type { UnsubscribeLinks } from './features/accounts/unsubscribe-links.ts';
import type { Interest } from './features/catalog/interest.ts';
import type { SharedCounters } from './features/dashboard/live-counters.ts';
import type { Visits } from './features/dashboard/visits.ts';
import type { Exports } from './features/exports/exports.ts';
import type { Ledger } from './features/inventory/ledger.ts';
import type { Marks } from './features/inventory/marks.ts';
import type { RenameSeats } from './features/inventory/rename-lines.ts';
import type { ModerationLinks } from './features/moderation/moderation-links.ts';
import type { Deliveries } from './features/notifications/deliveries.ts';
import type { Mailer } from './features/notifications/mailer.ts';
import type { PushSender } from './features/notifications/push-sender.ts';
import type { SmsSender } from './features/notifications/sms-sender.ts';
import type { OrderLinks } from './features/orders/order-links.ts';
import type { PassTokens } from './features/passes/pass-tokens.ts';
import type { AppleWallet, GoogleWallet } from './features/passes/wallets.ts';
import type { PaymentProvider } from './features/payments/provider.ts';
import type { TicketSigner } from './features/tickets/code.ts';
import type { TicketPrinter } from './features/tickets/printer.ts';
import type { TransferLinks } from './features/transfers/transfer-links.ts';
import type { QueueProofs } from './features/waiting-room/proofs.ts';
import type { Rooms } from './features/waiting-room/rooms.ts';
import type { QueueTokens } from './features/waiting-room/tokens.ts';
import type { OfferLinks } from './features/waitlist/offer-links.ts';
import type { WebhookSender } from './features/webhooks-out/sender.ts';
import type { Budgets } from './http/budgets.ts';
import type { RateLimits } from './http/rate-limits.ts';
import type { NewId } from './ids.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Seal } from './seal.ts';
import type { Traces } from './traces.ts';

/** Everything that commands need from outside, created once (create-app.ts) and passed to them. */
export interface App {
  config: Config & {
    /** The public address, without a trailing slash. */
    publicUrl: string;
    /** The address that the sandbox provider calls: this process's own, or PUBLIC_URL if it is only a worker. */
    listenUrl: string;
  };
  clock: Clock;
  newId: NewId;
  log: Log;
  db: Db;
  /** For reads that may be a second old: a replica where there is one, else the primary (docs/operations.md). */
  reads: Reads;
  metrics: Metrics;
  /** Null unless the operator names a collector of traces. */
  traces: Traces | null;
  /** This process's caches and how they are invalidated (caches.ts). */
  caches: Caches;
  /** PostgreSQL's notices to this process. */
  notices: Notices;
  relay: Relay;
  /** Budgets against guessing. */
  budgets: Budgets;
  /** Rate limits per caller. */
  rateLimits: RateLimits;
  /** Live counters that processes share; null without Redis. */
  counters: SharedCounters | null;
  /** Ends the connection to Redis, if there is one (adapters/hot-state/). */
  closeHotState(): Promise<void>;
  closeReplica(): Promise<void>;
  /** What reads topics of Kafka in this process. */
  consumers: { stop(): Promise<void> }[];
  /** Sessions, passwords and identifying callers. */
  accounts: Accounts;
  /** Every change of inventory goes through the ledger. */
  ledger: Ledger;
  /** Gives seats their new names on holds, orders and tickets, and tells whoever has them (purchases/rename-seats.ts). */
  renameSeats: RenameSeats;
  /** Numbers that stand for what buyers may share, like a network or a card, and reveal nothing. */
  marks: Marks;
  /** Counts purchases and views, for what is trending. */
  interest: Interest;
  /** Collects views and the origins of orders, for the dashboard. */
  visits: Visits;
  /** The files that this process is sending to organisers. */
  exports: Exports;
  payments: PaymentProvider;
  mailer: Mailer;
  /** Sends each message once, and notes what became of it. */
  deliveries: Deliveries;
  /** Sends notifications to browsers. */
  push: PushSender;
  /** Sends SMS; null if the operator has set none up. */
  sms: SmsSender | null;
  /** Make passes for phones; null if the operator has set none up. */
  appleWallet: AppleWallet | null;
  googleWallet: GoogleWallet | null;
  /** Sends webhooks to the programs of organisations. */
  webhookSender: WebhookSender;
  /** The authentication tokens in passes for Apple Wallet. */
  passTokens: PassTokens;
  /** Encrypts secrets that wait in the database until they are mailed. */
  seal: Seal;
  /** The secrets in the links of orders' mails. */
  orderLinks: OrderLinks;
  /** The links that switch a kind of mail off. */
  unsubscribeLinks: UnsubscribeLinks;
  /** The secrets in the links of mails about decisions of the platform. */
  moderationLinks: ModerationLinks;
  /** The secrets in the links of mails about tickets that change hands. */
  transferLinks: TransferLinks;
  offerLinks: OfferLinks;
  /** The waiting rooms of events, and who was let in. */
  rooms: Rooms;
  queueTokens: QueueTokens;
  /** Work that guests prove before they join a queue. */
  queueProofs: QueueProofs;
  /** A public beacon for the draws of queues. Null: draws mix none. */
  beacon: Beacon | null;
  /** Suggests texts for events. Null: there is none. */
  languageModel: LanguageModel | null;
  /** Where uploaded files are kept. */
  files: Files;
  encoder: PictureEncoder;
  signer: TicketSigner;
  printer: TicketPrinter;
}
