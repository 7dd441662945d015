/**
 * How long what is no longer needed is kept, in days, and why. The job `forget-old` (forget-old.ts) deletes or erases
 * it every night in small portions. docs/operations.md has the same table for operators.
 */
export const keptDays = {
  /** Messages to sinks, once every sink has had them: long enough to look into an incident of last week. */
  outboxMessages: 14,
  /** Bodies of webhooks name buyers. Stripe sends an event again for three days, and shows it for thirty. */
  webhookBodies: 30,
  /** What became of each webhook, without its body: for the reconciliation of the past year. */
  webhooks: 400,
  /** The local mailbox, where no SMTP server is configured. */
  mailboxMessages: 30,
  /** Keys of mails that were sent. A job is tried for three days, so nothing older can be sent twice. */
  sentMailKeys: 30,
  /** Jobs that failed for the last time: a person has a month to look at them. */
  failedJobs: 30,
  /** Revocations are asked for during 20 minutes; a day helps when looking into an incident. */
  revocations: 1,
  /** The sandbox's books of test money: longer than any refund is possible. */
  sandboxPayments: 400,
  /** Holds that became nothing, after the end of their event: until then they show who hoarded places. */
  endedHoldsAfterEvent: 30,
  /** What counts for "trending" and that reminders were sent, after the end of the event. */
  eventFiguresAfterEvent: 30,
} as const;

const dayMs = 24 * 3_600_000;

/** The instant so many days before `now`. */
export const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * dayMs);
