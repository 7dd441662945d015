/**
 * What may be spent at once, and in how many seconds all of it comes back, evenly: with 60 in 600 seconds one
 * comes back every ten seconds. So no window of that length ever gives more than twice as much.
 */
export interface Budget {
  max: number;
  seconds: number;
}

/** What a promo code costs that the event does not have, and what one costs that it has. */
export const promoCodeCost = { wrong: 10, right: 1 };

/**
 * Budgets that several operations or several calls share, beside the rate limit of each operation. docs/limits.md
 * says what each is for and why it has these numbers.
 */
export const budgets = {
  /** Ten wrong codes, then one a minute. */
  promoCodesPerAccount: { max: 100, seconds: 600 },
  /** Sixty wrong codes for all who share an address, then one every ten seconds. */
  promoCodesPerNetwork: { max: 600, seconds: 600 },
  /** 300 wrong codes for an event, then 30 a minute. Right ones cost it nothing. */
  promoCodesPerEvent: { max: 3000, seconds: 600 },
  /** About free orders, to an address that the buyer has not proved. */
  orderMailsPerRecipient: { max: 10, seconds: 86_400 },
  /** Links to confirm an address or to choose a new password: six, then one every two hours. */
  linkMailsPerRecipient: { max: 6, seconds: 43_200 },
  /** Of new sign-ins. */
  noticeMailsPerRecipient: { max: 10, seconds: 86_400 },
} as const satisfies Record<string, Budget>;

export type BudgetName = keyof typeof budgets;
