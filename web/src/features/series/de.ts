import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const de = {
  allDates: 'Alle Termine',
  tags: 'Schlagwörter',
  dates: '{count, plural, one {Ein Termin} other {# Termine}}',
  none: 'Es gibt keine Termine mehr.',
  cancelled: 'Abgesagt',
  soldOut: 'Ausverkauft',
  free: 'Kostenlos',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
