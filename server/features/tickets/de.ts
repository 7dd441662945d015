import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const de = {
  // Das PDF
  document: '{event}: Bestellung {number}',
  ticketOf: 'Ticket {n} von {count}',
  venue: 'Ort',
  doors: 'Einlass',
  extra: 'Extra',
  showExtra: 'Zum Abholen zeigen',
  byPost: 'Kommt per Post',
  nothingToCollect: 'Nichts abzuholen',
  admission: 'Eintritt',
  section: 'Bereich',
  row: 'Reihe',
  seat: 'Platz',
  name: 'Name',
  bookedBy: 'Gebucht von',
  ticket: 'Ticket',
  price: 'Preis',
  free: 'Kostenlos',
  order: 'Bestellung',
  show: 'Zeig diesen Code am Einlass',
  once: 'Dieser Code lässt eine Person ein, einmal. Der erste Scan zählt: Behalte ihn für dich und teile kein Bild davon.',
  howTo:
    'Druck diese Seite aus oder zeig sie auf dem Handy; stell den Bildschirm heller und zeig den ganzen Code.',
  questions: 'Fragen oder Änderungen: Öffne Bestellung {number} dort, wo du sie aufgegeben hast.',
  // Der Kalender
  doorsOpen: 'Einlass um {time}.',
  calendarNote: 'Bestellung {number}. Deine Tickets:',
  calendarJoin: 'Online dabei sein:',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
