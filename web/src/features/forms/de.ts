import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const de = {
  missing: 'Bitte ausfüllen.',
  tooShort: '{limit, plural, one {Mindestens # Zeichen.} other {Mindestens # Zeichen.}}',
  tooLong: '{limit, plural, one {Höchstens # Zeichen.} other {Höchstens # Zeichen.}}',
  tooLittle: 'Mindestens {limit}.',
  tooMuch: 'Höchstens {limit}.',
  noNumber: 'Gib eine ganze Zahl ein.',
  noAddress: 'Das ist keine E-Mail-Adresse.',
  localPart:
    'Mailserver nehmen vor dem @ nur Buchstaben ohne Akzente und Umlaute (a bis z), Ziffern und Zeichen.',
  wrong: 'Das kann nicht stimmen.',
  savedMeanwhile: 'Jemand hat das inzwischen gespeichert',
  savedMeanwhileText:
    'Von dir ist noch nichts gespeichert. Felder, die du nicht geändert hast, zeigen die neuen Werte. Speichere noch einmal, damit deine Eingaben statt der Werte unten gelten.',
  empty: 'leer',
  leaveTitle: 'Ohne Speichern verlassen?',
  leaveText:
    'Was du auf dieser Seite eingegeben hast, ist nicht gespeichert. Wenn du sie verlässt, geht es verloren.',
  leave: 'Verlassen',
  stay: 'Hier bleiben',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
