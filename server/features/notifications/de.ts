import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const de = {
  // Jeder Brief
  greeting: 'Hallo {name},',
  greetingNobody: 'Hallo,',
  toApple: 'Zu Apple Wallet hinzufügen',
  toGoogle: 'Zu Google Wallet hinzufügen',
  orOpen: 'Oder öffne diese Adresse:',
  // Konten
  verifySubject: 'Bestätige deine E-Mail-Adresse',
  verifyPreview: 'Einmal tippen, und dein Konto ist bereit.',
  verifyText: 'bitte bestätige, dass diese Adresse dir gehört. Deine Tickets gehen dorthin.',
  verifyButton: 'Adresse bestätigen',
  verifyIgnore: 'Wenn du kein Konto eröffnet hast, kannst du diese E-Mail ignorieren.',
  verifyWhy: 'Du bekommst diese E-Mail, weil jemand mit dieser Adresse ein Konto eröffnet hat.',
  resetSubject: 'Wähle ein neues Passwort',
  resetPreview: 'Der Link funktioniert einmal.',
  resetText:
    'jemand, wahrscheinlich du, hat ein neues Passwort angefordert. Der Link funktioniert einmal und nur für kurze Zeit.',
  resetIgnore: 'Wenn du es nicht warst, musst du nichts tun: Dein Passwort bleibt, wie es ist.',
  resetWhy: 'Du bekommst diese E-Mail, weil mit dieser Adresse ein neues Passwort angefordert wurde.',
  signInSubject: 'Neue Anmeldung in deinem Konto',
  signInPreview: 'Mit {browser}. Wenn du es warst, ist alles gut.',
  signInHeading: 'Jemand hat sich in deinem Konto angemeldet',
  signInText:
    'gerade hat sich jemand mit einem Browser angemeldet, den du bisher nicht benutzt hast: {browser}. Wenn du es warst, ist alles gut. Wenn nicht, ändere dein Passwort: Das meldet alle anderen ab.',
  signInButton: 'Konto öffnen',
  signInWhy:
    'Du bekommst diese E-Mail, weil du von neuen Anmeldungen erfahren möchtest. In deinem Konto kannst du das abschalten.',
  unknownBrowser: 'ein Programm',
  // Einladungen in ein Team
  inviteSubject: 'Einladung ins Team von {organisation}',
  invitePreview: '{inviter} möchte dich im Team haben.',
  inviteHeading: 'Du bist ins Team von {organisation} eingeladen',
  inviteText: '{inviter} lädt dich ins Team von {organisation} ein.',
  inviteRole: 'Deine Rolle',
  inviteEvents: 'Für diese Veranstaltungen',
  roleOwner: 'Inhaber: darf alles, auch das Team ändern',
  roleManager: 'Manager: führt Veranstaltungen durch',
  roleFinance: 'Finanzen: sieht Bestellungen, Bücher und Zahlen, erstattet, lädt Listen herunter',
  roleSupport: 'Support: findet und berichtigt Bestellungen, sendet Nachrichten erneut',
  roleDoor: 'Einlass: prüft Tickets',
  roleReadOnly: 'Nur lesen: sieht Veranstaltungen, Bestellungen und Zahlen, ändert nichts',
  inviteButton: 'Einladung ansehen',
  inviteUntil:
    'Die Einladung gilt {days, plural, one {# Tag} other {# Tage}}. Zum Annehmen brauchst du ein Konto mit der Adresse {address}; wenn du keines hast, kannst du dort eines eröffnen.',
  inviteIgnore:
    'Wenn du nicht möchtest, lehne dort ab oder ignoriere diese E-Mail: Niemand kommt in ein Team, ohne anzunehmen.',
  inviteWhy: 'Du bekommst diese E-Mail, weil {inviter} deine Adresse eingegeben hat.',
  // Was über eine Bestellung zu sagen ist
  when: 'Wann',
  whenIs: '{date}, {time}',
  doors: 'Einlass',
  where: 'Wo',
  event: 'Veranstaltung',
  order: 'Bestellung',
  promoCode: 'Promo-Code',
  total: 'Summe',
  free: 'Kostenlos',
  refund: 'Erstattung',
  'collect.door': 'Abholung bei der Veranstaltung mit dem Code',
  'collect.post': 'Kommt per Post',
  'collect.none': 'Nichts abzuholen',
  seatName: '{section}, Reihe {row}, Platz {seat}',
  seatNameNoRow: '{section}, Platz {seat}',
  unpublishedSubject: 'Nicht veröffentlicht: {event}',
  unpublishedPreview: 'Am {at} fehlte etwas.',
  unpublishedHeading: 'Deine Veranstaltung wurde nicht veröffentlicht',
  unpublishedText:
    'Sie sollte am {at} veröffentlicht werden. Da fehlte etwas, darum ist sie noch ein Entwurf. Ergänze sie und veröffentliche sie dann, oder wähle einen anderen Zeitpunkt.',
  unpublishedLacks: 'Es fehlt',
  unpublishedButton: 'Veranstaltung ergänzen',
  unpublishedWhy: 'Du bekommst diese Mail, weil du {event} bearbeiten darfst.',
  gap_start: 'der Beginn',
  gap_end: 'das Ende',
  gap_start_in_future: 'ein Beginn in der Zukunft',
  gap_venue: 'der Ort',
  gap_city: 'die Stadt',
  gap_country: 'das Land',
  gap_ticket_type: 'eine öffentliche Ticketart',
  gap_places: 'Plätze zum Verkaufen',
  gap_sale_end_in_future: 'ein Verkaufsende in der Zukunft',
  reviewSubject:
    '{count, plural, one {# Bestellung wartet} other {# Bestellungen warten}} auf deinen Blick: {event}',
  reviewPreview: 'Ohne Entscheidung werden sie ab {until} bestätigt.',
  reviewHeading: '{count, plural, one {# Bestellung wartet} other {# Bestellungen warten}} auf deinen Blick',
  reviewText:
    '{count, plural, one {Diese Bestellung hat} other {Diese Bestellungen haben}} viele Anzeichen eines Programms, das Tickets aufkauft. Die Käufer haben bezahlt, und ihre Tickets warten. Bestätige eine Bestellung oder erstatte sie. Wenn niemand entscheidet, wird die erste bestätigt: {until}.',
  reviewButton: 'Bestellungen ansehen',
  reviewWhy: 'Du bekommst diese Mail, weil du Bestellungen von {event} erstatten darfst.',
  heldSubject: 'Deine Bestellung wird geprüft: {event}',
  heldPreview: 'Deine Zahlung ist da. Die Tickets folgen.',
  heldHeading: 'Deine Bestellung wird geprüft',
  heldText:
    'Du hast für {event} bezahlt, und deine Plätze gehören dir. Bevor wir die Tickets schicken, sieht sich der Veranstalter diese Bestellung an, weil sie Bestellungen von Programmen ähnelt, die Tickets aufkaufen. Die meisten solchen Bestellungen sind von echten Menschen, und es dauert höchstens bis {until}. Wenn bis dahin niemand widerspricht, kommen deine Tickets von selbst. Nimmt der Veranstalter die Bestellung nicht an, bekommst du dein ganzes Geld zurück.',
  heldAppeal:
    'Sollte der Veranstalter etwas wissen, zum Beispiel dass du für eine Gruppe kaufst? Öffne deine Bestellung und schreib es einmal.',
  heldButton: 'Bestellung öffnen und schreiben',
  askedSubject: 'Ein neuer Platz für dich: {event}',
  askedPreview: 'Zahle {amount} bis {until}, dann gehört er dir.',
  askedHeading: 'Der Veranstalter hat einen neuen Platz für dich',
  askedText:
    'Der Veranstalter hat bei {event} einen anderen Platz für dich reserviert. Er kostet {amount} mehr als dein Ticket. Zahle den Unterschied bis {until}, dann bekommst du das neue Ticket statt des alten. Bis dahin bleibt dein Ticket gültig.',
  askedButton: '{amount} zahlen',
  askedElse:
    'Wenn du den neuen Platz nicht willst, musst du nichts tun. Du schuldest nichts, und dein Ticket bleibt, wie es ist.',
  askedWhy:
    'Du bekommst diese Mail, weil du ein Ticket hast, das der Veranstalter umtauschen möchte (Bestellung {number}).',
  lapsedSubject: 'Dein Ticket bleibt, wie es ist: {event}',
  lapsedPreview: 'Der Umtausch wurde nicht bezahlt. Du schuldest nichts.',
  lapsedHeading: 'Es wurde nichts umgetauscht',
  lapsedText:
    'Der Umtausch deines Tickets für {event} ist ohne Zahlung zu Ende gegangen. Du schuldest nichts, dein Ticket ist wie vorher, und der neue Platz ist für andere frei.',
  openOrder: 'Bestellung öffnen',
  linkSubject: 'Deine Bestellung: {event}',
  linkPreview: 'Der Link zur Bestellung {number}.',
  linkText:
    'Jemand, wahrscheinlich du, hat um den Link zur Bestellung {number} gebeten. Er öffnet deine Bestellung mit ihren Tickets auf jedem Gerät.',
  linkSecret: 'Wer diesen Link hat, kann deine Tickets benutzen und stornieren. Gib ihn bitte nicht weiter.',
  orderWhy: 'Du bekommst diese E-Mail, weil mit dieser Adresse die Bestellung {number} aufgegeben wurde.',
  // Die Tickets
  confirmedSubject: 'Deine Tickets: {event}',
  confirmedPreview:
    '{count, plural, one {Dein Ticket ist im Anhang.} other {Deine # Tickets sind im Anhang.}} Bestellung {number}.',
  smsOffer:
    '{event}: {count, plural, one {ein Platz ist} other {# Plätze sind}} für dich reserviert bis {until}. {url}',
  smsMoved: '{event} hat eine neue Zeit oder einen neuen Ort: {when}, {venue}. {url}',
  smsCancelled: '{event} am {when} ist abgesagt. {url}',
  smsCode: '{code} ist dein Code für SMS von {site}. Er gilt 10 Minuten.',
  smsStop: 'Mit der Antwort STOP enden sie.',
  pushConfirmed:
    '{count, plural, one {Dein Ticket ist da.} other {Deine # Tickets sind da.}} Bestellung {number}.',
  confirmedText:
    'Danke, {name}. {count, plural, one {Dein Ticket ist} other {Deine # Tickets sind}} als PDF im Anhang, dazu die Veranstaltung für deinen Kalender. Zeig am Einlass jeden Code, auf dem Handy oder auf Papier.',
  // Am Tag davor
  reminderSubject: 'Bald: {event}',
  reminderText: 'deine Veranstaltung rückt näher. Halte am Einlass deine Tickets bereit.',
  newLinkSubject: 'Neuer Link für {event}',
  newLinkText:
    'der Link zum Mitmachen im Netz ist neu. Öffne deine Tickets, dort steht er. Ein älterer Link geht vielleicht nicht mehr.',
  joinOnline: 'Online',
  joinLater: 'Du findest den Link später auf deinen Tickets.',
  joinNote: 'Hinweis',
  joinNow: 'Online dabei sein',
  openTickets: 'Tickets öffnen',
  reminderWhy:
    'Du bekommst diese E-Mail, weil du an Veranstaltungen erinnert werden möchtest. In deinem Konto kannst du das abschalten. Bestellung {number}.',
  // Storniert
  // The waitlist
  offerSubject: 'Plätze für dich: {event}',
  offerPreview: 'Für dich gehalten bis {until}.',
  offerHeading: '{count, plural, one {Ein Platz ist für dich frei} other {# Plätze sind für dich frei}}',
  offerText:
    'Du hast auf {event} gewartet und bist jetzt dran. {count, plural, one {Ein Platz wird} other {# Plätze werden}} bis {until} für dich gehalten. Kaufe bis dahin, sonst {count, plural, one {bekommt ihn} other {bekommen sie}} die Nächsten in der Reihe.',
  offerButton: 'Angebot ansehen',
  offerTickets: 'Tickets',
  offerUntil: 'Für dich bis',
  offerElse:
    'Wenn du die Plätze nicht möchtest, lehne auf derselben Seite ab: Dann sind sofort die Nächsten dran. Wer diesen Link hat, kann die Plätze kaufen. Gib ihn bitte nicht weiter.',
  offerWhy: 'Du bekommst diese Mail, weil du auf der Warteliste für {event} stehst.',
  turnSubject: 'Du bist dran: {event}',
  turnPreview: 'Wähle deine Plätze bis {until}.',
  turnText:
    'Du hast auf {event} gewartet und bist jetzt dran. Wähle deine Plätze bis {until}. Wenn du nicht kommst, sind nach einigen Minuten die Nächsten dran.',
  turnButton: 'Zur Warteschlange',
  turnWhy: 'Du bekommst diese Mail, weil du in der Warteschlange für {event} stehst.',
  nearSubject: 'Gleich bist du dran: {event}',
  nearMinutes: '{count, plural, one {Noch etwa eine Minute.} other {Noch etwa # Minuten.}}',
  nearText:
    'Öffne die Seite der Warteschlange für {event}, damit du deine Plätze wählen kannst, sobald du dran bist.',
  cancelledSubject: 'Storniert: {event}',
  cancelledPreview: 'Bestellung {number} ist storniert.',
  cancelledHeading: 'Deine Bestellung ist storniert',
  cancelledText: 'deine Bestellung für {event} ist storniert, und ihre Tickets gelten nicht mehr.',
  cancelledRefund: '{amount} gehen auf die Karte oder das Konto zurück, mit dem du bezahlt hast.',
  cancelledNoRefund: 'Es wird nichts erstattet.',
  ticketsCancelledSubject: '{count, plural, one {Ticket storniert} other {Tickets storniert}}: {event}',
  ticketsCancelledPreview: '{count, plural, one {Ein Ticket} other {# Tickets}} der Bestellung {number}.',
  ticketsCancelledHeading: '{count, plural, one {Ein Ticket ist storniert} other {# Tickets sind storniert}}',
  ticketsCancelledText:
    '{count, plural, one {Ein Ticket deiner Bestellung für {event} ist storniert und gilt nicht mehr.} other {# Tickets deiner Bestellung für {event} sind storniert und gelten nicht mehr.}} Die übrigen Tickets bleiben gültig.',
  // Verlegt oder abgesagt
  seatsChangedSubject: 'Neuer Platz: {event}',
  seatsChangedPreview: 'Jetzt: {seats}',
  seatsChangedHeading:
    '{count, plural, one {Dein Platz hat sich geändert} other {Deine Plätze haben sich geändert}}',
  seatsChangedText:
    'Der Veranstalter hat den Saalplan von {event} geändert. Deine Tickets und ihre Codes bleiben gültig. Hast du Tickets gedruckt, dann drucke sie noch einmal: Sie zeigen den neuen Platz.',
  seatBefore: 'Vorher: {seat}',
  seatStandsElsewhere: 'Derselbe Name, an einer anderen Stelle im Saal',
  movedSubject: 'Neue Zeit oder neuer Ort: {event}',
  movedPreview: 'Jetzt: {when}',
  movedHeading: '{event} ist verlegt',
  movedText:
    '{event} ist verlegt. Deine Tickets gelten weiter. Die angehängte Datei ändert den Eintrag in deinem Kalender.',
  movedWaitingText:
    '{event} ist verlegt. Du behältst deinen Platz auf der Warteliste. Wenn dir die neue Zeit oder der neue Ort nicht passt, kannst du die Warteliste auf der Seite der Veranstaltung verlassen.',
  openEvent: 'Veranstaltung ansehen',
  movedOffer:
    'Wenn du nicht kommen kannst, storniere deine Bestellung bis {until}. Dann bekommst du alles zurück, was du bezahlt hast.',
  whenBefore: 'Wann, bisher',
  whereBefore: 'Wo, bisher',
  eventCancelledSubject: 'Abgesagt: {event}',
  eventCancelledPreview: 'Die Tickets der Bestellung {number} gelten nicht mehr.',
  eventCancelledHeading: '{event} ist abgesagt',
  eventCancelledText:
    '{event} wurde vom Veranstalter abgesagt. Deine Tickets gelten nicht mehr. Die angehängte Datei entfernt den Termin aus deinem Kalender.',
  paymentFailedSubject: 'Deine Zahlung für {event} ist fehlgeschlagen',
  paymentFailedPreview: 'Die Bestellung {number} ist beendet. Es wurde nichts bezahlt.',
  paymentFailedHeading: 'Die Zahlung ist fehlgeschlagen',
  paymentFailedText:
    'Die Zahlung für deine Bestellung zu {event} ist nicht durchgegangen. Deshalb ist die Bestellung beendet, und deine Plätze sind wieder frei. Du schuldest nichts. Falls eine Zahlung noch unterwegs ist, bekommst du sie vollständig zurück.',
  chooseAgain: 'Tickets neu auswählen',
  eventCancelledUnpaidPreview: 'Für die Bestellung {number} schuldest du nichts.',
  eventCancelledUnpaidText:
    '{event} wurde vom Veranstalter abgesagt, bevor deine Bestellung bezahlt war. Deshalb ist sie beendet, und du schuldest nichts. Falls eine Zahlung schon unterwegs ist, bekommst du sie vollständig zurück.',
  eventCancelledWaitingPreview: 'Die Warteliste ist beendet.',
  eventCancelledWaitingText:
    '{event} wurde vom Veranstalter abgesagt. Damit ist auch die Warteliste beendet. Du musst nichts tun und schuldest nichts.',
  eventCancelledKept:
    'Der Veranstalter erstattet für diese Veranstaltung nichts. Wenn du Fragen dazu hast, wende dich bitte an ihn.',
  reason: 'Grund',
  cancelledFirstHeading: 'Die Veranstaltung ist abgesagt, darum geht dein Geld zurück',
  cancelledFirstText:
    'deine Zahlung für {event} kam bei uns an, als die Veranstaltung schon abgesagt war. Du hast aus dieser Bestellung keine Tickets, und dein ganzes Geld ist zurückgeschickt.',
  // Geld, das zurückgeht
  refundSubject: 'Geld ist unterwegs: {event}',
  refundPreview: '{amount} für Bestellung {number}.',
  refundHeading: 'Deine Erstattung ist unterwegs',
  refundText: 'die Erstattung für deine stornierte Bestellung für {event} ist verschickt.',
  giftLateText: 'Deine Zahlung für {event} kam zu spät. Wir haben sie ganz zurückgeschickt.',
  ticketGoneHeading: 'Das Ticket war nicht mehr da, dein Geld kommt zurück',
  ticketGoneText:
    'Als deine Zahlung ankam, war das Ticket für {event}, um das es ging, schon benutzt, storniert oder weitergegeben. Wir haben dein ganzes Geld zurückgeschickt.',
  exchangedText:
    'Du hast ein Ticket für {event} in einen günstigeren Platz umgetauscht. Wir haben die Differenz zurückgesendet.',
  resoldText: 'Jemand anderes hat dein Ticket für {event} gekauft. Wir haben dein Geld zurückgeschickt.',
  twiceText:
    'deine Bestellung für {event} wurde zweimal bezahlt. Die zweite Zahlung ist zurückgeschickt; deine Tickets sind davon nicht betroffen.',
  goneSubject: 'Keine Tickets, Geld zurück: {event}',
  goneHeading: 'Die Plätze waren weg, darum geht dein Geld zurück',
  cardHeading:
    'Mit dieser Karte wurden schon so viele Tickets gekauft wie erlaubt, darum geht dein Geld zurück',
  cardText:
    'Für {event} kauft eine Zahlungskarte nur eine bestimmte Zahl von Tickets, auch für verschiedene Personen, und diese Karte hatte sie schon. Darum ist deine Bestellung nicht bestätigt, und ihre Plätze sind wieder frei. Dein ganzes Geld geht zurück.',
  goneText:
    'deine Zahlung für {event} kam bei uns an, als die Zeit zum Kaufen schon abgelaufen war und andere die Plätze hatten. Du hast aus dieser Bestellung keine Tickets, und dein ganzes Geld ist zurückgeschickt.',
  receiptText:
    'Deine Quittung liegt auf der Seite deiner Bestellung. Dort bekommst du auch eine Rechnung mit deiner Adresse.',
  creditNote: 'Rechnungskorrektur',
  creditNoteWhere: 'Auf der Seite deiner Bestellung',
  bankDays: 'Bis deine Bank es zeigt, können ein paar Tage vergehen.',
  // The organiser refunds or cancels
  orderNumber: 'Bestellung {number}.',
  organiserRefundSubject: 'Erstattung: {event}',
  organiserRefundHeading: 'Du bekommst {amount} zurück',
  organiserRefundText: 'der Veranstalter von {event} erstattet {amount} deiner Bestellung.',
  organiserEndedText:
    'der Veranstalter von {event} hat Tickets deiner Bestellung storniert. Es wird nichts erstattet.',
  organiserEndedCount:
    '{count, plural, one {Ein Ticket ist storniert und gilt nicht mehr.} other {# Tickets sind storniert und gelten nicht mehr.}}',
  organiserKeptText: 'Deine Tickets bleiben, wie sie sind.',
  organiserReason: 'Der Veranstalter schreibt: {reason}',
  organiserRefundSoon:
    'Das Geld geht auf die Karte oder das Konto zurück, mit dem du bezahlt hast. Du bekommst eine weitere Mail, wenn es verschickt ist.',
  disputeLostText:
    'deine Bank hat dir das Geld für {event} zurückgebucht. Deine Tickets gelten deshalb nicht mehr.',
  organiserSentText: 'die Erstattung des Veranstalters von {event} ist verschickt.',
  dispute_chargeback: 'Eine Zahlung wird angefochten',
  dispute_chargeback_text:
    'die Bank der Käuferin oder des Käufers holt das Geld zurück, bis sie entschieden hat. Das Geld ist zurückgelegt, und bis dahin kann von dieser Bestellung nichts erstattet werden. Die Tickets bleiben gültig.',
  dispute_inquiry: 'Eine Bank fragt nach einer Zahlung',
  dispute_inquiry_text:
    'eine Bank fragt nach dieser Zahlung. Es ist kein Geld geflossen. Eine gute Antwort kann eine Anfechtung verhindern.',
  dispute_fraud_warning: 'Eine Bank warnt vor Betrug',
  dispute_fraud_warning_text:
    'die Bank glaubt, dass jemand anderes mit dieser Karte bezahlt hat. Es ist kein Geld geflossen. Wenn du die Bestellung jetzt erstattest, kannst du eine Anfechtung verhindern.',
  dispute_won: 'Eine Anfechtung ist gewonnen',
  dispute_won_text: 'die Bank hat für dich entschieden. Das Geld dieser Bestellung gehört wieder dir.',
  dispute_lost: 'Eine Anfechtung ist verloren',
  dispute_lost_text:
    'die Bank hat gegen dich entschieden, und das Geld bleibt bei der Käuferin oder dem Käufer. War das alles, was bezahlt wurde, sind unbenutzte Tickets nicht mehr gültig und ihre Plätze wieder frei.',
  disputeSubject: '{what}: {event}, Bestellung {number}',
  disputeDue: 'Nachweise bis {due}.',
  disputeEvidence:
    'Der Betreiber dieser Seite antwortet der Bank bis {due}. Schick ihm, was zeigt, dass die Leistung erbracht wurde, zum Beispiel deine Schreiben. Die Einlässe hat Admit.',
  disputeAmount: 'Betrag',
  disputeButton: 'Bestellung öffnen',
  disputeWhy: 'Du bekommst diese E-Mail, weil du Bestellungen für {event} erstatten darfst.',
  // A file on schedule
  exportSubject: '{table}: {event}',
  exportPreview: 'Stand: {due}.',
  exportHeading: 'Deine Datei ist fertig',
  exportText: 'die Datei, die dein Team geplant hat, ist fertig.',
  exportFile: 'Datei',
  exportDue: 'Stand',
  exportUntil:
    'Der Link öffnet sich für Mitglieder des Teams, die angemeldet sind und Exporte herunterladen dürfen. Er endet am {until}.',
  exportButton: 'Datei herunterladen',
  exportWhy:
    'Du bekommst diese E-Mail, weil dein Team diese Datei zu {event} für dich geplant hat. In deinem Konto kannst du diese E-Mails abschalten.',
  export_attendees: 'Teilnehmende',
  export_orders: 'Bestellungen',
  export_payments: 'Zahlungen und Erstattungen',
  export_check_ins: 'Einlässe',
  export_tax: 'Steuern',
  export_answers: 'Antworten',
  export_extras: 'Extras',
  includesTax: 'Enthält {name} {rate}',
  includesFees: 'Enthält Buchungsgebühren',
  // Tickets that change hands
  offeredSubject: '{sender} hat {count, plural, one {ein Ticket} other {# Tickets}} für dich: {event}',
  offeredPreview:
    '{count, plural, one {Nimm es an, und es gehört dir.} other {Nimm sie an, und sie gehören dir.}}',
  offeredHeading: '{count, plural, one {Ein Ticket} other {# Tickets}} für {event}',
  offeredText:
    '{sender} möchte {count, plural, one {ein Ticket} other {# Tickets}} für {event} an dich weitergeben. Wenn du annimmst, bekommst du {count, plural, one {einen eigenen Code, und mit dem alten} other {eigene Codes, und mit den alten}} kommt niemand mehr hinein.',
  offeredMessage: '{sender} schreibt: {message}',
  offeredPlace: '{count, plural, one {Ticket} other {Tickets}}',
  offeredButton: 'Angebot ansehen',
  offeredUntil: 'Du kannst bis {until} annehmen. Danach endet das Angebot.',
  offeredIgnore:
    'Wenn du das nicht möchtest, lehne dort ab oder ignoriere diese Mail. Bitte gib den Link nicht weiter: Wer ihn hat, kann das Angebot annehmen.',
  offeredWhy: 'Du bekommst diese Mail, weil {sender} deine Adresse angegeben hat.',
  receivedSubject: '{count, plural, one {Dein Ticket} other {Deine Tickets}}: {event}',
  receivedPreview: '{count, plural, one {Dein Ticket ist angehängt.} other {Deine Tickets sind angehängt.}}',
  receivedText:
    '{count, plural, one {Das Ticket für {event} gehört jetzt dir. Es ist} other {Die Tickets für {event} gehören jetzt dir. Sie sind}} als PDF angehängt, mit dem Termin für deinen Kalender. Zeig {count, plural, one {den Code} other {die Codes}} am Einlass, auf dem Handy oder auf Papier.',
  confirmedPhonePreview:
    '{count, plural, one {Dein Ticket ist bereit.} other {Deine # Tickets sind bereit.}} Bestellung {number}.',
  confirmedPhoneText:
    'Danke, {name}. {count, plural, one {Dein Ticket ist} other {Deine # Tickets sind}} bereit, und die Veranstaltung für deinen Kalender ist angehängt. Öffne die Bestellung auf dem Handy, bevor du kommst: Dort ist der Code für den Einlass. Er wechselt alle 15 Sekunden, ein Bild davon gilt nicht.',
  receivedPhonePreview: '{count, plural, one {Dein Ticket ist bereit.} other {Deine Tickets sind bereit.}}',
  receivedPhoneText:
    '{count, plural, one {Das Ticket für {event} gehört jetzt dir.} other {Die Tickets für {event} gehören jetzt dir.}} Der Termin für deinen Kalender ist angehängt. Öffne {count, plural, one {das Ticket} other {die Tickets}} auf dem Handy, bevor du kommst: Dort ist der Code für den Einlass. Er wechselt alle 15 Sekunden, ein Bild davon gilt nicht.',
  openTicket: 'Ticket öffnen',
  receivedSecret: 'Wer diesen Link hat, kann dein Ticket benutzen. Bitte gib ihn nicht weiter.',
  receivedWhy: 'Du bekommst diese Mail, weil du ein Ticket von {sender} angenommen hast.',
  passedOnSubject: '{count, plural, one {Ticket} other {Tickets}} weitergegeben: {event}',
  passedOnPreview: '{recipient} hat {count, plural, one {dein Ticket} other {deine Tickets}} angenommen.',
  passedOnHeading: '{recipient} hat {count, plural, one {dein Ticket} other {deine Tickets}} angenommen',
  passedOnText:
    '{count, plural, one {Dein Ticket für {event} gehört jetzt {recipient}. Mit deinem Code kommt niemand mehr hinein. Wenn {recipient} das Ticket zurückgibt, geht die Erstattung an die Person, die es bezahlt hat.} other {Deine # Tickets für {event} gehören jetzt {recipient}. Mit deinen Codes kommt niemand mehr hinein. Wenn {recipient} ein Ticket zurückgibt, geht die Erstattung an die Person, die es bezahlt hat.}}',
  passedOnWhy: 'Du bekommst diese Mail, weil du jemandem ein Ticket angeboten hast.',
  offerEndedSubject: '{count, plural, one {Ticket} other {Tickets}} nicht weitergegeben: {event}',
  offerEndedHeading: '{count, plural, one {Das Ticket wurde} other {Die Tickets wurden}} nicht weitergegeben',
  offerDeclined:
    '{recipient} hat {count, plural, one {dein Ticket} other {deine # Tickets}} für {event} abgelehnt.',
  offerExpired:
    '{recipient} hat {count, plural, one {dein Ticket} other {deine # Tickets}} für {event} nicht rechtzeitig angenommen.',
  offerWithdrawn:
    '{sender} hat {count, plural, one {das Ticket} other {die # Tickets}} für {event} zurückgenommen. Du kannst {count, plural, one {es} other {sie}} nicht mehr annehmen.',
  offerStillYours:
    '{count, plural, one {Es gehört weiter dir, und sein Code ist weiter gültig.} other {Sie gehören weiter dir, und ihre Codes sind weiter gültig.}}',
  heldEndedSubject: 'Ticket storniert: {event}',
  heldEndedHeading: 'Dein Ticket ist nicht mehr gültig',
  heldReturned: 'Das Ticket für {event} wurde zurückgegeben. Damit kommt niemand mehr hinein.',
  heldCancelled:
    'Das Ticket für {event} wurde storniert. Damit kommt niemand mehr hinein. Wenn du Fragen dazu hast, wende dich bitte an den Veranstalter.',
  heldEventCancelled:
    'Der Veranstalter hat {event} abgesagt. Dein Ticket ist nicht mehr gültig. Die angehängte Datei entfernt den Termin aus deinem Kalender.',
  heldMoney: 'Wenn Geld zurückgeht, geht es an die Person, die das Ticket bezahlt hat.',
  // Tickets on resale
  resaleOfferedSubject: 'Zum Weiterverkauf angeboten: {event}',
  resaleOfferedPreview: 'Das Ticket gehört dir, bis es jemand bezahlt hat.',
  resaleOfferedHeading: 'Dein Ticket wird zum Weiterverkauf angeboten',
  resaleOfferedText:
    'Dein Ticket für {event} geht an die Personen auf der Warteliste, zu dem Preis, der dafür bezahlt wurde. Es gehört weiter dir, und sein Code gilt weiter, bis es jemand bezahlt hat. Kauft es niemand bis {until}, bleibt es bei dir. Auf der Seite des Tickets kannst du es zurücknehmen.',
  resaleSoldSubject: 'Ticket weiterverkauft: {event}',
  resaleSoldPreview: 'Dein Ticket gehört jetzt jemand anderem.',
  resaleSoldHeading: 'Dein Ticket ist weiterverkauft',
  resaleSoldText: 'Jemand anderes hat dein Ticket für {event} gekauft. Dein Code gilt nicht mehr.',
  resaleSoldBack:
    '{back} gehen auf die Karte oder das Konto zurück, womit du bezahlt hast. Wenn das Geld abgeschickt ist, bekommst du noch eine E-Mail; danach kann deine Bank ein paar Tage brauchen.',
  resaleSoldBackToPayer:
    '{back} gehen an die Person zurück, die das Ticket bezahlt hat. Sie bekommt eine E-Mail, wenn das Geld abgeschickt ist.',
  resaleEndedSubject: 'Nicht weiterverkauft: {event}',
  resaleEndedHeading: 'Dein Ticket wurde nicht weiterverkauft',
  resaleUnsold: 'Niemand hat dein Ticket für {event} rechtzeitig gekauft.',
  resaleOff: 'Der Veranstalter von {event} hat den Weiterverkauf beendet.',
  resaleRefunded:
    'Ein Teil des Preises deines Tickets für {event} wurde erstattet, deshalb wird es nicht mehr angeboten. Du kannst es für den Rest wieder anbieten.',
  resaleDisputed:
    'Die Bank der Person, die dein Ticket für {event} bezahlt hat, bestreitet die Zahlung. Deshalb wird es nicht mehr angeboten.',
  resalePrice: 'Preis',
  resaleFee: 'Der Veranstalter behält',
  resaleBack: 'Zurück gehen',
  resaleWhy: 'Du bekommst diese E-Mail, weil du ein Ticket zum Weiterverkauf angeboten hast.',
  offerResale:
    'Zu diesem Angebot gehört das Ticket einer anderen Person, zu dem Preis, den sie bezahlt hat. Wenn du bezahlst, bekommst du einen eigenen Code, und der alte gilt nicht mehr.',
  // Messages of the organiser
  broadcastWhy:
    'Du erhältst diese Mail, weil du ein Ticket für {event} hast. Der Veranstalter hat sie geschrieben.',
  newsWhy:
    'Du erhältst diese Mail, weil du ein Ticket für {event} hast. Der Veranstalter hat sie geschrieben. Solche Neuigkeiten kannst du in deinem Konto oder in deinem Mailprogramm abbestellen.',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
