import { isolated } from '../../../contract/words.ts';
import { instantText } from '../tickets/ticket-page.ts';
import { facts, greeting, type Letter } from './letter.ts';
import type { ExportReadyJob } from './mail-job.ts';
import { letterWords } from './words.ts';

const tableWords = {
  attendees: 'export_attendees',
  orders: 'export_orders',
  payments: 'export_payments',
  'check-ins': 'export_check_ins',
  tax: 'export_tax',
  answers: 'export_answers',
  extras: 'export_extras',
} as const satisfies Record<ExportReadyJob['table'], string>;

/** Tells a member of the team that a file was made on schedule. The mail has a link and no rows of the file. */
export function exportReadyLetter(job: ExportReadyJob): Letter {
  const { language = 'en', event, timeZone } = job;
  const t = letterWords(language);
  const time = (at: string) => instantText(new Date(at), timeZone, language);
  const table = t(tableWords[job.table]);
  return {
    language,
    subject: t('exportSubject', { table, event }),
    preview: t('exportPreview', { due: time(job.dueAt) }),
    heading: t('exportHeading'),
    blocks: [
      greeting(language, job.name),
      { kind: 'text', text: t('exportText') },
      facts([
        [t('event'), isolated(event, language)],
        [t('exportFile'), `${table}, ${isolated(job.format.toUpperCase(), language)}`],
        [t('exportDue'), time(job.dueAt)],
      ]),
      { kind: 'button', label: t('exportButton'), url: job.url },
      { kind: 'text', text: t('exportUntil', { until: time(job.endsAt) }) },
    ],
    footer: t('exportWhy', { event }),
  };
}
