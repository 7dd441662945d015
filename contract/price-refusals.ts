/** Why a price or a number of tickets is refused (docs/prices.md). A part of the table in errors.ts. */
export const priceRefusals = {
  too_few_tickets: {
    status: 409,
    retryable: false,
    title: 'These tickets are sold in larger numbers only.',
  },
  price_too_low: { status: 409, retryable: false, title: 'These tickets cost more than this.' },
  promo_code_not_for_these: {
    status: 409,
    retryable: false,
    title: 'A promo code does not reduce a price that you choose yourself.',
  },
} as const;
