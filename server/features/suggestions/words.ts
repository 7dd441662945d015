import type { Category } from '../../../contract/events.ts';
import type { Language } from '../../../contract/languages.ts';
import { words } from '../../words.ts';
import ar from './ar.ts';
import de from './de.ts';
import en from './en.ts';
import es from './es.ts';
import fr from './fr.ts';

const speak = words({ en, de, es, fr, ar });

/** What suggestions say in a language. */
export interface SpeakSuggestion {
  category: (category: Category) => string;
  /** The day of an instant, as it is where the event is. */
  day: (instant: string, timeZone: string) => string;
  outline: (of: { lead: string; place: string }) => string;
}

export function speakSuggestion(language: Language): SpeakSuggestion {
  const say = speak(language);
  return {
    category: (category) => say(category),
    day: (instant, timeZone) =>
      new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(new Date(instant)),
    outline: ({ lead, place }) =>
      [
        lead,
        `## ${say('whatHappens')}`,
        say('whatHappensHint'),
        `## ${say('gettingThere')}`,
        place ? `${place}\n\n${say('gettingThereHint')}` : say('gettingThereHint'),
        `## ${say('goodToKnow')}`,
        say('goodToKnowHint'),
      ].join('\n\n'),
  };
}
