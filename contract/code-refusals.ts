import { giftCardErrors } from './gift-card-errors.ts';

/** The refusals of promo codes, vouchers and gift cards, and of what only a code opens. */
export const codeRefusals = {
  ...giftCardErrors,
  unknown_promo_code: { status: 422, retryable: false, title: 'This event has no such promo code.' },
  too_many_promo_codes: {
    status: 429,
    retryable: true,
    title: 'You entered too many wrong promo codes. Try again in a few minutes.',
  },
  promo_code_ended: { status: 409, retryable: false, title: 'This promo code has expired.' },
  promo_code_used_up: {
    status: 409,
    retryable: true,
    title: 'This promo code does not have enough uses left.',
  },
  access_code_needed: {
    status: 409,
    retryable: false,
    title: 'These tickets need a code. Enter the code that you were given.',
  },
  code_not_for_places: {
    status: 409,
    retryable: false,
    title: 'This code is for other tickets or another seat.',
  },
  code_keeps_places: {
    status: 409,
    retryable: false,
    title: 'These places are kept for the code. Give them back to go on without the code.',
  },
} as const;
