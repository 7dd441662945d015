import { formatMoney } from '../../../contract/money.ts';
import { isolated } from '../../../contract/words.ts';
import { instantText } from '../tickets/ticket-page.ts';
import { facts, greeting, type Letter } from './letter.ts';
import type { DisputeNoticeJob } from './mail-job.ts';
import { letterWords } from './words.ts';

/** Tells a member of the team that a bank disputes a payment, asks about it or warns of fraud, or how it has decided. */
export function disputeNoticeLetter(job: DisputeNoticeJob): Letter {
  const { language = 'en', name, url, event, order, timeZone, evidenceDueAt } = job;
  const t = letterWords(language);
  const said = job.news === 'opened' ? job.dispute : job.news;
  const heading = t(`dispute_${said}`);
  const text = t(`dispute_${said}_text`);
  const due =
    evidenceDueAt && job.news === 'opened' ? instantText(new Date(evidenceDueAt), timeZone, language) : null;
  return {
    language,
    subject: t('disputeSubject', { what: heading, event, number: order }),
    preview: due ? t('disputeDue', { due }) : text,
    heading,
    blocks: [
      greeting(language, name),
      { kind: 'text', text },
      ...(due ? [{ kind: 'text' as const, text: t('disputeEvidence', { due }) }] : []),
      facts([
        [t('event'), isolated(event, language)],
        [t('order'), order],
        [t('disputeAmount'), isolated(formatMoney(job.amount, language), language)],
      ]),
      { kind: 'button', label: t('disputeButton'), url },
    ],
    footer: t('disputeWhy', { event }),
  };
}
