import { words } from '../../words.ts';
import ar from './ar.ts';
import de from './de.ts';
import en from './en.ts';
import es from './es.ts';
import fr from './fr.ts';

/** The texts of mails about bank transfers. */
export const bankWords = words({ en, de, es, fr, ar });
