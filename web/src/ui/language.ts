/** The languages that Admit speaks, by the name that each gives itself, and the way it is written. */
export const languages = {
  en: { name: 'English', direction: 'ltr' },
} as const satisfies Record<string, { name: string; direction: 'ltr' | 'rtl' }>;

export type Language = keyof typeof languages;

/** The language of the page, as first-paint.js chose it before anything was shown. */
export const language = (): Language =>
  typeof document !== 'undefined' && document.documentElement.lang in languages
    ? (document.documentElement.lang as Language)
    : 'en';

/** The locale for numbers and dates: the reader's own kind of the page's language, else British English for English. */
export function locale(): string {
  const spoken = language();
  const own = typeof navigator === 'undefined' ? [] : navigator.languages;
  return own.find((tag) => tag.split('-')[0] === spoken) ?? (spoken === 'en' ? 'en-GB' : spoken);
}
