/** The refusals of passes for several dates (docs/passes.md). */
export const passErrors = {
  pass_date_full: {
    status: 409,
    retryable: true,
    title: 'A date has too few free places for this pass. Nothing was changed.',
  },
  pass_date_unfit: {
    status: 422,
    retryable: false,
    title:
      'A pass opens dates of the same organisation and currency that are not over, with places that have no numbers.',
  },
  pass_changing: {
    status: 409,
    retryable: true,
    title: 'Somebody else is changing the places of this pass. Try again in a moment.',
  },
  pass_places: {
    status: 409,
    retryable: false,
    title: 'This event is a pass. Change its places on the page of the pass, so that its dates keep them.',
  },
  ticket_of_pass: {
    status: 409,
    retryable: false,
    title: 'This ticket belongs to a pass and goes with it. Pass on, cancel or exchange the pass itself.',
  },
} as const;
