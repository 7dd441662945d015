import { createRequire } from 'node:module';
import type { CompiledMessage } from 'icu-minify/format';
import type { Language } from '../contract/languages.ts';
import { type Catalogue, fillIn, type Speak } from '../contract/words.ts';

const require = createRequire(import.meta.url);

/**
 * Makes the texts of one feature: `words({ en, de, … })('de')('left', { count: 3 })`. A language's messages are
 * parsed on first use. The compiler rejects a language without one of the messages, and `satisfies TranslationOf` in
 * its catalogue rejects a message with other values.
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
  // Loaded on first use, because the parser takes 4 MB.
  const { default: compile }: typeof import('icu-minify/compile') = require('icu-minify/compile');
  return Object.fromEntries(Object.entries(messages).map(([key, message]) => [key, compile(message)]));
}
