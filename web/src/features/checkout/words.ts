import { words } from '../../ui/words.ts';
import type en from './en.ts';

/** The texts from the checkout to the payment. They are not those of buying, so that an event's page loads half as many. */
export const { t, load } = words<typeof en>({
  en: () => import('./en.ts'),
  de: () => import('./de.ts'),
  es: () => import('./es.ts'),
  fr: () => import('./fr.ts'),
  ar: () => import('./ar.ts'),
});
