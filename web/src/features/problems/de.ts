import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const de = {
  unreachable: 'Wir konnten den Server nicht erreichen. Prüf deine Verbindung und versuch es noch einmal.',
  invalid_request: 'Hier fehlt etwas oder stimmt etwas nicht.',
  payload_too_large: 'Das ist größer, als wir annehmen können.',
  not_found: 'Hier ist nichts, oder es ist nicht für dich bestimmt.',
  version_mismatch: 'Jemand hat das inzwischen geändert. Lade es neu und wiederhole deine Änderung.',
  unauthenticated: 'Melde dich zuerst an, oder mach als Gast weiter.',
  forbidden: 'Deine Rolle erlaubt das nicht.',
  suspended: 'Dieses Konto ist gesperrt.',
  invalid_credentials: 'E-Mail-Adresse oder Passwort ist falsch.',
  wrong_password: 'Das bisherige Passwort ist falsch.',
  email_taken: 'Mit dieser Adresse gibt es schon ein Konto. Melde dich an, oder wähle ein neues Passwort.',
  email_already_verified: 'Diese Adresse ist schon bestätigt.',
  token_invalid: 'Dieser Link ist abgelaufen oder wurde schon benutzt. Fordere einen neuen an.',
  email_not_verified: 'Bestätige zuerst deine E-Mail-Adresse.',
  rate_limited: 'Zu viele Anfragen. Warte einen Moment und versuch es noch einmal.',
  busy: 'Gerade kaufen sehr viele Menschen. Versuch es gleich noch einmal.',
  unavailable: 'Das geht im Augenblick nicht. Nichts wurde geändert; versuch es noch einmal.',
  internal: 'Bei uns ist etwas schiefgegangen.',
  event_not_publishable: 'Der Veranstaltung fehlt noch etwas, bevor sie veröffentlicht werden kann.',
  event_has_sales:
    'Plätze dieser Veranstaltung sind reserviert oder verkauft, darum lässt sich das nicht mehr ändern.',
  capacity_below_taken: 'Es sind schon mehr Plätze reserviert oder verkauft.',
  slug_taken: 'Eine andere Veranstaltung hat schon diese Adresse.',
  event_not_on_sale: 'Diese Veranstaltung ist nicht im Verkauf.',
  sale_not_started: 'Der Verkauf hat noch nicht begonnen.',
  sale_ended: 'Der Verkauf ist beendet.',
  sold_out: 'Es sind nicht mehr genug Plätze frei.',
  seats_taken: 'Jemand anders war bei einem dieser Plätze schneller.',
  limit_reached: 'So viele Plätze darf eine Person hier nicht haben.',
  hold_expired: 'Die Zeit, diese Plätze zu kaufen, ist abgelaufen.',
  hold_ended: 'Diese Plätze sind nicht mehr reserviert.',
  order_not_cancellable: 'Diese Bestellung lässt sich nicht mehr stornieren.',
  refund_not_allowed: 'Die Rückgabe ist bei dieser Veranstaltung nicht mehr möglich.',
  payment_not_open: 'Diese Zahlung ist schon abgeschlossen.',
  payment_provider_unavailable:
    'Der Zahlungsdienst antwortet nicht. Deine Plätze sind noch reserviert; versuch es noch einmal.',
  already_used: 'Dieses Ticket wurde schon benutzt.',
  wrong_event: 'Dieses Ticket gehört zu einer anderen Veranstaltung.',
  ticket_cancelled: 'Dieses Ticket wurde storniert.',
  ticket_reissued: 'Dieses Ticket wurde durch ein neueres ersetzt.',
  bad_signature: 'Dieser Code ist keiner von uns.',
  unknown_ticket: 'Dieses Ticket ist nicht bekannt.',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
