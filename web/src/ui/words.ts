import type { CompiledMessage } from 'icu-minify/format';
import type { Language } from '../../../contract/languages.ts';
import { type Catalogue, fillIn, type Speak, type TranslationOf } from '../../../contract/words.ts';
import { language, locale, turnTo } from './language.ts';

export type { TranslationOf };

type Compiled = Record<string, CompiledMessage>;

/** Fetches the words of one feature in a language, and returns what makes it speak them. */
type Fetch = (language: Language) => Promise<() => void>;
const inUse = new Set<Fetch>();

/**
 * A feature's words: its own catalogue of messages for each language (contract/words.ts). The build parses them
 * (compile-words.ts); what arrives here only needs to be filled in. `load` fetches those of the page's language
 * and is awaited before the feature is shown.
 */
export function words<const English extends Catalogue>(
  files: Record<Language, () => Promise<{ default: Partial<Record<keyof English, string>> }>>,
) {
  let messages: Compiled = {};
  const fetch: Fetch = async (wanted) => {
    const fetched = (await files[wanted]()).default as unknown as Compiled;
    return () => {
      messages = fetched;
    };
  };
  return {
    async load(): Promise<void> {
      inUse.add(fetch);
      let spoken: Language;
      // The reader may choose another language while this one's words are on their way.
      do {
        spoken = language();
        (await fetch(spoken))();
      } while (spoken !== language());
    },
    /** False also while the words are on their way. */
    knows: (key: string): key is keyof English & string => key in messages,
    // A word that is missing is better seen than a page that is not.
    t: ((key, ...[values]) => fillIn(messages[key] ?? key, language(), locale(), values)) as Speak<English>,
  };
}

/** Says everything in another language from now on; where its words can't be fetched, nothing changes. */
export async function speak(next: Language): Promise<void> {
  const ready = await Promise.all([...inUse].map((fetch) => fetch(next)));
  for (const use of ready) use();
  turnTo(next);
}
