import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const de = {
  receipt: 'Quittung',
  invoice: 'Rechnung',
  creditNote: 'Rechnungskorrektur',
  seller: 'Verkäufer',
  buyer: 'Käufer',
  vatId: 'USt-IdNr.: {id}',
  reference: 'Deine Referenz: {reference}',
  // Die Angaben unter der Überschrift
  number: 'Nummer',
  issued: 'Ausgestellt',
  paid: 'Bezahlt',
  order: 'Bestellung',
  event: 'Veranstaltung',
  eventDate: 'Datum der Veranstaltung',
  corrected: 'Gehört zu',
  correctedOf: '{number} vom {date}',
  // Die Tabelle
  item: 'Leistung',
  quantity: 'Menge',
  unitPrice: 'Einzelpreis',
  taxRate: 'Steuersatz',
  net: 'Netto',
  total: 'Summe',
  ticketFees: 'Buchungsgebühr je Ticket',
  orderFee: 'Buchungsgebühr der Bestellung',
  rate: '{name} {rate}',
  untaxed: 'ohne Steuer',
  discount: 'Rabatt, schon abgezogen',
  allNet: 'Summe netto',
  allTax: 'Steuer',
  allTotal: 'Gesamtbetrag',
  allBack: 'Zurückgenommener Gesamtbetrag',
  // Die Summen je Satz
  byRate: 'Steuer nach Sätzen',
  chargedBy: 'Berechnet von',
  platform: 'der Ticketplattform',
  // Hinweise
  isPaid: 'Vollständig bezahlt. Es ist kein Betrag offen.',
  refunded: 'Dieser Betrag geht auf dem Weg der Zahlung an den Käufer zurück.',
  replaced: 'Mit dieser Korrektur fließt kein Geld. Sie nimmt einen Beleg zurück, den ein neuer ersetzt.',
  fees: 'Die Buchungsgebühren berechnet {platform}. {seller} stellt diesen Beleg für beide aus.',
  pageOf: 'Seite {n} von {count}',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
