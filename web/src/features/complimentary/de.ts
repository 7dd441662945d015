import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const de = {
  title: 'Freikarten',
  text: 'Tickets, die du verschenkst: an die Presse, an Gäste der Künstler, an einen Sponsor. Sie kosten nichts, zählen für keine Grenze und nehmen Plätze, die frei oder von dir gesperrt sind.',
  notPublished: 'Veröffentliche die Veranstaltung, um Tickets auszustellen.',
  name: 'Name des Gastes',
  email: 'E-Mail-Adresse',
  emailHint: 'Die Tickets gehen sofort dorthin.',
  note: 'Warum (freiwillig)',
  noteHint: 'Das sieht nur dein Team, zum Beispiel „Presse“.',
  recipientMissing: 'Gib an, wer die Tickets bekommt.',
  nothing: 'Diese Veranstaltung hat keine Plätze.',
  issue: 'Tickets ausstellen',
  done: '{count, plural, one {# Ticket ist} other {# Tickets sind}} unterwegs an {email}.',
  openOrder: 'Bestellung {number} öffnen',
  issued: 'Bisherige Freikarten',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
