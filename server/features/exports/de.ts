import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const de = {
  settlement: 'Abrechnung',
  organiser: 'Veranstalter',
  platform: 'Plattform',
  period: 'Tage',
  fromTo: '{from} bis {to}',
  noSales: 'Kein Geld hat sich bewegt',
  drawn: 'Erstellt',
  sales: 'Verkäufe',
  refunds: 'Erstattungen',
  byHand: 'Wie das Geld kam',
  takenBy: 'Eingenommen durch',
  taken: 'Eingenommen',
  returned: 'Zurückgegeben',
  rest: 'Differenz',
  provider: 'den Zahlungsdienst',
  till: 'den Veranstalter an der Kasse, bar oder mit Kartenleser',
  byDay: 'Nach Tagen',
  day: 'Tag',
  disputes: 'Rückbuchungen',
  fees: 'Buchungsgebühren',
  feesColumn: 'Gebühren',
  net: 'Verdient',
  discounts: 'Rabatte, schon abgezogen',
  unsent: 'davon noch nicht gesendet',
  other: 'Andere Bewegungen',
  inTill: 'In der Kasse des Veranstalters',
  owed: 'Dem Veranstalter geschuldet',
  balances:
    'Alle Beträge folgen aus den Buchungen dieser Tage in der Zeitzone der Veranstaltung. Verdientes enthält die Steuer auf Tickets, die der Veranstalter dem Finanzamt schuldet.',
  feesNote:
    'Die Plattform berechnet die Buchungsgebühren. Von Käufern bezahlte Gebühren sind in den Verkäufen enthalten.',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
