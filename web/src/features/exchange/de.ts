import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const de = {
  title: 'Ticket umtauschen',
  back: 'Zum Ticket',
  now: 'Dein Ticket jetzt',
  paid: 'Dafür bezahlt',
  until: 'Du kannst es bis {until} ändern.',
  date: 'Termin',
  yourDate: 'dein Termin',
  types: 'Ticketart',
  seat: 'Platz',
  seatView: 'Plätze dieser Veranstaltung',
  nothing: 'Es gibt nichts anderes zur Auswahl.',
  yours: 'Deine Ticketart',
  free: 'kein Unterschied',
  pay: '{amount} zu zahlen',
  goesBack: '{amount} zurück',
  soldOut: 'Ausverkauft',
  refusedStart: 'Noch nicht im Verkauf',
  refusedEnd: 'Nicht mehr im Verkauf',
  refusedBack: 'Nach den Bedingungen gehen jetzt höchstens {amount} zurück',
  keepSeat: 'Du behältst deinen Platz: {seat}.',
  newSeat: 'Neuer Platz: {seat}.',
  chooseSeat: 'Wähle einen Platz auf dem Plan oder in der Liste.',
  seatTaken: 'Jemand anderes hat gerade {seat} genommen. Wähle einen anderen Platz.',
  choose: 'Wähle zuerst einen Termin, eine Ticketart oder einen Platz.',
  sumPay: 'Du zahlst {amount}. Dein Ticket bleibt gültig, bis die Zahlung da ist.',
  sumBack: '{amount} gehen an die Person zurück, die bezahlt hat. Dein alter Code ist sofort ungültig.',
  sumFree: 'Du zahlst nichts. Dein alter Code ist sofort ungültig.',
  doPay: 'Ändern und {amount} zahlen',
  do: 'Ticket ändern',
  pendingTitle: 'Eine Änderung dieses Tickets ist noch nicht bezahlt',
  pendingText: 'Bezahle sie oder brich sie ab, bevor du etwas anderes wählst.',
  toPending: 'Zur Zahlung',
  teamTitle: 'Ein Ticket umtauschen',
  teamToOrder: 'Zur Bestellung',
  teamNow: 'Das Ticket jetzt',
  teamDate: 'der jetzige Termin',
  teamType: 'Die jetzige Ticketart',
  teamFree: 'nichts zu zahlen',
  teamKeepSeat: 'Der Platz bleibt: {seat}.',
  teamSumBack:
    '{amount} gehen an die Person zurück, die bezahlt hat. Das neue Ticket kommt per Mail, und der alte Code ist sofort ungültig.',
  teamSumFree:
    'Niemand zahlt etwas oder bekommt etwas zurück. Das neue Ticket kommt per Mail, und der alte Code ist sofort ungültig.',
  teamPendingText:
    'Wer das Ticket hat, hat eine Änderung begonnen und noch nicht bezahlt. Sie endet von selbst, wenn keine Zahlung kommt.',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
