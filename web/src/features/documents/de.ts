import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const de = {
  // Auf der Seite einer Bestellung
  title: 'Quittungen und Rechnungen',
  receipt: 'Quittung {number}',
  invoice: 'Rechnung {number}',
  credit_note: 'Rechnungskorrektur {number}',
  refund: 'für eine Erstattung',
  correction: 'durch eine neue Rechnung ersetzt',
  open: 'PDF öffnen',
  offline: 'Für deine Quittungen brauchst du eine Verbindung.',
  failed: 'Die Quittungen konnten nicht geladen werden.',
  retry: 'Noch einmal versuchen',
  ask: 'Rechnung mit Adresse',
  change: 'Rechnungsadresse ändern',
  noneLeft:
    'Die Adresse wurde {count, plural, one {#-mal} other {#-mal}} korrigiert. Bitte den Veranstalter um Hilfe.',
  nothingLeft: 'Der ganze Preis wurde erstattet, also gibt es nichts zu berechnen.',
  done: 'Die neue Rechnung ist da.',
  doneReceipt:
    'Die Adresse ist gespeichert. Der Veranstalter hat seine eigene Adresse nicht eingetragen, deshalb bekommst du eine Quittung.',
  dialogTitle: 'Für wen ist die Rechnung?',
  dialogText:
    'Ein ausgestellter Beleg ändert sich nie. Eine Korrektur nimmt ihn zurück, und du bekommst einen neuen.',
  correctionsLeft: 'Das geht noch {count, plural, one {einmal} other {#-mal}}.',
  close: 'Schließen',
  send: 'Rechnung holen',
  // Die Felder einer Adresse
  invoiceChoice: 'Rechnung',
  want: 'Ich brauche eine Rechnung mit Adresse',
  wantText:
    'Die Rechnung kommt mit deinen Tickets. Hat der Veranstalter seine eigene Adresse nicht eingetragen, bekommst du eine Quittung.',
  name: 'Firma oder Person',
  line1: 'Straße und Nummer',
  line2: 'Adresse, zweite Zeile',
  optional: 'Falls es eine gibt.',
  postcode: 'Postleitzahl',
  city: 'Ort',
  country: 'Land',
  chooseCountry: 'Land wählen',
  countryWrong: 'Wähle das Land.',
  vatId: 'USt-IdNr.',
  vatIdHint: 'Falls es eine gibt, zum Beispiel DE123456789.',
  vatIdWrong: '4 bis 20 Buchstaben und Ziffern.',
  reference: 'Deine Referenz',
  referenceHint: 'Falls deine Firma eine will: Bestellnummer oder Kostenstelle.',
  // Auf der Seite des Teams
  sellerTitle: 'Ihr als Verkäufer',
  sellerText:
    'Das sehen Käufer auf Quittungen und Rechnungen. Ohne diese Angaben bekommen sie Quittungen mit dem Namen eurer Organisation und keine Rechnungen.',
  legalName: 'Rechtlicher Name',
  registration: 'Register- oder Steuernummer',
  registrationHint: 'Falls das Gesetz sie verlangt, zum Beispiel HRB 12345 B.',
  taxNote: 'Warum keine Steuer anfällt',
  taxNoteHint: 'Steht auf Belegen, wenn ein Ticket keine Steuer hat.',
  numberPrefix: 'Anfang der Nummern',
  numberPrefixHint: 'Nummern sehen so aus: {example}. Sie haben keine Lücken.',
  numberPrefixWrong: 'Bis zu 10 Buchstaben, Ziffern, Striche und Schrägstriche.',
  save: 'Verkäufer speichern',
  saved: 'Gespeichert. Die nächsten Belege haben diese Angaben.',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
