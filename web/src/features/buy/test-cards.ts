/** The cards of the sandbox, with the key of what each does. */
export const testCards = [
  ['4242 4242 4242 4242', 'cardGood'],
  ['5555 5555 5555 4444', 'cardOwn'],
  ['4000 0000 0000 0002', 'cardDeclined'],
  ['4000 0025 0000 3155', 'cardSecure'],
  ['4000 0000 0000 3220', 'cardTwice'],
  ['4000 0000 0000 0259', 'cardLate'],
  ['4100 0000 0000 0019', 'cardBlocked'],
] as const;

/** These cards pay, and their bank acts afterwards (docs/disputes.md). Few people need them, so the form folds them away. */
export const bankCards = [
  ['4000 0000 0000 2685', 'cardDisputeLost'],
  ['4000 0000 0000 2693', 'cardDisputeWon'],
  ['4000 0000 0000 1976', 'cardInquiry'],
  ['4000 0000 0000 5423', 'cardFraudWarning'],
] as const;
