import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const de = {
  // Die Veranstaltung
  doors: 'Einlass {time}',
  until: 'bis {time}',
  about: 'Worum es geht',
  whenAndWhere: 'Wann und wo',
  policy: 'Rückgabe',
  policyNone: 'Tickets können nicht zurückgegeben werden.',
  policyFull: 'Der volle Preis geht zurück {limit} ({when}).',
  policyStep: '{percent} % des Preises gehen zurück {limit} ({when}).',
  untilBefore: 'bis {hours} vor Beginn',
  untilStart: 'bis zum Beginn',
  policyAfter: 'Danach können Tickets nicht zurückgegeben werden.',
  policyFee: 'Der Veranstalter behält {amount} je Ticket.',
  policyBookingFee: 'Buchungsgebühren gehen nicht zurück.',
  hours: '{count, plural, one {# Stunde} other {# Stunden}}',
  days: '{count, plural, one {# Tag} other {# Tage}}',
  map: 'In einer Karte öffnen',
  share: 'Teilen',
  shared: 'Link kopiert',
  tickets: 'Tickets',
  chooseSeats: 'Plätze wählen',
  chooseSeatsText: 'Such sie auf dem Saalplan aus, oder lass uns die besten nebeneinander finden.',
  standing: 'Ohne nummerierten Platz',
  free: 'Kostenlos',
  priceFrom: 'ab {price}',
  priceIs: '{price}',
  fewer: 'Weniger',
  more: 'Mehr',
  left: '{count, plural, one {Nur noch #} other {Nur noch #}}',
  soldOut: 'Ausverkauft',
  typeSoon: 'Im Verkauf ab {when}',
  typeEnded: 'Nicht mehr im Verkauf',
  getTickets: 'Tickets holen',
  continue: 'Weiter',
  continueCount: '{count, plural, one {Weiter mit # Ticket} other {Weiter mit # Tickets}}',
  chooseFirst: 'Wähle zuerst, wie viele Tickets',
  total: 'Summe',
  totalIs: 'Das ist der Endpreis: Es kommen keine Gebühren dazu.',
  limit: 'Bis zu {count} pro Person.',
  saleSoon: 'Der Verkauf beginnt {when}.',
  saleEnded: 'Der Verkauf ist beendet.',
  eventOver: 'Diese Veranstaltung ist vorbei.',
  eventCancelled: 'Diese Veranstaltung wurde abgesagt.',
  movedBefore: 'Verlegt. Vorher: {when}, {place}',
  cancelledHeld:
    'Deine Plätze sind wieder frei. Du zahlst nichts: Eine Zahlung, die schon läuft, kommt von selbst zurück.',
  otherEvents: 'Andere Veranstaltungen ansehen',
  allSoldOut:
    'Ausverkauft. Plätze werden wieder frei, wenn jemandes Zeit zum Zahlen abläuft oder ein Ticket zurückgegeben wird: Diese Seite zeigt sie sofort.',
  toWaitlist: 'Warteliste',
  allSoldOutLine:
    'Ausverkauft. Stell dich unten auf die Warteliste: Plätze, die frei werden, werden den Wartenden der Reihe nach angeboten.',
  soldOutNow: 'Es sind nicht mehr genug Plätze frei.',
  soldOutSome:
    '{count, plural, one {# Platz ist noch frei. Wähle weniger.} other {# Plätze sind noch frei. Wähle weniger.}}',
  limitReached: 'Eine Person darf hier {limit} Plätze haben. Du hast schon {have}.',
  limitHeld:
    'Eine Person darf hier {limit} Plätze haben. Du hast {have}, und {held, plural, one {# davon ist} other {# davon sind}} gerade für dich reserviert. Geh damit zur Kasse oder gib sie zuerst zurück.',
  networkLimit:
    'Aus deinem Netzwerk sind gerade viele Plätze für diese Veranstaltung reserviert. Die ersten werden spätestens um {time} frei. Oder melde dich mit einer bestätigten E-Mail-Adresse an.',
  againLater:
    'Deine Zeit für diese Plätze ist um, damit andere an die Reihe kommen. Ab {time} kannst du sie wieder reservieren, andere Plätze sofort.',
  // Eine Reservierung, die noch läuft
  heldTitle:
    '{count, plural, one {Wir halten # Platz für dich frei} other {Wir halten # Plätze für dich frei}}',
  heldElsewhere:
    'Du hältst diese Plätze schon, in einem anderen Tab. Du kannst von hier aus zur Kasse gehen.',
  heldMovable: 'Du kannst sie hier ändern. Die Zeit bleibt dieselbe.',
  heldOrdered: 'Deine Bestellung ist aufgegeben. Gib diese Plätze zuerst zurück, wenn du andere möchtest.',
  restSoldOut: 'Alle anderen Plätze sind vergeben. Deine sind für dich reserviert.',
  mineHeld: '{count, plural, one {# für dich reserviert} other {# für dich reserviert}}',
  withCode: 'Der Code {code} ist eingelöst. Andere Tickets werden an der Kasse ermäßigt.',
  heldContinue: 'Weiter zur Kasse',
  heldRelease: 'Zurückgeben',
  timeLeft: 'Zeit zum Zahlen',
  someTaken: 'Jemand anders hat gerade einen deiner Plätze genommen. Wähle einen anderen.',
  heldFor: 'Für dich reserviert',
  close: 'Schließen',
  calendarAdd: 'In den Kalender',
  calendarFile: 'Kalenderdatei',
  calendarGoogle: 'Google Kalender',
  calendarOutlook: 'Outlook',
  yourTime: '{when} deiner Zeit',
  shareText: 'Kopiere diesen Link:',
  organiser: 'Veranstalter',
  seeOrganiser: 'Alle Veranstaltungen von {name}',
  plusPerOrder: 'Dazu kommt eine Buchungsgebühr von {amount} pro Bestellung.',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
