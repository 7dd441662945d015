import { useSyncExternalStore } from 'react';
import { type Language, languages } from '../../../contract/languages.ts';

const KEY = 'admit.language';
const listeners = new Set<() => void>();

/** The language of the page. Before the first paint, first-paint.js sets the reader's own. */
export const language = (): Language =>
  typeof document === 'undefined' ? 'en' : (document.documentElement.lang as Language);

/** The language of the page, for components that must render again in another one. */
export const useLanguage = (): Language =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, language);

/** Changes the page's language and stores it. Its texts must be loaded already (words.ts). */
export function turnTo(next: Language): void {
  document.documentElement.lang = next;
  document.documentElement.dir = languages[next].direction;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // If storage is forbidden, the choice lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

/**
 * The locale for numbers and dates: the reader's own variant of the page's language, else British English for
 * English. Digits are always 0 to 9, as on seat labels and cards, so that one page does not show two kinds.
 */
export function locale(): string {
  const spoken = language();
  const own = typeof navigator === 'undefined' ? [] : navigator.languages;
  const tag = own.find((each) => each.split('-')[0] === spoken) ?? (spoken === 'en' ? 'en-GB' : spoken);
  return new Intl.Locale(tag, { numberingSystem: 'latn' }).toString();
}
