import type { BankAccount } from '../../../contract/pay-way-fields.ts';

interface Wanted {
  account: BankAccount;
  amountMinor: number;
  reference: string;
}

/**
 * The text of an EPC QR code (EPC069-12, version 002), which banking apps in Europe read as a transfer with all its fields filled
 * in. Only for euros.
 */
export const epcText = ({ account, amountMinor, reference }: Wanted): string =>
  [
    'BCD',
    '002',
    // UTF-8.
    '1',
    'SCT',
    account.bic ?? '',
    account.holder,
    account.iban,
    `EUR${(amountMinor / 100).toFixed(2)}`,
    '',
    // The reference of ISO 11649 has a field of its own. The field of free text after it stays empty.
    reference,
    '',
  ]
    .join('\n')
    .trimEnd();
