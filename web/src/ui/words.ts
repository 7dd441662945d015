/**
 * Words of the interface. Each feature keeps its own in a plain catalogue (`en.ts`), `{name}` stands for a
 * value, and a text that depends on a number has the forms of Intl.PluralRules and a `{count}`.
 */
interface Plural {
  one: string;
  other: string;
}
type Catalogue = Record<string, string | Plural>;

type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type NamesOf<Entry> = Entry extends Plural ? NamesIn<Entry['other']> | 'count' : NamesIn<Entry>;
type Values<Entry> = [NamesOf<Entry>] extends [never] ? [] : [Record<NamesOf<Entry>, string | number>];

/** `t('left', { count: 3 })`: keys and the names of values are checked by the compiler. */
export function translator<const Words extends Catalogue>(en: Words) {
  const plurals = new Intl.PluralRules('en');
  return <Key extends keyof Words>(key: Key, ...[values]: Values<Words[Key]>): string => {
    const entry = en[key] as string | Plural;
    const given = (values ?? {}) as Record<string, string | number>;
    const form =
      typeof entry === 'string'
        ? entry
        : plurals.select(Number(given.count)) === 'one'
          ? entry.one
          : entry.other;
    return form.replace(/\{(\w+)\}/g, (_, name: string) => String(given[name] ?? ''));
  };
}

/** The locale for numbers and dates: the reader's own English, else British English with the texts. */
export const locale = (): string =>
  typeof navigator !== 'undefined' && navigator.language.startsWith('en') ? navigator.language : 'en-GB';
