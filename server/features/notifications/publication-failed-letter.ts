import type { GapCode } from '../../../contract/event-preparation.ts';
import { isolated } from '../../../contract/words.ts';
import { instantText } from '../tickets/ticket-page.ts';
import { facts, greeting, type Letter } from './letter.ts';
import type { PublicationFailedJob } from './mail-job.ts';
import { letterWords } from './words.ts';

/** Tells a member of the team that a draft was not published at its time, and what it lacks. */
export function publicationFailedLetter(job: PublicationFailedJob): Letter {
  const { language = 'en', name, url, event, timeZone, gaps } = job;
  const t = letterWords(language);
  const at = instantText(new Date(job.at), timeZone, language);
  return {
    language,
    subject: t('unpublishedSubject', { event }),
    preview: t('unpublishedPreview', { at }),
    heading: t('unpublishedHeading'),
    blocks: [
      greeting(language, name),
      { kind: 'text', text: t('unpublishedText', { at }) },
      facts([
        [t('event'), isolated(event, language)],
        ...gaps.map((gap): [string, string] => [t('unpublishedLacks'), t(gapWord(gap))]),
      ]),
      { kind: 'button', label: t('unpublishedButton'), url },
    ],
    footer: t('unpublishedWhy', { event }),
  };
}

const gapWord = <G extends GapCode>(gap: G): `gap_${G}` => `gap_${gap}`;
