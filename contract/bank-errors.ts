/** The refusals about ways to pay later, bank transfers and statements of accounts. */
export const bankErrors = {
  way_not_offered: {
    status: 409,
    retryable: false,
    title: 'This way to pay is not offered for these places. Choose another one.',
  },
  too_many_unpaid: {
    status: 409,
    retryable: true,
    title: 'Too many places of this event wait for money already. Choose another way to pay.',
  },
  account_missing: {
    status: 422,
    retryable: false,
    title: 'Buyers cannot pay by bank transfer before the organisation has named its account.',
  },
  waits_for_transfer: {
    status: 409,
    retryable: false,
    title: 'This order waits for its bank transfer, and takes no other payment.',
  },
  not_by_transfer: { status: 409, retryable: false, title: 'This order is not paid by bank transfer.' },
  statement_refused: {
    status: 422,
    retryable: false,
    title: 'This file is no statement of an account that Admit can read.',
  },
  entry_not_assignable: {
    status: 409,
    retryable: false,
    title: 'Nothing is left of this entry that could be assigned.',
  },
  order_takes_no_money: {
    status: 409,
    retryable: false,
    title: 'This order is paid, or costs another currency than this entry has.',
  },
  assignment_final: {
    status: 409,
    retryable: false,
    title: 'This money has paid its order. Refund the order instead.',
  },
} as const;
