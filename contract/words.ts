import type { GetICUArgs } from '@schummar/icu-type-parser';
import format, { type CompiledMessage, type FormatOptions, type FormatValues } from 'icu-minify/format';
import { type Language, languages } from './languages.ts';

/**
 * The texts of a feature in one language, as ICU messages. `{name}` stands for a value.
 * `{count, plural, one {# ticket} other {# tickets}}` has as many forms as the language needs.
 */
export type Catalogue = Record<string, string>;

type ValuesOf<Message extends string> = GetICUArgs<
  Message,
  { ICUArgument: string | number; ICUNumberArgument: number }
>;
/** A translation: messages for the keys of the English texts, each with the values of the English message. */
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

/** `t('left', { count: 3 })`. The compiler checks keys and values against the English texts. */
export type Speak<English extends Catalogue> = <Key extends keyof English & string>(
  key: Key,
  ...values: Given<ValuesOf<English[Key]>>
) => string;
type Given<Values> = Record<never, never> extends Values ? [] : [Values];

/** Keeps formats by locale and options: making one takes as long as using it fifty times. There are a few in the texts. */
function remembered<Options, Format>(make: (locale: string, options?: Options) => Format) {
  const made = new Map<string, Format>();
  return (locale: string, options?: Options): Format => {
    const key = locale + JSON.stringify(options);
    const format = made.get(key) ?? make(locale, options);
    made.set(key, format);
    return format;
  };
}

const options: FormatOptions = {
  formatters: {
    getDateTimeFormat: remembered((...given) => new Intl.DateTimeFormat(...given)),
    getNumberFormat: remembered((...given) => new Intl.NumberFormat(...given)),
    getPluralRules: remembered((...given) => new Intl.PluralRules(...given)),
  },
};

/** Formats a message with its values in a language; `locale` formats the numbers. */
export function fillIn(
  message: CompiledMessage,
  language: Language,
  locale: string,
  values: object = {},
): string {
  const kept: FormatValues<string> = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? isolated(value, language) : value,
    ]),
  );
  return format(message, locale, kept, options) as string;
}

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/**
 * A name or an amount keeps its own direction inside a sentence of the other direction. Without the two marks around it
 * (U+2068, U+2069) a colon or a number next to it would move to the wrong side. The marks end with their line, so each line of a
 * longer text has its own.
 */
export const isolated = (value: string, language: Language): string =>
  languages[language].direction === 'rtl' || rightToLeft.test(value)
    ? value.replaceAll(/[^\n]+/g, '\u2068$&\u2069')
    : value;
