/** The refusals about messages; part of the table in errors.ts. */
export const messageErrors = {
  push_endpoint_refused: { status: 422, retryable: false, title: 'This is no address of a push service.' },
  message_not_optional: { status: 422, retryable: false, title: 'This message cannot be switched off.' },
  message_not_failed: { status: 409, retryable: false, title: 'Only a failed message can be sent again.' },
  unknown_zone: { status: 422, retryable: false, title: 'This event sells no such zone.' },
  broadcast_without_recipients: {
    status: 409,
    retryable: false,
    title: 'Nobody with a ticket matches this choice, so there is nobody to write to.',
  },
  broadcast_time_over: {
    status: 422,
    retryable: false,
    title: 'This message cannot be sent at that time.',
  },
  broadcast_started: {
    status: 409,
    retryable: false,
    title: 'This message is being sent or was sent, so it cannot be withdrawn.',
  },
} as const;
