import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const es = {
  // Las tarjetas impresas
  sheet: 'Códigos: {event}',
  howTo: 'Escanea el código QR, o escribe este código al elegir tus entradas.',
  isFor: 'Para {what}',
  until: 'Válido hasta {when}',
  uses: 'Para {uses, plural, one {# entrada} many {# entradas} other {# entradas}}',
} as const;

export default es satisfies TranslationOf<typeof en, typeof es>;
