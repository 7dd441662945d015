/** Refusals of gift cards. Part of `codeRefusals` (code-refusals.ts). */
export const giftCardErrors = {
  gift_card_unknown: {
    status: 422,
    retryable: false,
    title: 'There is no gift card with this code. Check the code.',
  },
  gift_card_empty: { status: 409, retryable: false, title: 'This gift card has no money left.' },
  gift_card_expired: { status: 409, retryable: false, title: 'This gift card has expired.' },
  gift_card_blocked: {
    status: 409,
    retryable: false,
    title: 'The organiser has blocked this gift card. Ask the organiser.',
  },
  gift_card_other_organiser: {
    status: 409,
    retryable: false,
    title: 'This gift card is for events of another organiser.',
  },
  gift_card_other_currency: {
    status: 409,
    retryable: false,
    title: 'This gift card is in another currency than these tickets.',
  },
  too_many_gift_card_codes: {
    status: 429,
    retryable: true,
    title: 'You entered too many wrong codes of gift cards. Try again in a few minutes.',
  },
} as const;
