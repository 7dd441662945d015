import { createRequire } from 'node:module';
import type { CompiledMessage } from 'icu-minify/format';
import type { Language } from '../contract/languages.ts';
import { type Catalogue, fillIn, type Speak } from '../contract/words.ts';

const require = createRequire(import.meta.url);

/**
 * What a feature of the server says to people: `words({ en, de, … })('de')('left', { count: 3 })`. A language's
 * messages are parsed when it first speaks. A language that lacks one is refused by the compiler, a message whose
 * values differ by `satisfies TranslationOf` in its catalogue.
 */
export function words<const English extends Catalogue>(
  catalogues: { en: English } & Record<Language, Record<keyof English, string>>,
): (language: Language) => Speak<English> {
  const compiled = new Map<Language, Record<string, CompiledMessage>>();
  return (language) => {
    const messages = compiled.get(language) ?? compileAll(catalogues[language]);
    compiled.set(language, messages);
    return (key, ...[values]) => fillIn(messages[key] as CompiledMessage, language, language, values);
  };
}

function compileAll(messages: Catalogue): Record<string, CompiledMessage> {
  // The parser takes 4 MB, which nobody needs before the first letter is written.
  const { default: compile }: typeof import('icu-minify/compile') = require('icu-minify/compile');
  return Object.fromEntries(Object.entries(messages).map(([key, message]) => [key, compile(message)]));
}
