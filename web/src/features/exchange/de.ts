import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const de = {
  title: 'Platz oder Ticketart ändern',
  back: 'Zum Ticket',
  now: 'Dein Ticket jetzt',
  paid: 'Dafür bezahlt',
  until: 'Du kannst es bis {until} ändern.',
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
  choose: 'Wähle zuerst eine Ticketart oder einen Platz.',
  sumPay: 'Du zahlst {amount}. Dein Ticket bleibt gültig, bis die Zahlung da ist.',
  sumBack: '{amount} gehen an die Person zurück, die bezahlt hat. Dein alter Code ist sofort ungültig.',
  sumFree: 'Du zahlst nichts. Dein alter Code ist sofort ungültig.',
  doPay: 'Ändern und {amount} zahlen',
  do: 'Ticket ändern',
  pendingTitle: 'Eine Änderung dieses Tickets ist noch nicht bezahlt',
  pendingText: 'Bezahle sie oder brich sie ab, bevor du etwas anderes wählst.',
  toPending: 'Zur Zahlung',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
