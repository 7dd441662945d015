import { transferAskedLetter, transferLapsedLetter, transferReminderLetter } from '../bank-letters.ts';
import type { OrderMatter } from '../order-letters.ts';

const awaited = {
  account: { holder: 'Kulturverein Kesselhaus e.V.', iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' },
  reference: 'RF18N2M6QHJDEF01',
  amountMinor: 12_000,
  receivedMinor: 0,
  currency: 'EUR' as const,
  payUntil: new Date('2027-02-20T18:00:00Z'),
};

/** The mails of an order that is paid by bank transfer. */
export const bankLetters = (matter: OrderMatter) => ({
  'transfer-asked': [transferAskedLetter(matter, awaited)],
  'transfer-reminder': [transferReminderLetter(matter, awaited)],
  'transfer-lapsed': [transferLapsedLetter(matter)],
});
