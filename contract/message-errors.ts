/** The refusals about messages; part of the table in errors.ts. */
export const messageErrors = {
  push_endpoint_refused: { status: 422, retryable: false, title: 'This is no address of a push service.' },
  sms_off: { status: 409, retryable: false, title: 'This site sends no SMS.' },
  sms_unavailable: {
    status: 503,
    retryable: true,
    title: 'No SMS can be sent at the moment. Try again later.',
  },
  phone_number_refused: { status: 422, retryable: false, title: 'This number cannot get SMS.' },
  phone_number_stopped: {
    status: 409,
    retryable: false,
    title: 'This number has answered STOP. Send START from it to the number that the SMS came from.',
  },
  sms_code_wrong: { status: 422, retryable: false, title: 'This is not the code from the SMS.' },
  sms_code_ended: {
    status: 409,
    retryable: false,
    title: 'This code is no longer valid. Ask for a new one.',
  },
  message_not_optional: { status: 422, retryable: false, title: 'This message cannot be switched off.' },
  message_not_failed: { status: 409, retryable: false, title: 'Only a failed message can be sent again.' },
  unknown_zone: { status: 422, retryable: false, title: 'This event sells no such zone.' },
  unknown_question: { status: 422, retryable: false, title: 'This event has never asked such a question.' },
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
