import { isolated } from '../../../contract/words.ts';
import { instantText } from '../tickets/ticket-page.ts';
import { facts, greeting, type Letter } from './letter.ts';
import type { ReviewNoticeJob } from './mail-job.ts';
import { letterWords } from './words.ts';

/** Tells a member of the team that orders wait for a look at them, and what happens if nobody looks. */
export function reviewNoticeLetter(job: ReviewNoticeJob): Letter {
  const { language = 'en', name, url, event, timeZone, count } = job;
  const t = letterWords(language);
  const until = instantText(new Date(job.until), timeZone, language);
  return {
    language,
    subject: t('reviewSubject', { event, count }),
    preview: t('reviewPreview', { until }),
    heading: t('reviewHeading', { count }),
    blocks: [
      greeting(language, name),
      { kind: 'text', text: t('reviewText', { count, until }) },
      facts([[t('event'), isolated(event, language)]]),
      { kind: 'button', label: t('reviewButton'), url },
    ],
    footer: t('reviewWhy', { event }),
  };
}
