import type { GetICUArgs } from '@schummar/icu-type-parser';
import format, { type CompiledMessage, type FormatOptions, type FormatValues } from 'icu-minify/format';
import { type Language, language, locale } from './language.ts';

/**
 * Words of the interface. Each feature keeps its own, one catalogue of ICU messages for each language:
 * `{name}` stands for a value, and `{count, plural, one {# ticket} other {# tickets}}` has as many forms as the
 * language has. The build parses them (compile-words.ts); what arrives here only needs to be filled in.
 */
type Catalogue = Record<string, string>;
type Compiled = Record<string, CompiledMessage>;

type ValuesOf<Message extends string> = GetICUArgs<
  Message,
  { ICUArgument: string | number; ICUNumberArgument: number }
>;
type Given<Values> = Record<never, never> extends Values ? [] : [Values];

const options: FormatOptions = {
  formatters: {
    getDateTimeFormat: (...given) => new Intl.DateTimeFormat(...given),
    getNumberFormat: (...given) => new Intl.NumberFormat(...given),
    getPluralRules: (...given) => new Intl.PluralRules(...given),
  },
};

/**
 * A feature's words: `t('left', { count: 3 })`, keys and values checked by the compiler against the English
 * ones. `load` fetches those of the page's language and is awaited before the feature is shown.
 */
export function words<const English extends Catalogue>(
  files: Record<Language, () => Promise<{ default: Partial<Record<keyof English, string>> }>>,
) {
  let messages: Compiled = {};
  return {
    async load(): Promise<void> {
      messages = (await files[language()]()).default as unknown as Compiled;
    },
    t<Key extends keyof English & string>(key: Key, ...[values]: Given<ValuesOf<English[Key]>>): string {
      // A word that is missing is better seen than a page that is not.
      return format(messages[key] ?? key, locale(), values as FormatValues<string>, options) as string;
    },
  };
}
