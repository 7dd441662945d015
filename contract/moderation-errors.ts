/** The refusals about events and organisations that the platform has looked at. */
export const moderationErrors = {
  two_factor_required: {
    status: 403,
    retryable: false,
    title: 'Admins need a second step to sign in. Switch it on in your account first.',
  },
  event_removed: {
    status: 409,
    retryable: false,
    title: 'The platform has removed this event. The reasons were mailed to the team.',
  },
  event_not_removed: { status: 409, retryable: false, title: 'This event is not removed.' },
  organisation_suspended: {
    status: 409,
    retryable: false,
    title: 'The platform has suspended this organisation. The reasons were mailed to the team.',
  },
  organisation_not_suspended: { status: 409, retryable: false, title: 'This organisation is not suspended.' },
  payouts_held: {
    status: 409,
    retryable: false,
    title: 'Payouts to this organisation are held. End the hold or the suspension first.',
  },
  reports_decided: {
    status: 409,
    retryable: false,
    title: 'Somebody has decided about these reports already.',
  },
  decision_appealed: {
    status: 409,
    retryable: false,
    title: 'There is an appeal against this decision already. Somebody will answer it.',
  },
  appeal_too_late: {
    status: 409,
    retryable: false,
    title: 'The six months in which this decision could be appealed against are over.',
  },
  appeal_answered: { status: 409, retryable: false, title: 'Somebody has answered this appeal already.' },
  appeal_of_own_decision: {
    status: 403,
    retryable: false,
    title: 'You made this decision, so another admin must answer the appeal.',
  },
} as const;
