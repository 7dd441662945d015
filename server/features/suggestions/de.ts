import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const de = {
  music: 'Konzert',
  theatre: 'Theater',
  comedy: 'Comedy',
  sport: 'Sport',
  family: 'Für Familien',
  festival: 'Festival',
  talk: 'Vortrag',
  film: 'Film',
  art: 'Kunst',
  food: 'Essen und Trinken',
  nightlife: 'Clubnacht',
  other: 'Veranstaltung',
  whatHappens: 'Was dich erwartet',
  whatHappensHint: '(Wer tritt auf, in welcher Reihenfolge und wie lange?)',
  gettingThere: 'So kommst du hin',
  gettingThereHint: '(Welche Haltestelle ist nah? Wo kann man parken? Gibt es am Eingang eine Stufe?)',
  goodToKnow: 'Gut zu wissen',
  goodToKnowHint: '(Ab welchem Alter? Gibt es etwas zu essen? Was bleibt besser zu Hause?)',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
