import { type BudgetName, budgets } from '../../../contract/budgets.ts';
import type { App } from '../../app.ts';
import { giveBackKept, spendKept } from '../../http/kept-budgets.ts';
import { enqueueJobs } from '../../work/jobs.ts';
import { isProvedAddress } from '../accounts/is-proved-address.ts';
import type { OrderRecord } from '../orders/orders.ts';
import { readRecipient } from './line-mail.ts';
import type { MailJob, OrderMailJob } from './mail-job.ts';
import { readTurnNews } from './turn-mail.ts';

/**
 * The budget that each kind of mail takes from its recipient. Anybody can name any address when they order or sign
 * up, so a kind without a budget could flood a stranger's mailbox.
 */
export const mailBudgets = {
  'verify-email': 'linkMailsPerRecipient',
  'reset-password': 'linkMailsPerRecipient',
  'new-sign-in': 'noticeMailsPerRecipient',
  // Counted before it is enqueued, by organisation, owner and recipient: organisations/mail-invitation.ts.
  'team-invitation': null,
  // To the operators' own address, which nobody else chooses.
  'money-review': null,
  // To the team of whoever sold, for what a bank has done.
  'dispute-notice': null,
  // To the team of the event, at most four an hour (order-reviews/tell-team.ts).
  'review-notice': null,
  'publication-failed': null,
  // To members of the team, once each time that an endpoint is switched off.
  'webhook-off': null,
  // To an address that anybody may name with a report. The decision about it always comes (`budgetOf`).
  'report-news': 'reportMailsPerRecipient',
  // To members of the team, for what an admin has decided.
  'moderation-news': null,
  // To members of the team, at most one a day for each schedule.
  'export-ready': null,
  dispute: null,
  audit: null,
  // A guest names any address, so offers and all other mails to the line cost it (`lineBudget`). The line limits how many offers one network can cause.
  'waitlist-offer': 'noticeMailsPerRecipient',
  // To a verified address, once for each place in a queue.
  'queue-turn': 'noticeMailsPerRecipient',
  'order-confirmed': 'orderMailsPerRecipient',
  'order-held': 'orderMailsPerRecipient',
  'exchange-asked': 'orderMailsPerRecipient',
  'exchange-lapsed': 'orderMailsPerRecipient',
  'transfer-asked': 'orderMailsPerRecipient',
  'transfer-reminder': 'orderMailsPerRecipient',
  'transfer-lapsed': 'orderMailsPerRecipient',
  // Anybody who knows number and address may ask, and whoever corrects an address may name any: paid or not, it costs.
  'order-link': 'linkMailsPerRecipient',
  'tickets-again': 'linkMailsPerRecipient',
  'event-moved': 'orderMailsPerRecipient',
  'seats-changed': 'orderMailsPerRecipient',
  'event-cancelled': 'orderMailsPerRecipient',
  'event-reminder': 'orderMailsPerRecipient',
  // The organiser has paid too: a few messages a day for each event (order-broadcast.ts).
  broadcast: 'orderMailsPerRecipient',
  'event-news': 'orderMailsPerRecipient',
  // Counted before it is enqueued, by sender, who is the recipient: test-broadcast.ts.
  'broadcast-test': null,
  'tickets-cancelled': 'orderMailsPerRecipient',
  'order-cancelled': 'orderMailsPerRecipient',
  'order-refunded': 'orderMailsPerRecipient',
  'payment-failed': 'orderMailsPerRecipient',
  'refund-sent': 'orderMailsPerRecipient',
  'late-refund-sent': 'orderMailsPerRecipient',
  // The offer has paid when it was started, by recipient and sender: transfers/start-transfer.ts. The others follow from it.
  'ticket-offered': null,
  'ticket-passed-on': null,
  'ticket-received': null,
  'ticket-offer-ended': null,
  'resale-offered': 'orderMailsPerRecipient',
  'resale-sold': 'orderMailsPerRecipient',
  'resale-ended': 'orderMailsPerRecipient',
  'held-ticket-ended': null,
  'held-ticket-reminder': null,
  'held-ticket-moved': null,
  'held-seats-changed': null,
} as const satisfies Record<MailJob['kind'], BudgetName | null>;

/** The budget of every mail to somebody who waits for places. */
const lineBudget = mailBudgets['waitlist-offer'];

/** How long a mail about a free order waits for its budget. */
const patienceMs = 86_400_000;

/**
 * Sends a mail if its recipient's budget pays for it. Without budget, a mail about a free order waits, for a day at
 * most, and the order's page shows the tickets meanwhile. Other mails are withheld: the six links before them are
 * already in the mailbox. Mails about paid orders, and to an address that the buyer has verified, are always sent.
 * `note` records that the mail waits or is withheld, and why.
 */
export async function sendWithinBudget(
  app: App,
  job: MailJob,
  order: OrderRecord | null,
  { send, note }: { send: () => Promise<void>; note: (held: Held) => Promise<void> },
): Promise<void> {
  const budget = budgetOf(job);
  const recipient = budget && (await recipientOf(app, job, order));
  if (!budget || !recipient) return send();
  const waitSeconds = await spendKept(app, budget, recipient);
  if (waitSeconds > 0) {
    const isLater = await postpone(app, job, order, waitSeconds);
    if (!isLater) {
      app.metrics.mailsWithheld.inc({ kind: job.kind });
      app.log.info(
        { kind: job.kind, ...('orderId' in job && { orderId: job.orderId }) },
        'a mail beyond the budget of its recipient is not sent',
      );
    }
    return note({ state: isLater ? 'waiting' : 'withheld', error: reasonOf(budget) });
  }
  try {
    await send();
  } catch (error) {
    // The mail will be retried, and must not pay twice.
    await giveBackKept(app, budget, recipient);
    throw error;
  }
}

function budgetOf(job: MailJob): BudgetName | null {
  if ('entryId' in job) return lineBudget;
  if (job.kind === 'report-news' && job.news !== 'received') return null;
  return mailBudgets[job.kind];
}

/** The address whose budget pays; null if none has to. */
async function recipientOf(app: App, job: MailJob, order: OrderRecord | null): Promise<string | null> {
  if ('transferId' in job) return null;
  if ('entryId' in job) return (await readRecipient(app, job))?.address ?? null;
  if ('queueEntryId' in job) return (await readTurnNews(app, job))?.person.email ?? null;
  if (!('orderId' in job)) return job.to;
  // The holder of a ticket that was passed on has accepted it with a mail to this address.
  if ('heldBy' in job && job.heldBy) return null;
  const isAsked = job.kind === 'order-link' || job.kind === 'tickets-again';
  if (!order || (order.totalMinor > 0 && !isAsked)) return null;
  return (await isProvedAddress(app.db, order.buyerId, order.buyerEmail)) ? null : order.buyerEmail;
}

/** A mail that its recipient's budget does not pay for, and why, in words for the organiser. */
interface Held {
  state: 'waiting' | 'withheld';
  error: string;
}

function reasonOf(budget: BudgetName): string {
  const { max, seconds } = budgets[budget];
  return `This address gets at most ${max} mails of this kind in ${seconds / 3600} hours.`;
}

/** Enqueues a mail about a free order for later. False for a mail that does not wait, or that has waited for a day. */
async function postpone(
  app: App,
  job: MailJob,
  order: OrderRecord | null,
  waitSeconds: number,
): Promise<boolean> {
  const nowMs = app.clock.now().getTime();
  const runAtMs = nowMs + waitSeconds * 1000;
  const waits =
    'orderId' in job && mailBudgets[job.kind] === 'orderMailsPerRecipient' && job.kind !== 'event-reminder';
  const giveUpAtMs = waits ? ((job as OrderMailJob).giveUpAtMs ?? nowMs + patienceMs) : 0;
  if (!waits || runAtMs > giveUpAtMs) return false;
  const later = { ...(job as OrderMailJob), giveUpAtMs };
  await enqueueJobs(app.db, [
    {
      task: 'send-order-mails',
      payload: [later],
      runAt: new Date(runAtMs),
      ...(order && { turnOf: order.eventId }),
    },
  ]);
  return true;
}
