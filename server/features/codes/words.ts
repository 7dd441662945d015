import { words } from '../../words.ts';
import ar from './ar.ts';
import de from './de.ts';
import en from './en.ts';
import es from './es.ts';
import fr from './fr.ts';

/** The texts on printed cards with codes. */
export const codeWords = words({ en, de, es, fr, ar });
