import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const fr = {
  allDates: 'Toutes les dates',
  tags: 'Mots-clés',
  dates: '{count, plural, one {Une date} many {# dates} other {# dates}}',
  none: 'Il n’y a plus de dates.',
  cancelled: 'Annulé',
  soldOut: 'Complet',
  free: 'Gratuit',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
