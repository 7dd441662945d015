import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const de = {
  title: 'Online',
  text: 'Sag, ob Leute online dabei sein können. Der Link steht auf den Tickets und in den Mails derer, die eins haben, und sonst nirgends.',
  mayNot: 'Mit deiner Rolle siehst du den Link nicht.',
  attendance: 'Wie man dabei ist',
  'in-person': 'Vor Ort',
  online: 'Online',
  mixed: 'Vor Ort und online',
  link: 'Link',
  linkHint: 'Eine https-Adresse. Lass das Feld leer, bis du eine hast.',
  linkWrong: 'Gib eine Adresse ein, die mit https:// beginnt.',
  note: 'Hinweis',
  noteHint: 'Zum Beispiel der Code des Raums, oder wann er aufgeht.',
  tell: 'Allen Bescheid geben, die ein Ticket haben',
  tellHint: 'Sie bekommen eine Mail, die zu ihren Tickets führt. Der Link selbst steht nicht darin.',
  conflict:
    'Jemand anders hat inzwischen gespeichert. Diese Änderungen stehen jetzt mit deinen im Formular. Sieh nach, dann speichere.',
  conflictBoth: 'Jemand anders hat dasselbe geändert. Sag, was gilt.',
  conflictTake: 'Dessen Wert nehmen',
  conflictEmpty: '(leer)',
  conflictKeep: 'Meinen behalten',
  saved: 'Gespeichert.',
  savedTold:
    'Gespeichert. {count, plural, one {Eine Person bekommt eine Mail.} other {# Personen bekommen eine Mail.}}',
  save: 'Speichern',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
