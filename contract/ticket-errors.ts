/** The refusals about tickets, the door and tickets that change hands; part of the table in errors.ts. */
export const ticketErrors = {
  // Questions to buyers
  answers_refused: { status: 422, retryable: false, title: 'Some answers are missing or wrong.' },
  answers_fixed: { status: 409, retryable: false, title: 'These answers can no longer be changed.' },
  // Tickets and the door
  already_used: { status: 409, retryable: false, title: 'This ticket has already been used.' },
  wrong_event: { status: 409, retryable: false, title: 'This ticket is for another event.' },
  ticket_cancelled: { status: 409, retryable: false, title: 'This ticket was cancelled.' },
  ticket_reissued: { status: 409, retryable: false, title: 'This ticket was replaced by a newer one.' },
  bad_signature: { status: 409, retryable: false, title: 'This code is not a ticket of this shop.' },
  stale_code: {
    status: 409,
    retryable: false,
    title: 'This is a copy of a code that turns. Ask the guest to open the ticket on their phone.',
  },
  paper_not_accepted: {
    status: 409,
    retryable: false,
    title: 'This ticket is valid only with the code that turns, on the guest’s phone.',
  },
  unknown_ticket: { status: 409, retryable: false, title: 'This ticket does not exist.' },
  wrong_gate: {
    status: 409,
    retryable: false,
    title: 'This ticket is not for this checkpoint. Send the guest to the one that the ticket names.',
  },
  wrong_ticket_type: {
    status: 409,
    retryable: false,
    title: 'This device may not admit tickets of this type. Send the guest to another gate.',
  },
  not_today: { status: 409, retryable: false, title: 'This checkpoint is not open on this day.' },
  not_yet_paid: {
    status: 409,
    retryable: true,
    title: 'The organiser has not released the order of this ticket yet.',
  },
  ticket_disputed: {
    status: 409,
    retryable: false,
    title: 'The bank of the buyer takes the money for this ticket back. A manager may admit it all the same.',
  },
  already_inside: {
    status: 409,
    retryable: false,
    title: 'The guest with this ticket is inside and was not scanned on the way out.',
  },
  not_inside: { status: 409, retryable: false, title: 'Nobody is inside with this ticket.' },
  house_full: {
    status: 409,
    retryable: true,
    title: 'As many people are inside as may be. Wait until somebody has left.',
  },
  handout_used: {
    status: 409,
    retryable: false,
    title: 'Everything that this ticket gets here was handed out already.',
  },
  wrong_number: {
    status: 409,
    retryable: false,
    title: 'No ticket of this event has this number. Compare it with the ticket and type it again.',
  },
  too_many_attempts: {
    status: 429,
    retryable: true,
    title: 'Too many wrong numbers were typed here. Scan the code of the ticket, or wait.',
  },
  check_in_not_latest: {
    status: 409,
    retryable: false,
    title: 'Something was scanned with this ticket later. Undo that first.',
  },
  check_in_undone: { status: 409, retryable: false, title: 'This scan does not count any more.' },
  checkpoint_in_use: {
    status: 409,
    retryable: false,
    title: 'A valid door link scans at a checkpoint that you remove. Revoke the link first.',
  },
  door_conflict_resolved: {
    status: 409,
    retryable: false,
    title: 'Somebody has already resolved this conflict.',
  },
  ticket_held: {
    status: 409,
    retryable: false,
    title: 'The organiser looks at this order first. The order says until when the ticket waits.',
  },
  ticket_used: {
    status: 409,
    retryable: false,
    title: 'This ticket was used at the door, so it stays as it is.',
  },
  event_over: { status: 409, retryable: false, title: 'This event is over.' },
  ticket_not_admissible: {
    status: 409,
    retryable: false,
    title: 'A ticket has no code after it was cancelled or while its order is looked at.',
  },
  // Gates by link
  door_link_unknown: {
    status: 404,
    retryable: false,
    title: 'This is no door link, or not the whole of it. Scan its QR code again, or ask for a new one.',
  },
  door_link_ended: {
    status: 401,
    retryable: false,
    title:
      'This door link has ended, so this device may not scan any more. Ask the organiser for a new link.',
  },
  link_full: {
    status: 409,
    retryable: false,
    title: 'No more devices can be registered here.',
  },
  link_limit: {
    status: 409,
    retryable: false,
    title: 'This event has as many valid door links as it may have. Revoke one first.',
  },
  codes_fixed: { status: 409, retryable: false, title: 'The codes of this event do not turn.' },
  paper_not_allowed: {
    status: 409,
    retryable: false,
    title: 'The tickets of this event are shown on a phone. There is none on paper.',
  },
  paper_not_asked: {
    status: 409,
    retryable: false,
    title: 'This ticket is shown on a phone. Ask for it on paper first.',
  },
  // Passes in wallets
  passes_off: { status: 409, retryable: false, title: 'This site makes no passes for this wallet.' },
  google_wallet_unavailable: {
    status: 503,
    retryable: true,
    title: 'Google Wallet does not answer. Try again in a moment.',
  },
  pass_token_wrong: {
    status: 401,
    retryable: false,
    title: 'There is no such pass with this authentication token.',
  },
  pass_devices_full: {
    status: 409,
    retryable: false,
    title: 'This pass is on as many devices as it may be.',
  },
  // Changing hands
  ticket_transferred: {
    status: 409,
    retryable: false,
    title: 'This ticket was passed on to somebody else. Only they can use, return or pass it on.',
  },
  ticket_refunded: {
    status: 409,
    retryable: false,
    title: 'The price of this ticket was refunded.',
  },
  transfers_off: {
    status: 409,
    retryable: false,
    title: 'The organiser does not allow tickets for this event to be passed on.',
  },
  transfers_ended: {
    status: 409,
    retryable: false,
    title: 'The time to pass on tickets for this event is over.',
  },
  transfer_to_oneself: {
    status: 409,
    retryable: false,
    title: 'This is your own ticket. Pass it on to another person.',
  },
  transfer_pending: {
    status: 409,
    retryable: false,
    title: 'This ticket is already offered to somebody. Withdraw that offer first.',
  },
  transfer_not_accepted: {
    status: 409,
    retryable: false,
    title: 'Nobody has accepted this ticket yet. Accept it first.',
  },
  transfer_accepted: { status: 409, retryable: false, title: 'Somebody has already accepted this ticket.' },
  transfer_declined: { status: 409, retryable: false, title: 'This ticket was declined. Ask for it again.' },
  transfer_withdrawn: { status: 409, retryable: false, title: 'The sender has taken this offer back.' },
  transfer_expired: {
    status: 409,
    retryable: false,
    title: 'The time to accept this ticket is over. Ask the sender to offer it again.',
  },
  renames_off: {
    status: 409,
    retryable: false,
    title: 'The organiser does not allow the names on tickets to be changed. Ask the organiser.',
  },
  renames_ended: {
    status: 409,
    retryable: false,
    title: 'The time to change the names on tickets is over. Ask the organiser.',
  },
  not_another_date: {
    status: 409,
    retryable: false,
    title:
      'This event is not another date of the run that the ticket is for. Choose a date that the quote names.',
  },
  exchanges_off: {
    status: 409,
    retryable: false,
    title: 'The organiser does not allow tickets for this event to be exchanged. Ask the organiser.',
  },
  exchanges_ended: {
    status: 409,
    retryable: false,
    title: 'The time to exchange tickets for this event is over. Ask the organiser.',
  },
  exchange_pending: {
    status: 409,
    retryable: false,
    title: 'An exchange of this ticket waits for its payment. Pay for it, or cancel it first.',
  },
  exchange_same_place: {
    status: 409,
    retryable: false,
    title: 'This is the place that the ticket has already. Choose another one.',
  },
  exchange_refund_not_allowed: {
    status: 409,
    retryable: false,
    title: 'The new place is cheaper, and the refund policy does not give the difference back.',
  },
  // Resale
  resales_off: {
    status: 409,
    retryable: false,
    title: 'The organiser does not allow tickets for this event to be resold.',
  },
  resales_ended: {
    status: 409,
    retryable: false,
    title: 'The time to offer tickets for this event for resale is over.',
  },
  resale_pending: {
    status: 409,
    retryable: false,
    title: 'This ticket is offered for resale. Withdraw that offer first.',
  },
  resale_in_payment: {
    status: 409,
    retryable: true,
    title: 'Somebody is paying for this ticket now. Try again when their time to pay is over.',
  },
  resale_too_cheap: {
    status: 409,
    retryable: false,
    title: 'A card cannot pay the small amount that this ticket cost, so nobody could buy it.',
  },
  places_fixed: {
    status: 409,
    retryable: false,
    title:
      'These are tickets of other people at the price that they paid, so places and price cannot be changed.',
  },
  amount_differs: {
    status: 409,
    retryable: false,
    title: 'The tickets have another price than the amount that was taken. Nothing was sold.',
  },
  refund_not_by_hand: {
    status: 409,
    retryable: false,
    title: 'The payment provider sends this refund, so nobody gives it back by hand.',
  },
} as const;
