import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const es = {
  allDates: 'Todas las fechas',
  tags: 'Etiquetas',
  dates: '{count, plural, one {Una fecha} many {# fechas} other {# fechas}}',
  none: 'No quedan fechas.',
  cancelled: 'Cancelado',
  soldOut: 'Agotado',
  free: 'Gratis',
} as const;

export default es satisfies TranslationOf<typeof en, typeof es>;
