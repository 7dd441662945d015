import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const fr = {
  music: 'Concert',
  theatre: 'Théâtre',
  comedy: 'Humour',
  sport: 'Sport',
  family: 'En famille',
  festival: 'Festival',
  talk: 'Conférence',
  film: 'Film',
  art: 'Art',
  food: 'Gastronomie',
  nightlife: 'Soirée',
  other: 'Événement',
  whatHappens: 'Au programme',
  whatHappensHint: '(Qui est sur scène, dans quel ordre et pendant combien de temps ?)',
  gettingThere: 'Comment venir',
  gettingThereHint: '(Quel arrêt est proche ? Où se garer ? Y a-t-il une marche à l’entrée ?)',
  goodToKnow: 'Bon à savoir',
  goodToKnowHint: '(À partir de quel âge ? Peut-on manger sur place ? Que faut-il laisser chez soi ?)',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
