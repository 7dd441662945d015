import type { CompiledMessage } from 'icu-minify/format';
import type { Language } from '../../../contract/languages.ts';
import { type Catalogue, fillIn, type Speak, type TranslationOf } from '../../../contract/words.ts';
import { language, locale, turnTo } from './language.ts';

export type { TranslationOf };

type Compiled = Record<string, CompiledMessage>;

/** Loads one feature's texts in a language, and returns a function that activates them. */
type Fetch = (language: Language) => Promise<() => void>;
const inUse = new Set<Fetch>();

/**
 * A feature's texts: its own catalogue of messages for each language (contract/words.ts). The build parses the
 * messages (compile-words.ts), so the browser only fills in values. `load` loads the page's language and is awaited
 * before the feature is shown.
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
      // The reader may choose another language while this one is loading.
      do {
        spoken = language();
        (await fetch(spoken))();
      } while (spoken !== language());
    },
    /** False also while the texts are loading. */
    knows: (key: string): key is keyof English & string => key in messages,
    // A missing text shows its key, which is better than no page.
    t: ((key, ...[values]) => fillIn(messages[key] ?? key, language(), locale(), values)) as Speak<English>,
  };
}

/** Changes the language of all texts. If they can't be loaded, nothing changes. */
export async function speak(next: Language): Promise<void> {
  const ready = await Promise.all([...inUse].map((fetch) => fetch(next)));
  for (const use of ready) use();
  turnTo(next);
}
