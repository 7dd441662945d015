import { words } from '../../words.ts';
import ar from './ar.ts';
import de from './de.ts';
import en from './en.ts';
import es from './es.ts';
import fr from './fr.ts';

/** The texts of the mail about an endpoint that was switched off. */
export const webhookWords = words({ en, de, es, fr, ar });
