import type { Language } from '../../../../contract/languages.ts';
import { accountLetter } from '../account-letters.ts';
import type { Letter } from '../letter.ts';
import type { StatementJob } from '../mail-job.ts';

/** Letters about reports and decisions of the platform: each of their texts. */
export function statements(account: { to: string; name: string; language: Language }): {
  'report-news': Letter[];
  'moderation-news': Letter[];
} {
  const letter = (kind: StatementJob['kind'], news: StatementJob['news'], canAppeal: boolean) =>
    accountLetter({
      ...account,
      kind,
      news,
      title: 'Night Shift',
      reasons:
        news === 'received'
          ? null
          : { ground: 'law', statement: 'The band says that it does not play there.' },
      appealUntil: canAppeal ? '2027-08-20T08:00:00Z' : null,
      url: `https://tickets.example.org/${canAppeal ? 'decisions/mdc_1' : 'e/night-shift'}`,
      cause: 'mdc_1',
    });
  return {
    'report-news': [
      letter('report-news', 'received', false),
      letter('report-news', 'dismissed', true),
      letter('report-news', 'acted', false),
      letter('report-news', 'reopened', false),
      letter('report-news', 'upheld', false),
    ],
    'moderation-news': [
      letter('moderation-news', 'removedFull', true),
      letter('moderation-news', 'removedNone', true),
      letter('moderation-news', 'suspended', true),
      letter('moderation-news', 'restored', false),
      letter('moderation-news', 'lifted', false),
      letter('moderation-news', 'upheld', false),
    ],
  };
}
