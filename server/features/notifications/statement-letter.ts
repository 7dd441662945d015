import { isolated } from '../../../contract/words.ts';
import { statementWords } from '../statements/words.ts';
import { instantText } from '../tickets/ticket-page.ts';
import { type Block, facts, greeting, type Letter } from './letter.ts';
import type { StatementJob } from './mail-job.ts';

/** Tells whoever reported an event, or its team, what the platform has decided, why, and how to appeal. */
export function statementLetter(job: StatementJob): Letter {
  const { language = 'en', name, url, news, title, reasons, appealUntil } = job;
  const t = statementWords(language);
  const about = isolated(title, language);
  const blocks: Block[] = [
    greeting(language, name),
    { kind: 'text', text: t(`${news}Text`, { title: about }) },
  ];
  if (reasons) {
    blocks.push(
      facts([
        [t('about'), about],
        [t('ground'), t(reasons.ground)],
        [t('reasons'), isolated(reasons.statement, language)],
      ]),
      { kind: 'text', text: t('byPerson') },
    );
  }
  if (appealUntil !== null) {
    const date = instantText(new Date(appealUntil), 'UTC', language);
    blocks.push({ kind: 'text', text: t('appeal', { date: isolated(date, language) }) });
  }
  if (url) blocks.push({ kind: 'button', label: t(appealUntil === null ? 'seeEvent' : 'appealButton'), url });
  return {
    language,
    subject: t(news, { title }),
    preview: t(`${news}Text`, { title }),
    heading: t(news, { title: about }),
    blocks,
    footer: t(job.kind === 'report-news' ? 'whyReporter' : 'whyTeam'),
  };
}
