import type { TranslationOf } from '../../../../contract/words.ts';
import type en from './en.ts';

const de = {
  title: 'Bestellungen zum Prüfen',
  back: 'Deine Veranstaltungen',
  adminTitle: 'Bestellungen, die Teams prüfen',
  adminBack: 'Dein Konto',
  text: 'Diese Bestellungen sehen nach vielen Bestellungen eines Menschen oder Programms aus. Sie sind bezahlt, und ihre Tickets warten. Entscheidet niemand, wird eine Bestellung zu der angezeigten Zeit von selbst bestätigt.',
  adminText: 'Das Team jeder Veranstaltung entscheidet über seine Bestellungen.',
  mayNot: 'Deine Rolle zeigt keine Bestellungen.',
  noAdmin: 'Nur Admins der Plattform sehen diese Seite.',
  none: 'Keine Bestellung wartet.',
  noneDecided: 'Noch wurde nichts entschieden.',
  decided: 'Entschieden',
  showDecided: 'Entschiedene Bestellungen zeigen',
  more: 'Mehr zeigen',
  score: '{score} von 100 Punkten',
  tickets: '{count, plural, one {# Ticket} other {# Tickets}}',
  until: 'Wird von selbst bestätigt: {when}',
  address_pattern:
    '{count, plural, one {# Konto hat} other {# Konten haben}} E-Mail-Adressen, die sich nur in Zahlen unterscheiden',
  shared_card: '{count, plural, one {# Konto hat} other {# Konten haben}} mit dieser Karte bezahlt',
  shared_browser:
    '{count, plural, one {# Konto hat} other {# Konten haben}} in diesem Netz mit demselben Browser gekauft',
  shared_network: '{count, plural, one {# Konto hat} other {# Konten haben}} in diesem Netz gekauft',
  fast_order:
    'Die Bestellung kam {count, plural, =0 {weniger als eine Sekunde} one {# Sekunde} other {# Sekunden}} nach der Reservierung',
  points: '{points} Punkte',
  appeal: 'Der Käufer schreibt',
  reason: 'Warum (der Käufer liest es bei einer Erstattung)',
  confirm: 'Bestätigen und Tickets senden',
  refund: '{amount} erstatten',
  refundFree: 'Tickets beenden',
  mayNotDecide: 'Deine Rolle darf nicht über Erstattungen entscheiden.',
  saidConfirmed: 'Bestellung {number} ist bestätigt. Die Tickets sind unterwegs.',
  saidRefunded: 'Bestellung {number} ist erstattet. Die Plätze sind frei.',
  confirmed: 'Bestätigt',
  refunded: 'Erstattet',
  ended: 'Anders storniert',
  byTime: 'von selbst',
  heldTitle: 'Deine Bestellung wird geprüft',
  heldText:
    'Du hast bezahlt, und deine Plätze gehören dir. Bevor du die Tickets bekommst, sieht sich der Veranstalter diese Bestellung an, weil sie Bestellungen von Programmen ähnelt, die Tickets aufkaufen. Widerspricht bis {until} niemand, kommen deine Tickets von selbst. Nimmt der Veranstalter die Bestellung nicht an, bekommst du dein ganzes Geld zurück.',
  heldMoment: 'Du hast bezahlt. Deine Tickets sind gleich hier.',
  appealLabel: 'Was sollte der Veranstalter wissen?',
  appealHint: 'Zum Beispiel dass du für eine Gruppe kaufst. Du kannst einmal schreiben.',
  appealSend: 'An den Veranstalter senden',
  appealSent: 'Du hast geschrieben:',
  appealMissing: 'Schreib zuerst etwas.',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
