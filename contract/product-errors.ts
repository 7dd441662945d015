/** The refusals about extras and codes; part of the table in errors.ts. */
export const productErrors = {
  ticket_needed: {
    status: 409,
    retryable: false,
    title: 'This extra is only for people with a ticket for the event. Choose a ticket too.',
  },
  extra_limit_reached: {
    status: 409,
    retryable: false,
    title: 'This is more of this extra than one buyer may have.',
  },
  too_many_codes: {
    status: 409,
    retryable: false,
    title: 'This is more codes than one event may have.',
  },
  not_a_ticket: {
    status: 409,
    retryable: false,
    title: 'This code is for an extra and admits nobody. Hand the extra out instead.',
  },
} as const;
