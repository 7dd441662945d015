import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const de = {
  description: 'Ticket für {event}',
  doors: 'Einlass',
  venue: 'Ort',
  section: 'Bereich',
  row: 'Reihe',
  seat: 'Platz',
  ticket: 'Ticket',
  name: 'Name',
  when: 'Wann',
  address: 'Adresse',
  order: 'Bestellung',
  link: 'Dein Ticket',
  timeChanged: 'Neue Zeit: {value}',
  doorsChanged: 'Neuer Einlass: {value}',
  venueChanged: 'Neuer Ort: {value}',
  seatChanged: 'Neuer Platz: {value}',
  state: 'Ungültig',
  voidCancelled: 'Storniert',
  voidPassedOn: 'Weitergegeben',
  voidEvent: 'Abgesagt',
  voidTurns: 'Siehe Ticket',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
