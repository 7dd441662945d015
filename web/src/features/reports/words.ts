import { words } from '../../ui/words.ts';
import type en from './en.ts';

export const { t, load } = words<typeof en>({
  en: () => import('./en.ts'),
  de: () => import('./de.ts'),
  es: () => import('./es.ts'),
  fr: () => import('./fr.ts'),
  ar: () => import('./ar.ts'),
});
