import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const es = {
  music: 'Concierto',
  theatre: 'Teatro',
  comedy: 'Comedia',
  sport: 'Deporte',
  family: 'En familia',
  festival: 'Festival',
  talk: 'Charla',
  film: 'Cine',
  art: 'Arte',
  food: 'Gastronomía',
  nightlife: 'Noche de club',
  other: 'Evento',
  whatHappens: 'Qué te espera',
  whatHappensHint: '(¿Quién actúa, en qué orden y cuánto dura?)',
  gettingThere: 'Cómo llegar',
  gettingThereHint: '(¿Qué parada está cerca? ¿Dónde se puede aparcar? ¿Hay un escalón en la entrada?)',
  goodToKnow: 'Conviene saber',
  goodToKnowHint: '(¿A partir de qué edad? ¿Hay comida? ¿Qué es mejor dejar en casa?)',
} as const;

export default es satisfies TranslationOf<typeof en, typeof es>;
