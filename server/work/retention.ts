/**
 * How many days each kind of data is kept after it is no longer needed, and why. The job `forget-old` (forget-old.ts)
 * deletes or erases it every night in small portions. docs/operations.md has the same table for operators.
 */
export const keptDays = {
  /** Messages, after every sink has received them: long enough to look into an incident of last week. */
  outboxMessages: 14,
  /** Bodies of webhooks, which name buyers. Stripe sends an event again for three days, and shows it for thirty. */
  webhookBodies: 30,
  /** The outcome of each webhook, without its body: for the reconciliation of the past year. */
  webhooks: 400,
  /** The local mailbox, which is used without an SMTP server. */
  mailboxMessages: 30,
  /** Which messages about orders were sent, to whom, and what became of them: as long as buyers may ask for a ticket again. What organisers wrote to attendees is kept as long. */
  orderMessages: 400,
  /** The same for other messages. A job is retried for three days, so nothing older can be sent twice. */
  accountMessages: 30,
  /** How many SMS an event has paid for on a day: for the bill of the provider. */
  smsSpending: 100,
  /** Jobs whose last attempt failed: a person has a month to look at them. */
  failedJobs: 30,
  /** Revocations are needed for 20 minutes. A day helps when looking into an incident. */
  revocations: 1,
  /** The sandbox's books of test money: longer than any refund is possible. */
  sandboxPayments: 400,
  /** Holds without a purchase, after the end of their event. Until then they show who hoarded places. */
  endedHoldsAfterEvent: 30,
  /** Whose the places in a queue were, after the end of the sale. The places stay, so that a draw can be checked. */
  queueOwnersAfterSale: 30,
  /** Reviews of orders with the buyers' words, after the end of the event: for complaints. */
  orderReviewsAfterEvent: 30,
  /** Reports of events, after the decision: until nobody can appeal against it any more, and some time to answer. The decisions stay. */
  decidedReports: 400,
  /** Which phones had passes of an event, and where to push: until nobody moves the event any more. */
  passDevicesAfterEvent: 30,
  /** The figures for "trending" and the records of sent reminders, after the end of the event. */
  eventFiguresAfterEvent: 30,
  /** Single views, clicks and check-ins. Their sums by day stay with the event. */
  visits: 90,
  /** Where an act of the audit log came from: the network and the browser. Long enough to look into an incident. */
  auditOrigins: 400,
  /** API keys that have expired or were revoked: so long a team sees when they were used last. */
  endedApiKeys: 30,
  /** Webhooks to organisations, with what became of each: so long a team can have them sent again. */
  webhooksOut: 30,
  /** Entries of the audit log: ten years, as long as the longest legal time for records of sales. */
  auditLog: 3660,
} as const;

const dayMs = 24 * 3_600_000;

/** The instant this many days before `now`. */
export const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * dayMs);
