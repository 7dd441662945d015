import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const de = {
  title: 'Postfach',
  lead: 'Wo kein Mailserver eingerichtet ist, landet hier alles, was verschickt würde.',
  none: 'Noch keine Post',
  noneText: 'Kauf ein Ticket oder eröffne ein Konto, und sie ist hier.',
  to: 'An',
  from: 'Von',
  filter: 'Nur Post an',
  back: 'Alle Nachrichten',
  attachments: 'Anhänge',
  content: 'Inhalt der Nachricht',
  asText: 'Als Text',
  refresh: 'Noch einmal nachsehen',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
