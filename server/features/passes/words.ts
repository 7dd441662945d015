import { words } from '../../words.ts';
import ar from './ar.ts';
import de from './de.ts';
import en from './en.ts';
import es from './es.ts';
import fr from './fr.ts';

/** The texts on passes: `passWords('de')('seat')`. */
export const passWords = words({ en, de, es, fr, ar });
