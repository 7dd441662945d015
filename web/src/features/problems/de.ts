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
  password_too_common:
    'Dieses Passwort würde jeder als eines der ersten probieren. Wähle ein anderes, etwa drei Wörter hintereinander.',
  password_too_personal:
    'Dieses Passwort besteht aus deinem Namen, deiner Adresse oder unserem Namen. Wähle eines, auf das niemand kommt.',
  email_taken: 'Mit dieser Adresse gibt es schon ein Konto. Melde dich an, oder wähle ein neues Passwort.',
  email_already_verified: 'Diese Adresse ist schon bestätigt.',
  order_link_invalid:
    'Dieser Link zur Bestellung gilt nicht mehr. Fordere mit der Bestellnummer einen neuen an.',
  order_address_fixed:
    'Die Adresse dieser Bestellung lässt sich nicht mehr ändern: Ein Ticket wurde benutzt oder die Bestellung ist beendet.',
  token_invalid: 'Dieser Link ist abgelaufen oder wurde schon benutzt. Fordere einen neuen an.',
  sign_in_to_verify:
    'In diesem Browser bist du nicht beim Konto angemeldet. Melde dich an, um die Adresse zu bestätigen, oder wähle ein neues Passwort.',
  email_not_verified: 'Bestätige zuerst deine E-Mail-Adresse.',
  request_timeout: 'Deine Anfrage hat zu lange gebraucht. Prüfe deine Verbindung und versuch es noch einmal.',
  exports_busy: 'Dein Team lädt schon zwei Dateien herunter. Warte, bis eine davon fertig ist.',
  not_admitted:
    'Für diese Veranstaltung gibt es eine Warteschlange. Stell dich an und wähle deine Plätze, wenn du an der Reihe bist.',
  queue_ended: 'Die Warteschlange dieser Veranstaltung ist geschlossen.',
  proof_required:
    'Ohne bestätigte E-Mail-Adresse muss dein Browser etwas rechnen, bevor du dich in diese Warteschlange stellen kannst.',
  queue_network_limit:
    'Aus deinem Netzwerk haben sich viele in diese Warteschlange gestellt. Warte ein wenig, oder melde dich mit einer bestätigten E-Mail-Adresse an.',
  rehearsal_under_way: 'Eine Probe dieser Veranstaltung läuft schon. Warte, bis sie fertig ist.',
  unknown_lane_code: 'Diese Warteschlange hat keine Spur mit diesem Code. Prüfe den Code.',
  lane_full:
    'Diesen Code haben so viele benutzt, dass seine Spur voll ist. Dein Platz in der Warteschlange bleibt.',
  lanes_closed: 'Codes einer Spur zählen nur vor der Auslosung.',
  beacon_not_overdue: 'Diese Warteschlange wartet nicht auf eine überfällige Zufallsquelle.',
  draw_pending: 'Die Reihenfolge dieser Warteschlange ist noch nicht ausgelost.',
  payout_changed:
    'Jetzt ist ein anderer Betrag fällig. Lade die Liste neu und vergleiche ihn mit dem, was du bezahlt hast.',
  payout_account_not_ready:
    'Dieser Veranstalter hat kein Konto, das Überweisungen annimmt. Zahle von Hand aus oder bitte ihn, eines zu verbinden.',
  payouts_by_hand_only: 'Diese Plattform zahlt Veranstalter von Hand aus. Es gibt kein Konto zu verbinden.',
  payout_reference_used:
    'Dieser Veranstalter hat schon eine Auszahlung über einen anderen Betrag mit diesem Verwendungszweck. Gib einen anderen an.',
  large_request_pending:
    'Wir arbeiten noch an dem, was du zuletzt geschickt hast. Warte, bis es fertig ist, und versuch es dann noch einmal.',
  large_requests_busy: 'Gerade werden viele große Pläne gespeichert. Versuch es gleich noch einmal.',
  headers_too_large:
    'Dein Browser schickt zu viele Cookies für diese Seite. Lösche sie und versuch es noch einmal.',
  sms_off: 'Diese Seite sendet keine SMS.',
  sms_unavailable: 'Gerade kann keine SMS gesendet werden. Versuch es später noch einmal.',
  phone_number_refused: 'Diese Nummer kann von hier keine SMS bekommen. Prüf sie oder nimm eine andere.',
  phone_number_stopped:
    'Diese Nummer hat mit STOP geantwortet. Sende von ihr START an die Nummer, von der die SMS kamen.',
  sms_code_wrong: 'Das ist nicht der Code aus der SMS.',
  sms_code_ended: 'Dieser Code gilt nicht mehr. Fordere einen neuen an.',
  rate_limited: 'Zu viele Anfragen. Warte einen Moment und versuch es noch einmal.',
  busy: 'Gerade kaufen sehr viele Menschen. Versuch es gleich noch einmal.',
  unavailable: 'Das geht im Augenblick nicht. Versuch es gleich noch einmal.',
  internal: 'Bei uns ist etwas schiefgegangen.',
  already_published: 'Diese Veranstaltung ist schon veröffentlicht.',
  event_on_sale:
    'Diese Veranstaltung ist veröffentlicht und noch nicht vorbei. Nimm die Veröffentlichung zurück, bevor du sie archivierst.',
  event_not_deletable:
    'Diese Veranstaltung war veröffentlicht, es kann also Leute mit ihrer Adresse oder mit Tickets geben. Archiviere sie stattdessen.',
  date_rule_refused: 'Nach dieser Regel kann Admit keine Termine anlegen.',
  too_many_dates: 'Das sind mehr Termine, als auf einmal gehen. Lass die Regel früher enden.',
  preview_limit:
    'Diese Veranstaltung hat so viele gültige Vorschau-Links, wie sie haben darf. Widerrufe zuerst einen.',
  event_not_publishable: 'Der Veranstaltung fehlt noch etwas, bevor sie veröffentlicht werden kann.',
  event_has_sales:
    'Plätze dieser Veranstaltung sind reserviert oder verkauft, darum lässt sich das nicht mehr ändern.',
  pass_date_full: 'Ein Termin hat zu wenige freie Plätze für diesen Pass. Nichts wurde geändert.',
  pass_date_unfit:
    'Ein Pass gilt für Termine derselben Organisation und Währung, die nicht vorbei sind, mit Plätzen ohne Nummern.',
  pass_changing: 'Jemand anderes ändert gerade die Plätze dieses Passes. Versuch es gleich noch einmal.',
  pass_places: 'Diese Veranstaltung ist ein Pass. Ändere ihre Plätze auf der Seite des Passes.',
  ticket_of_pass:
    'Dieses Ticket gehört zu einem Pass und bleibt bei ihm. Gib den Pass selbst weiter oder storniere ihn.',
  capacity_below_taken: 'Es sind schon mehr Plätze reserviert oder verkauft.',
  slug_taken: 'Eine andere Veranstaltung hat schon diese Adresse.',
  event_not_on_sale: 'Diese Veranstaltung ist nicht im Verkauf.',
  sale_not_started: 'Der Verkauf hat noch nicht begonnen.',
  sale_ended: 'Der Verkauf ist beendet.',
  sold_out: 'Es sind nicht mehr genug Plätze frei.',
  waitlist_off: 'Diese Veranstaltung hat keine Warteliste.',
  offer_link_invalid: 'Dieses Angebot ist vorbei, oder sein Link ist nicht vollständig.',
  places_available: 'Es sind gerade Plätze im Verkauf, du musst nicht warten. Wähl sie oben aus.',
  already_waiting:
    'Du wartest schon auf diese Ticketart. Verlass erst die Warteliste, wenn du eine andere Zahl von Plätzen brauchst.',
  party_too_large: 'So viele Plätze gibt es nie. Warte auf weniger.',
  waitlist_network_limit:
    'Aus deinem Netzwerk wird auf zu viele Plätze gewartet. Warte auf weniger, oder nimm eine andere Verbindung.',
  accessible_taken: 'So viele Rollstuhlplätze mit Begleitplätzen daneben sind nicht frei.',
  seats_taken: 'Jemand anders war bei einem dieser Plätze schneller.',
  seat_map_changed: 'Der Saalplan hat sich geändert. Sieh dir den neuen an und wähle noch einmal.',
  limit_reached: 'So viele Plätze darf eine Person hier nicht haben.',
  ticket_needed: 'Dieses Extra gibt es nur mit einem Ticket für die Veranstaltung. Wähl auch ein Ticket.',
  extra_limit_reached: 'So viele Stück von diesem Extra darfst du nicht haben.',
  too_few_tickets:
    'Diese Tickets gibt es ab {minimum} Stück in einer Bestellung. Nimm mehr davon oder keins.',
  price_too_low: 'Diese Tickets kosten mehr. Gib einen höheren Preis ein.',
  network_limit:
    'Aus deinem Netzwerk sind gerade viele Plätze für diese Veranstaltung reserviert. Warte ein wenig, oder melde dich mit einer bestätigten E-Mail-Adresse an.',
  hold_again_later: 'Deine Zeit für diese Plätze ist um. Wähle andere, oder reserviere sie später wieder.',
  email_limit_reached:
    'Eine E-Mail-Adresse darf für diese Veranstaltung {limit, plural, one {# Ticket} other {# Tickets}} haben, und diese hat schon {have}. Nimm eine andere Adresse, oder gib Plätze zurück.',
  amount_too_large: 'Diese Tickets kosten zusammen mehr, als eine Bestellung kosten darf. Wähle weniger.',
  hold_expired: 'Die Zeit, diese Plätze zu kaufen, ist abgelaufen.',
  hold_ended: 'Diese Plätze sind nicht mehr reserviert.',
  unknown_promo_code: 'Diesen Promo-Code gibt es für diese Veranstaltung nicht.',
  promo_code_ended: 'Dieser Promo-Code ist abgelaufen.',
  tooManyPromoCodes:
    'Zu viele Promo-Codes waren falsch. Versuch es in {minutes, plural, one {# Minute} other {# Minuten}} noch einmal.',
  promo_code_used_up: 'Für so viele Tickets reicht dieser Promo-Code nicht mehr.',
  promoUsesLeft:
    '{count, plural, =0 {Dieser Code ist aufgebraucht.} one {Dieser Code gilt nur noch für # Ticket.} other {Dieser Code gilt nur noch für # Tickets.}}',
  access_code_needed: 'Für diese Tickets brauchst du einen Code. Gib den Code ein, den du bekommen hast.',
  code_not_for_places: 'Dieser Code gilt für andere Tickets oder einen anderen Platz.',
  gift_card_unknown: 'Zu diesem Code gibt es keinen Gutschein. Prüfe ihn.',
  gift_card_empty: 'Auf diesem Gutschein ist kein Geld mehr.',
  gift_card_expired: 'Dieser Gutschein ist abgelaufen.',
  gift_card_blocked: 'Der Veranstalter hat diesen Gutschein gesperrt. Frag dort nach.',
  gift_card_other_organiser: 'Dieser Gutschein gilt bei einem anderen Veranstalter.',
  gift_card_other_currency: 'Dieser Gutschein ist in einer anderen Währung.',
  too_many_gift_card_codes: 'Zu viele falsche Codes. Versuch es in ein paar Minuten wieder.',
  code_keeps_places: 'Diese Plätze sind für den Code reserviert. Gib sie zurück, um ohne ihn weiterzumachen.',
  code_taken: 'Einige dieser Codes gibt es für diese Veranstaltung schon.',
  too_many_codes: 'Eine Veranstaltung hat höchstens 100.000 Codes. Erstelle weniger.',
  promo_code_not_for_these: 'Ein Promo-Code senkt keinen Preis, den du selbst bestimmst.',
  already_ordered: 'Die Bestellung ist schon aufgegeben; Tickets und Preis lassen sich nicht mehr ändern.',
  order_not_cancellable: 'Diese Bestellung lässt sich nicht mehr stornieren.',
  ticket_not_of_order: 'Dieses Ticket gehört nicht zu dieser Bestellung.',
  ticket_not_cancellable: 'Ein Ticket, das schon benutzt oder storniert wurde, lässt sich nicht stornieren.',
  refund_lower: 'Jetzt geht weniger zurück als vorher. Es wurde nichts storniert.',
  amount_differs:
    'Der Preis hat sich geändert. Es wurde nichts verkauft. Sieh dir den neuen Preis an und versuch es noch einmal.',
  refund_not_by_hand: 'Dieses Geld schickt der Zahlungsanbieter zurück.',
  refund_not_allowed: 'Die Rückgabe ist bei dieser Veranstaltung nicht mehr möglich.',
  order_not_refundable: 'In dieser Bestellung gibt es nichts zu erstatten oder zu stornieren.',
  order_disputed:
    'Die Bank des Käufers hat diese Zahlung angefochten. Bis zu ihrer Entscheidung kann nichts erstattet werden.',
  refund_exceeds_paid: 'Das ist mehr, als von der Zahlung übrig ist: {left}.',
  nothing_to_invoice:
    'Für diese Bestellung gibt es nichts mehr zu berechnen: Sie war kostenlos, nie bezahlt oder ganz erstattet.',
  too_many_corrections:
    'Die Adresse dieser Rechnung wurde zu oft korrigiert. Bitte den Veranstalter um Hilfe.',
  payment_not_open: 'Diese Zahlung ist schon abgeschlossen.',
  payment_provider_unavailable:
    'Der Zahlungsdienst antwortet nicht. Deine Plätze sind noch reserviert; versuch es noch einmal.',
  already_used: 'Dieses Ticket wurde schon benutzt.',
  wrong_event: 'Dieses Ticket gehört zu einer anderen Veranstaltung.',
  ticket_cancelled: 'Dieses Ticket wurde storniert.',
  wrong_gate: 'Dieses Ticket gilt nicht an diesem Kontrollpunkt.',
  not_a_ticket: 'Dieser Code ist für ein Extra. Er lässt niemanden ein.',
  wrong_ticket_type: 'Dieses Gerät darf Tickets dieser Art nicht einlassen.',
  not_today: 'Dieser Kontrollpunkt ist an diesem Tag nicht offen.',
  not_yet_paid: 'Der Veranstalter hat die Bestellung zu diesem Ticket noch nicht freigegeben.',
  ticket_disputed:
    'Die Bank des Käufers holt das Geld für dieses Ticket zurück. Die Leitung kann den Gast trotzdem einlassen.',
  already_inside: 'Der Gast mit diesem Ticket ist drinnen und wurde beim Hinausgehen nicht gescannt.',
  not_inside: 'Mit diesem Ticket ist niemand drinnen.',
  house_full: 'Es sind so viele Menschen drinnen wie erlaubt. Warte, bis jemand gegangen ist.',
  handout_used: 'Alles, was es für dieses Ticket hier gibt, wurde schon ausgegeben.',
  wrong_number:
    'Kein Ticket dieser Veranstaltung hat diese Nummer. Vergleiche sie mit dem Ticket und tipp sie noch einmal.',
  too_many_attempts: 'Hier wurden zu viele falsche Nummern getippt. Scanne den Code des Tickets, oder warte.',
  check_in_not_latest: 'Mit diesem Ticket wurde später noch etwas gescannt. Nimm das zuerst zurück.',
  check_in_undone: 'Dieser Scan zählt nicht mehr.',
  checkpoint_in_use:
    'Ein Einlass-Link scannt noch an einem Checkpoint, den du entfernen willst. Widerrufe zuerst den Link.',
  door_conflict_resolved: 'Jemand hat diesen Widerspruch schon geklärt. Lade die Liste neu.',
  ticket_held:
    'Der Veranstalter sieht sich diese Bestellung zuerst an. In der Bestellung steht, bis wann das Ticket wartet.',
  order_review_decided: 'Über diese Bestellung hat schon jemand entschieden. Lade die Liste neu.',
  two_factor_required:
    'Admins brauchen beim Anmelden einen zweiten Schritt. Schalte ihn zuerst in deinem Konto ein.',
  event_removed: 'Die Plattform hat dieses Event entfernt. Die Gründe stehen in einer Mail an das Team.',
  event_not_removed: 'Dieses Event ist nicht entfernt.',
  organisation_suspended:
    'Die Plattform hat diese Organisation gesperrt. Die Gründe stehen in einer Mail an das Team.',
  organisation_not_suspended: 'Diese Organisation ist nicht gesperrt.',
  payouts_held: 'Auszahlungen an diese Organisation sind angehalten. Beende das zuerst, oder die Sperre.',
  reports_decided: 'Über diese Meldungen hat schon jemand entschieden.',
  decision_appealed: 'Gegen diese Entscheidung gibt es schon eine Beschwerde. Jemand wird sie beantworten.',
  appeal_too_late: 'Die sechs Monate für eine Beschwerde gegen diese Entscheidung sind vorbei.',
  appeal_answered: 'Diese Beschwerde hat schon jemand beantwortet.',
  appeal_of_own_decision: 'Du hast so entschieden. Die Beschwerde muss jemand anderes beantworten.',
  appeal_made: 'Du hast zu dieser Bestellung schon geschrieben. Der Veranstalter liest es.',
  stale_code:
    'Das ist die Kopie eines wechselnden Codes, etwa ein Bildschirmfoto. Bitte den Gast, das Ticket auf dem Telefon zu öffnen.',
  paper_not_accepted: 'Dieses Ticket gilt nur mit dem wechselnden Code auf dem Telefon des Gastes.',
  codes_fixed: 'Die Codes dieser Veranstaltung wechseln nicht.',
  picture_refused:
    'Diese Datei ist kein brauchbares Bild. Nimm JPEG, PNG, WebP oder AVIF mit mindestens 600 × 300 Pixeln.',
  pictures_full:
    'Deine Organisation hat so viele Bilder gesendet, wie sie darf: 100 am Tag, 2.000 insgesamt.',
  pictures_out_of_room: 'Der Server hat keinen Platz für weitere Bilder. Sag es denen, die ihn betreiben.',
  seat_layout_changed:
    'Der Sitzplan dieser Veranstaltung wurde anders geändert. Sag zuerst, ob die Zeichnung ihn ersetzt.',
  seat_plan_changed:
    'Jemand hat eine andere Fassung dieses Saalplans gespeichert. Sieh sie dir an und übernimm sie dann.',
  plan_name_taken: 'Es gibt schon einen Saalplan mit diesem Namen. Wähle einen anderen.',
  too_many_plans: 'Die Bibliothek hat schon 50 Saalpläne. Lösche zuerst einen.',
  invalid_api_key: 'Diesen API-Schlüssel gibt es nicht, oder er wurde widerrufen. Erstelle einen neuen.',
  api_key_expired: 'Dieser API-Schlüssel oder sein altes Geheimnis ist abgelaufen. Nimm das neue.',
  missing_scope: 'Diesem API-Schlüssel fehlt das Recht dafür. Erstelle einen Schlüssel mit dem Recht.',
  too_many_api_keys: 'Diese Organisation hat 50 API-Schlüssel. Widerrufe zuerst einen.',
  api_key_ended: 'Dieser API-Schlüssel ist abgelaufen oder wurde widerrufen. Erstelle einen neuen.',
  api_key_of_another: 'Nur wer diesen API-Schlüssel erstellt hat, kann ihm ein neues Geheimnis geben.',
  webhook_url_refused:
    'An diese Adresse werden keine Webhooks gesendet. Gib eine https-Adresse im öffentlichen Internet an.',
  too_many_webhook_endpoints: 'Diese Organisation hat 20 Endpunkte für Webhooks. Lösche zuerst einen.',
  webhook_endpoint_disabled: 'Dieser Endpunkt ist aus. Schalte ihn zuerst ein.',
  pictures_busy: 'Der Server bearbeitet gerade viele Bilder. Versuch es gleich noch einmal.',
  pictures_unavailable: 'Die Bilder sind gerade nicht erreichbar. Versuch es gleich noch einmal.',
  paper_not_allowed:
    'Die Tickets dieser Veranstaltung werden auf dem Telefon gezeigt. Auf Papier gibt es keine.',
  paper_not_asked: 'Dieses Ticket wird auf dem Telefon gezeigt. Hol es zuerst auf Papier.',
  ticket_reissued: 'Dieses Ticket wurde durch ein neueres ersetzt.',
  bad_signature: 'Dieser Code ist keiner von uns.',
  unknown_ticket: 'Dieses Ticket ist nicht bekannt.',
  door_link_unknown:
    'Das ist kein Einlass-Link, oder er ist unvollständig. Scanne den QR-Code noch einmal oder bitte um einen neuen.',
  door_link_ended:
    'Dieser Einlass-Link ist beendet, deshalb darf dieses Gerät nicht mehr scannen. Bitte den Veranstalter um einen neuen Link.',
  link_full: 'Hier können sich keine weiteren Geräte anmelden.',
  link_limit:
    'Diese Veranstaltung hat schon so viele gültige Einlass-Links, wie sie haben darf. Widerrufe zuerst einen.',
  way_not_offered: 'Diese Zahlungsart gibt es für diese Plätze nicht mehr. Wähle eine andere.',
  too_many_unpaid:
    'Für diese Veranstaltung warten schon zu viele Plätze auf Geld. Wähle eine andere Zahlungsart.',
  account_missing: 'Nenne zuerst das Bankkonto deiner Organisation. Darauf zahlen die Käufer.',
  waits_for_transfer: 'Diese Bestellung wartet auf ihre Überweisung. Sie nimmt keine andere Zahlung an.',
  not_by_transfer: 'Es gibt keine solche Bestellung, die per Überweisung bezahlt wird.',
  statement_refused: 'Diese Datei ist kein Kontoauszug, den wir lesen können.',
  entry_not_assignable: 'Von dieser Überweisung ist nichts mehr übrig.',
  order_takes_no_money: 'Diese Bestellung ist schon bezahlt oder hat eine andere Währung.',
  assignment_final: 'Dieses Geld hat seine Bestellung bezahlt. Erstatte stattdessen die Bestellung.',
  answers_refused: 'Einige Antworten fehlen oder stimmen nicht. Sieh dir die markierten Felder an.',
  answers_fixed: 'Diese Antworten lassen sich nicht mehr ändern.',
  attendee_names_required: 'Der Veranstalter möchte wissen, wer kommt: Gib für jedes Ticket einen Namen an.',
  code_wrong: 'Dieser Code ist falsch oder zu alt.',
  second_step_over: 'Die Zeit für den Code ist vorbei, oder er war zu oft falsch. Melde dich noch einmal an.',
  two_factor_on: 'Der zweite Schritt ist schon eingeschaltet.',
  two_factor_off: 'Der zweite Schritt ist nicht eingeschaltet.',
  passkey_refused: 'Dieser Passkey wurde nicht angenommen.',
  sign_in_again: 'Deine Anmeldung hier ist eine Weile her. Melde dich dafür noch einmal an.',
  tickets_ahead: 'Du hast Tickets für kommende Veranstaltungen.',
  last_owner: 'Eine Organisation bliebe ohne Eigentümer. Gib zuerst jemand anderem diese Rolle.',
  owner_must_accept: 'Inhaber wird diese Person nur, wenn sie eine Einladung annimmt.',
  already_member: 'Diese Person ist schon im Team. Ändere ihre Rolle in der Liste.',
  already_invited:
    'Für diese Adresse gibt es eine offene Einladung. Sende sie noch einmal, oder zieh sie zuerst zurück.',
  invitation_declined: 'Diese Einladung wurde abgelehnt.',
  invitation_withdrawn: 'Diese Einladung wurde zurückgezogen. Bitte um eine neue.',
  invitation_expired: 'Diese Einladung ist abgelaufen. Bitte darum, sie noch einmal zu senden.',
  invitation_used: 'Diese Einladung wurde schon angenommen.',
  invitation_other_address: 'Diese Einladung ging an eine andere Adresse als die deines Kontos.',
  // Tickets that change hands
  ticket_used: 'Dieses Ticket wurde am Einlass benutzt und bleibt, wie es ist.',
  event_over: 'Diese Veranstaltung ist vorbei.',
  ticket_transferred:
    'Dieses Ticket wurde an jemand anderen weitergegeben. Nur diese Person kann es benutzen, zurückgeben oder weitergeben.',
  ticket_refunded: 'Der Preis dieses Tickets wurde erstattet.',
  transfers_off: 'Der Veranstalter erlaubt nicht, Tickets für diese Veranstaltung weiterzugeben.',
  transfers_ended: 'Die Zeit, Tickets für diese Veranstaltung weiterzugeben, ist vorbei.',
  transfer_to_oneself: 'Das ist dein eigenes Ticket. Gib es an eine andere Person weiter.',
  transfer_pending: 'Dieses Ticket ist schon jemandem angeboten. Nimm das Angebot zuerst zurück.',
  transfer_not_accepted: 'Noch hat niemand dieses Ticket angenommen.',
  transfer_accepted: 'Jemand hat dieses Ticket schon angenommen.',
  transfer_declined: 'Dieses Ticket wurde abgelehnt. Bitte noch einmal darum.',
  transfer_withdrawn: 'Der Absender hat das Angebot zurückgenommen.',
  transfer_expired:
    'Die Zeit, dieses Ticket anzunehmen, ist vorbei. Bitte den Absender, es noch einmal anzubieten.',
  not_another_date:
    'Diese Veranstaltung ist kein anderer Termin der Reihe, für die das Ticket gilt. Wähle einen der gezeigten Termine.',
  exchanges_off:
    'Der Veranstalter erlaubt keinen Umtausch von Tickets für diese Veranstaltung. Frag den Veranstalter.',
  exchanges_ended: 'Die Zeit für den Umtausch von Tickets ist vorbei. Frag den Veranstalter.',
  exchange_pending: 'Ein Umtausch dieses Tickets wartet auf die Zahlung. Bezahle oder storniere ihn zuerst.',
  exchange_same_place: 'Diesen Platz hat dein Ticket bereits. Wähle einen anderen.',
  exchange_refund_not_allowed:
    'Der neue Platz ist günstiger, und nach den Erstattungsregeln geht die Differenz nicht zurück.',
  renames_off: 'Der Veranstalter erlaubt nicht, Namen auf Tickets zu ändern. Frag den Veranstalter.',
  renames_ended: 'Die Zeit, Namen auf Tickets zu ändern, ist vorbei. Frag den Veranstalter.',
  resales_off: 'Der Veranstalter erlaubt nicht, Tickets für diese Veranstaltung weiterzuverkaufen.',
  resales_ended: 'Die Zeit, Tickets zum Weiterverkauf anzubieten, ist vorbei.',
  resale_pending: 'Dieses Ticket wird zum Weiterverkauf angeboten. Nimm es zuerst zurück.',
  resale_in_payment: 'Gerade bezahlt jemand dieses Ticket. Versuch es wieder, wenn die Zeit dafür um ist.',
  resale_too_cheap:
    'Dieses Ticket hat weniger gekostet, als man mit einer Karte zahlen kann. Deshalb könnte es niemand kaufen.',
  places_fixed:
    'Diese Tickets kommen von anderen zu dem Preis, den sie bezahlt haben. Daran lässt sich nichts ändern.',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
