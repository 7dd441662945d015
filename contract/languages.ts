/** The languages of Admit: the name that each gives itself, and its writing direction. */
export const languages = {
  en: { name: 'English', direction: 'ltr' },
  de: { name: 'Deutsch', direction: 'ltr' },
  es: { name: 'Español', direction: 'ltr' },
  fr: { name: 'Français', direction: 'ltr' },
  ar: { name: 'العربية', direction: 'rtl' },
} as const satisfies Record<string, { name: string; direction: 'ltr' | 'rtl' }>;

export type Language = keyof typeof languages;

const isLanguage = (name: string): name is Language => Object.hasOwn(languages, name);

/** In characters. Ten times what a browser with ten languages sends. */
const maxHeaderLength = 1000;
const range = /^([a-z]{2,8})(?:-[a-z0-9]{1,8})*(?:\s*;\s*q=([01](?:\.\d{0,3})?))?$/i;

/**
 * The supported language that an Accept-Language header (RFC 9110, 12.5.4) prefers; the first of those with equal weight.
 * A regional variant counts as its language: de-AT is German. Returns English if the header names no supported language
 * or is not valid.
 */
export function languageOf(acceptLanguage: string | undefined): Language {
  if (acceptLanguage === undefined || acceptLanguage.length > maxHeaderLength) return 'en';
  let best: Language = 'en';
  let bestWeight = 0;
  for (const part of acceptLanguage.split(',')) {
    const [, name = '', weight = '1'] = range.exec(part.trim()) ?? [];
    const language = name.toLowerCase();
    if (!isLanguage(language) || Number(weight) <= bestWeight) continue;
    best = language;
    bestWeight = Number(weight);
  }
  return best;
}
