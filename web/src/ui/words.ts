import type { GetICUArgs } from '@schummar/icu-type-parser';
import format, { type CompiledMessage, type FormatOptions, type FormatValues } from 'icu-minify/format';
import { type Language, language, languages, locale, turnTo } from './language.ts';

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
/** What a translation is: messages for words that English has, each with the values of the English one. */
export type TranslationOf<English extends Catalogue, Own extends Catalogue> = {
  [Key in keyof Own]: Key extends keyof English
    ? [keyof ValuesOf<Own[Key]>, keyof ValuesOf<English[Key]>] extends [
        keyof ValuesOf<English[Key]>,
        keyof ValuesOf<Own[Key]>,
      ]
      ? string
      : never
    : never;
};

type Given<Values> = Record<never, never> extends Values ? [] : [Values];

const options: FormatOptions = {
  formatters: {
    getDateTimeFormat: (...given) => new Intl.DateTimeFormat(...given),
    getNumberFormat: (...given) => new Intl.NumberFormat(...given),
    getPluralRules: (...given) => new Intl.PluralRules(...given),
  },
};

/** Fetches the words of one feature in a language, and returns what makes it speak them. */
type Fetch = (language: Language) => Promise<() => void>;
const inUse = new Set<Fetch>();

/**
 * A feature's words: `t('left', { count: 3 })`, keys and values checked by the compiler against the English
 * ones. `load` fetches those of the page's language and is awaited before the feature is shown.
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
    t<Key extends keyof English & string>(key: Key, ...[values]: Given<ValuesOf<English[Key]>>): string {
      // A word that is missing is better seen than a page that is not.
      return format(messages[key] ?? key, locale(), isolated(values ?? {}), options) as string;
    },
  };
}

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/**
 * A name or an amount keeps its own direction inside a sentence of the other: without the two marks around it
 * (U+2068, U+2069) its neighbours, a colon or a number, would land on the wrong side of it.
 */
function isolated(values: object): FormatValues<string> {
  const mixed = (value: string) => languages[language()].direction === 'rtl' || rightToLeft.test(value);
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' && mixed(value) ? `\u2068${value}\u2069` : value,
    ]),
  );
}

/** Says everything in another language from now on; where its words can't be fetched, nothing changes. */
export async function speak(next: Language): Promise<void> {
  const ready = await Promise.all([...inUse].map((fetch) => fetch(next)));
  for (const use of ready) use();
  turnTo(next);
}
