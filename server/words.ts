import compile from 'icu-minify/compile';
import type { CompiledMessage } from 'icu-minify/format';
import type { Language } from '../contract/languages.ts';
import { type Catalogue, fillIn, type Speak } from '../contract/words.ts';

/**
 * What a feature of the server says to people: `words({ en, de, … })('de')('left', { count: 3 })`. The messages are
 * parsed here, when the program starts. A language that lacks one is refused by the compiler, a message whose values
 * differ by `satisfies TranslationOf` in its catalogue.
 */
export function words<const English extends Catalogue>(
  catalogues: { en: English } & Record<Language, Record<keyof English, string>>,
): (language: Language) => Speak<English> {
  const compiled = new Map(
    Object.entries<Catalogue>(catalogues).map(([language, messages]) => [language, compileAll(messages)]),
  );
  return (language) => {
    const messages = compiled.get(language) as Record<string, CompiledMessage>;
    return (key, ...[values]) => fillIn(messages[key] as CompiledMessage, language, language, values);
  };
}

const compileAll = (messages: Catalogue): Record<string, CompiledMessage> =>
  Object.fromEntries(Object.entries(messages).map(([key, message]) => [key, compile(message)]));
