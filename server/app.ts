import type { Caches } from './caches.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Db } from './data/db.ts';
import type { Notices } from './data/notices.ts';
import type { Relay } from './data/relay.ts';
import type { Accounts } from './features/accounts/accounts.ts';
import type { Interest } from './features/catalog/interest.ts';
import type { Ledger } from './features/inventory/ledger.ts';
import type { Marks } from './features/inventory/marks.ts';
import type { Mailer } from './features/notifications/mailer.ts';
import type { PaymentProvider } from './features/payments/provider.ts';
import type { TicketSigner } from './features/tickets/code.ts';
import type { TicketPrinter } from './features/tickets/printer.ts';
import type { Budgets } from './http/budgets.ts';
import type { RateLimits } from './http/rate-limits.ts';
import type { NewId } from './ids.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Seal } from './seal.ts';

/** Everything that commands need from outside, built once (create-app.ts) and passed. */
export interface App {
  config: Config & {
    /** Where people reach us, without a trailing slash. */
    publicUrl: string;
    /** What the sandbox provider calls: where this very process listens, or PUBLIC_URL if it is only a worker. */
    listenUrl: string;
  };
  clock: Clock;
  newId: NewId;
  log: Log;
  db: Db;
  metrics: Metrics;
  /** What this process remembers, and what makes it forget (caches.ts). */
  caches: Caches;
  /** What PostgreSQL tells this process at once. */
  notices: Notices;
  relay: Relay;
  /** What may be guessed, counted in this process. */
  budgets: Budgets;
  /** How often a caller may call; their counters are in this process too. */
  rateLimits: RateLimits;
  /** Sessions, passwords and who is calling. */
  accounts: Accounts;
  /** Every change of inventory goes through it. */
  ledger: Ledger;
  /** What buyers may have in common, as numbers that tell nothing. */
  marks: Marks;
  /** What people buy and look at, for what is trending. */
  interest: Interest;
  payments: PaymentProvider;
  mailer: Mailer;
  /** For secrets that wait in the database until they are mailed. */
  seal: Seal;
  signer: TicketSigner;
  printer: TicketPrinter;
}
