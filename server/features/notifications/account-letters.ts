import { type Currency, formatMoney } from '../../../contract/money.ts';
import { disputeNoticeLetter } from './dispute-letter.ts';
import { exportReadyLetter } from './export-letter.ts';
import { greeting, type Letter } from './letter.ts';
import type { AccountMailJob } from './mail-job.ts';
import { publicationFailedLetter } from './publication-failed-letter.ts';
import { reviewNoticeLetter } from './review-notice-letter.ts';
import { statementLetter } from './statement-letter.ts';
import { webhookOffLetter } from './webhook-off-letter.ts';
import { letterWords } from './words.ts';

/** Mails that accounts sends: verification, reset and new sign-ins. The address in `url` may contain a secret. */
export function accountLetter(job: AccountMailJob): Letter {
  const { kind, name, url, language = 'en' } = job;
  if (job.kind === 'money-review') return moneyReviewLetter(job);
  if (job.kind === 'dispute') return disputeLetter(job);
  if (job.kind === 'dispute-notice') return disputeNoticeLetter(job);
  if (job.kind === 'review-notice') return reviewNoticeLetter(job);
  if (job.kind === 'publication-failed') return publicationFailedLetter(job);
  if (job.kind === 'webhook-off') return webhookOffLetter(job);
  if (job.kind === 'export-ready') return exportReadyLetter(job);
  if (job.kind === 'report-news' || job.kind === 'moderation-news') return statementLetter(job);
  if (job.kind === 'audit') return auditLetter(job);
  const t = letterWords(language);
  const hello = greeting(language, name);
  if (kind === 'new-sign-in') {
    const browser = job.browser ?? t('unknownBrowser');
    return {
      language,
      subject: t('signInSubject'),
      preview: t('signInPreview', { browser }),
      heading: t('signInHeading'),
      blocks: [
        hello,
        { kind: 'text', text: t('signInText', { browser }) },
        { kind: 'button', label: t('signInButton'), url },
      ],
      footer: t('signInWhy'),
    };
  }
  if (kind === 'verify-email') {
    return {
      language,
      subject: t('verifySubject'),
      preview: t('verifyPreview'),
      heading: t('verifySubject'),
      blocks: [
        hello,
        { kind: 'text', text: t('verifyText') },
        { kind: 'button', label: t('verifyButton'), url },
        { kind: 'text', text: t('verifyIgnore') },
      ],
      footer: t('verifyWhy'),
    };
  }
  return {
    language,
    subject: t('resetSubject'),
    preview: t('resetPreview'),
    heading: t('resetSubject'),
    blocks: [
      hello,
      { kind: 'text', text: t('resetText') },
      { kind: 'button', label: t('resetSubject'), url },
      { kind: 'text', text: t('resetIgnore') },
    ],
    footer: t('resetWhy'),
  };
}

/** `12000 EUR`, in minor units, as money. */
function amountIn(minor: string): string {
  const [amount, currency] = minor.split(' ');
  return formatMoney({ amount: Number(amount), currency: currency as Currency }, 'en');
}

/** For operators, who also read logs and settings in English. */
function moneyReviewLetter(job: Extract<AccountMailJob, { kind: 'money-review' }>): Letter {
  return {
    language: 'en',
    subject: `Money needs a person: ${job.reason} (${job.reference})`,
    preview: `${amountIn(job.amount)} matches nothing.`,
    heading: 'Money matches nothing',
    blocks: [
      {
        kind: 'text',
        text:
          job.advice ?? 'The payment provider moved money that matches no order, refund or payment of ours.',
      },
      {
        kind: 'facts',
        facts: [
          { label: 'Reason', value: job.reason },
          { label: 'Amount', value: amountIn(job.amount) },
          { label: 'At the provider', value: job.reference },
        ],
      },
      { kind: 'button', label: 'See the list', url: job.url },
    ],
    footer: 'You get this mail because OPERATIONS_EMAIL names you.',
  };
}

const disputeHeadings = {
  inquiry: "The buyer's bank asks about a payment",
  chargeback: "The buyer's bank disputes a payment",
  fraud_warning: "The buyer's bank warns of fraud",
};

/** For operators, who also read logs and settings in English. */
function disputeLetter(job: Extract<AccountMailJob, { kind: 'dispute' }>): Letter {
  const heading = disputeHeadings[job.dispute];
  const due = job.evidenceDueAt;
  return {
    language: 'en',
    subject: `${heading}: order ${job.order} (${job.reference})`,
    preview: due ? `Evidence is due by ${due}.` : 'No evidence is asked for.',
    heading,
    blocks: [
      {
        kind: 'text',
        text: due
          ? `Send the evidence in the dashboard of the provider by ${due}. Check-ins of the order are evidence.`
          : 'No evidence is asked for. A refund of the order may prevent a dispute.',
      },
      {
        kind: 'facts',
        facts: [
          { label: 'Event', value: job.event },
          { label: 'Order', value: job.order },
          { label: 'Reason', value: job.reason },
          { label: 'Amount', value: amountIn(job.amount) },
          { label: 'At the provider', value: job.reference },
        ],
      },
      { kind: 'button', label: 'See the order', url: job.url },
    ],
    footer: 'You get this mail because OPERATIONS_EMAIL names you.',
  };
}

/** For operators, who also read logs and settings in English. */
function auditLetter({ findings, count, url }: Extract<AccountMailJob, { kind: 'audit' }>): Letter {
  return {
    language: 'en',
    subject: `The books are wrong: ${count} ${count === 1 ? 'finding' : 'findings'}`,
    preview: findings[0] ?? '',
    heading: 'The nightly recount found something wrong',
    blocks: [
      { kind: 'text', text: 'Run `npm run audit` to see everything. These are the first findings.' },
      ...findings.map((text) => ({ kind: 'text' as const, text })),
      { kind: 'button', label: 'See the metrics', url },
    ],
    footer: 'You get this mail because OPERATIONS_EMAIL names you.',
  };
}
