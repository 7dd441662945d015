/** The types of accounts that an organiser sees. docs/money.md says what each is for. */
export const accountTypes = [
  'organiser',
  'tax',
  'fee',
  'platform_tax',
  'buyer',
  'refunds',
  'dispute',
  'dispute_fee',
  'other',
  'payout',
  'till',
  'provider',
] as const;
export type AccountType = (typeof accountTypes)[number];
