import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const de = {
  title: 'Einlass',
  pick: 'Bei welcher Veranstaltung bist du?',
  none: 'Keine Veranstaltung, die du einlassen kannst',
  noneText: 'Du siehst die Veranstaltungen der Organisationen, zu deren Team du gehörst.',
  scan: 'Scannen: {event}',
  back: 'Andere Veranstaltung',
  gate: 'Eingang',
  gateHint: 'Wird bei jedem Einlass vermerkt, etwa „Nord“.',
  camera: 'Mit der Kamera scannen',
  cameraOff: 'Kamera ausschalten',
  cameraStarting: 'Kamera startet',
  cameraDenied:
    'Die Kamera darf nicht benutzt werden. Erlaube sie in den Einstellungen des Browsers, oder tipp den Code ein.',
  cameraNone: 'Hier gibt es keine Kamera. Tipp den Code ein, oder nimm einen Handscanner.',
  aim: 'Halte den Code vor die Kamera',
  code: 'Ticketcode',
  codeHint: 'Tippen oder einfügen; ein Handscanner tippt ihn für dich.',
  check: 'Einlassen',
  checking: 'Wird geprüft',
  counter: '{admitted} von {tickets} drinnen',
  admitted: 'Eingelassen',
  notYet: 'Diese Veranstaltung ist nicht heute. Einlass ist {when}.',
  longOver: 'Diese Veranstaltung ist vorbei. Sie endete {when}.',
  usesUp:
    'Ein Ticket, das du scannst, ist danach benutzt und lässt den Gast nicht noch einmal ein. Bist du bei der richtigen Veranstaltung?',
  refused: 'Abgewiesen',
  offline: 'Keine Antwort',
  offlineText:
    'Der Server war nicht zu erreichen. Derselbe Code kann ohne Schaden noch einmal geprüft werden.',
  usedAt: 'Benutzt {when}',
  atGate: 'am Eingang {gate}',
  byName: 'von {name}',
  order: 'Bestellung {number}',
  next: 'Weiter',
  seatName: '{section}, Reihe {row}, Platz {seat}',
  seatNameNoRow: '{section}, Platz {seat}',
  last: 'Letzte Scans',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
