import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const de = {
  // Die gedruckten Karten
  sheet: 'Codes: {event}',
  howTo: 'Scanne den QR-Code, oder gib diesen Code bei der Wahl der Tickets ein.',
  isFor: 'Für {what}',
  until: 'Gültig bis {when}',
  uses: 'Für {uses, plural, one {# Ticket} other {# Tickets}}',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
