import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const de = {
  askedSubject: 'Bitte überweisen: {event}',
  askedPreview: '{amount} bis {until}',
  askedHeading: 'Deine Plätze sind reserviert',
  askedText:
    'Überweise {amount} für {event}, sodass das Geld bis {until} ankommt. Deine Tickets kommen, wenn der Veranstalter das Geld verbucht hat. Gib genau diesen Verwendungszweck an: Nur er sagt, dass das Geld von dir ist.',
  remindSubject: 'Noch zu bezahlen: {event}',
  remindHeading: 'Deine Plätze warten noch auf das Geld',
  remindText:
    '{amount} für {event} ist noch nicht verbucht. Deine Plätze sind bis {until} reserviert. Wenn du schon überwiesen hast, musst du nichts tun.',
  lapsedSubject: 'Deine Plätze für {event} sind wieder frei',
  lapsedHeading: 'Die Bestellung ist beendet',
  lapsedText:
    'Wir haben für {event} nicht rechtzeitig die ganze Zahlung gesehen. Deine Plätze sind wieder frei. Kommt dein Geld noch an, kauft es dieselben Plätze, wenn sie frei sind. Sonst schickt der Veranstalter es zurück.',
  holder: 'Empfänger',
  iban: 'IBAN',
  bic: 'BIC',
  amount: 'Betrag',
  reference: 'Verwendungszweck',
  until: 'Eingang bis',
  order: 'Bestellung',
  open: 'Bestellung öffnen',
  attached: 'Das angehängte Bild ist ein QR-Code. Banking-Apps im Euroraum lesen ihn und füllen alles aus.',
  why: 'Du bekommst diese Mail wegen deiner Bestellung {number}.',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
