import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const fr = {
  // Les cartes imprimées
  sheet: 'Codes : {event}',
  howTo: 'Scannez le QR code, ou saisissez ce code en choisissant vos billets.',
  isFor: 'Pour {what}',
  until: 'Valable jusqu’au {when}',
  uses: 'Pour {uses, plural, one {# billet} many {# billets} other {# billets}}',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
