import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const de = {
  statement: 'Auszahlungsbeleg',
  organiser: 'Veranstalter',
  platform: 'Plattform',
  paidAt: 'Bezahlt am',
  reference: 'Verwendungszweck',
  earned: 'Verdient',
  inTill: 'In der eigenen Kasse',
  paidBefore: 'Zuvor ausgezahlt',
  amount: 'In dieser Auszahlung',
  sales: 'Verkäufe',
  refunds: 'Erstattungen',
  disputes: 'Rückbuchungen',
  fees: 'Buchungsgebühren',
  paidOut: 'Ausgezahlt',
  balances:
    'Die Summen jeder Veranstaltung sind die ihrer Bücher bis zu dieser Auszahlung. Verdientes enthält die Steuer auf Tickets, die der Veranstalter dem Finanzamt schuldet. Ein Betrag unter null verrechnet, was der Veranstalter für diese Veranstaltung schuldete.',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
