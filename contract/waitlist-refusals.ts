/** The refusals about places that are sold out, and of waiting for them: a part of errorTable (errors.ts). */
export const waitlistRefusals = {
  sold_out: { status: 409, retryable: true, title: 'There are not enough places left.' },
  accessible_taken: {
    status: 409,
    retryable: true,
    title: 'There are not enough free wheelchair places with seats for companions beside them.',
  },
  waitlist_off: { status: 409, retryable: false, title: 'This event has no waitlist.' },
  offer_link_invalid: {
    status: 404,
    retryable: false,
    title: 'This offer is over, or its link is not complete.',
  },
  places_available: {
    status: 409,
    retryable: false,
    title: 'Places are on sale now, so there is no need to wait. Choose them on the event page.',
  },
  already_waiting: {
    status: 409,
    retryable: false,
    title:
      'You wait for this ticket type already. Leave the waitlist first if you need another number of places.',
  },
  party_too_large: {
    status: 409,
    retryable: false,
    title: 'There are never so many places. Wait for fewer.',
  },
  waitlist_network_limit: {
    status: 409,
    retryable: true,
    title: 'Too many places are waited for from your network. Wait for fewer, or use another connection.',
  },
} as const;
