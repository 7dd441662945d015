import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const de = {
  title: 'Einladung in ein Team',
  heading: '{inviter} lädt dich ins Team von {organisation} ein',
  yourRole: 'Deine Rolle',
  owner: 'Inhaber',
  ownerText: 'darf alles, auch das Team ändern',
  manager: 'Manager',
  managerText: 'führt Veranstaltungen durch',
  door: 'Einlass',
  doorText: 'prüft Tickets',
  finance: 'Finanzen',
  financeText: 'sieht Bestellungen, Bücher und Zahlen, erstattet, lädt Listen herunter',
  support: 'Support',
  supportText: 'findet und berichtigt Bestellungen, sendet Nachrichten erneut',
  'read-only': 'Nur lesen',
  'read-onlyText': 'sieht Veranstaltungen, Bestellungen und Zahlen, ändert nichts',
  forEvents: 'Für diese Veranstaltungen',
  until: 'Gültig bis',
  forAddress: 'Geschickt an',
  accept: 'Annehmen',
  decline: 'Ablehnen',
  accepted: 'Du bist im Team',
  acceptedText: 'Du arbeitest jetzt für {organisation}.',
  goOn: 'Weiter',
  declined: 'Abgelehnt',
  declinedText:
    'Du bist nicht im Team von {organisation}, und eine Woche lang kann es dich nicht noch einmal einladen.',
  expired: 'Diese Einladung ist abgelaufen',
  expiredText: 'Bitte {inviter}, sie noch einmal zu senden.',
  withdrawn: 'Diese Einladung wurde zurückgezogen',
  withdrawnText: 'Wenn du das für einen Irrtum hältst, frag bei {organisation} nach.',
  used: 'Diese Einladung wurde schon angenommen',
  usedText: 'Sie gilt einmal. Wenn du es nicht warst, frag bei {organisation} nach.',
  unknown: 'Dieser Link funktioniert nicht',
  unknownText:
    'Vielleicht ist er unvollständig. Öffne ihn noch einmal aus der E-Mail, oder bitte um eine neue Einladung.',
  signInText: 'Zum Annehmen melde dich mit der Adresse {email} an, oder eröffne ein Konto mit ihr.',
  signIn: 'Anmelden',
  signUp: 'Konto eröffnen',
  otherAddress:
    'Du bist als {own} angemeldet, die Einladung ging aber an {email}. Melde dich mit dieser Adresse an, oder bitte {inviter}, {own} einzuladen.',
  otherAccount: 'Anderes Konto benutzen',
  verifyText:
    'Bestätige zuerst, dass {email} dir gehört: Wir haben dir eine E-Mail mit einem Link geschickt. Er führt hierher zurück.',
  sendVerification: 'E-Mail noch einmal senden',
  verificationSent: 'Wir haben sie geschickt. Schau in dein Postfach.',
  home: 'Zu den Veranstaltungen',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
