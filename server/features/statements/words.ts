import { words } from '../../words.ts';
import ar from './ar.ts';
import de from './de.ts';
import en from './en.ts';
import es from './es.ts';
import fr from './fr.ts';

/** The texts of mails about reports, decisions of the platform, and appeals. */
export const statementWords = words({ en, de, es, fr, ar });
