/** The refusals of a team's desk: pictures, exports, their schedules, saved lists, and payouts. */
export const deskErrors = {
  already_published: { status: 409, retryable: false, title: 'This event is already published.' },
  event_on_sale: {
    status: 409,
    retryable: false,
    title: 'This event is published and not over yet. Unpublish it before you archive it.',
  },
  event_not_deletable: {
    status: 409,
    retryable: false,
    title: 'This event was published, so people may have its address or its tickets. Archive it instead.',
  },
  date_rule_refused: {
    status: 422,
    retryable: false,
    title: 'Admit cannot make dates by this rule.',
  },
  too_many_dates: {
    status: 422,
    retryable: false,
    title: 'These are more dates than can be made at once. Let the rule end earlier.',
  },
  preview_limit: {
    status: 409,
    retryable: false,
    title: 'This event has as many valid preview links as it may have. Revoke one first.',
  },
  picture_refused: {
    status: 422,
    retryable: false,
    title:
      'This file is no picture that can be used. Take a JPEG, PNG, WebP or AVIF of at least 600 × 300 pixels.',
  },
  pictures_full: {
    status: 409,
    retryable: false,
    title: 'Your organisation has sent as many pictures as it may: 100 a day, and 2,000 in all.',
  },
  pictures_out_of_room: {
    status: 503,
    retryable: false,
    title: 'The server has no room for more pictures. Tell the people who run it.',
  },
  pictures_busy: {
    status: 503,
    retryable: true,
    title: 'The server is working on as many pictures as it can. Try again in a moment.',
  },
  code_taken: {
    status: 409,
    retryable: false,
    title: 'This event has some of these codes already.',
  },
  pictures_unavailable: {
    status: 503,
    retryable: true,
    title: 'The pictures cannot be reached right now. Try again in a moment.',
  },
  exports_busy: {
    status: 429,
    retryable: true,
    title: 'Your team is running two exports already. Wait until one of them has ended, then try again.',
  },
  view_name_taken: {
    status: 409,
    retryable: false,
    title: 'There is already a saved list with this name. Choose another name.',
  },
  too_many_views: {
    status: 409,
    retryable: false,
    title: 'There are 50 saved lists already. Delete one first.',
  },
  too_many_export_schedules: {
    status: 409,
    retryable: false,
    title: 'This event has 20 scheduled exports already. Delete one first.',
  },
  export_recipient_refused: {
    status: 422,
    retryable: false,
    title: 'Only members of the team who may download exports of this event can get them.',
  },
  exports_over: {
    status: 409,
    retryable: false,
    title: 'The event is over for too long. Download its exports instead.',
  },
  seat_layout_changed: {
    status: 409,
    retryable: false,
    title:
      'The seat map of this event was changed in another way. Say first whether the drawing replaces it.',
  },
  seat_plan_changed: {
    status: 409,
    retryable: false,
    title: 'Somebody has saved another version of this seat plan. Look at it, then apply it again.',
  },
  plan_name_taken: {
    status: 409,
    retryable: false,
    title: 'There is already a seat plan with this name. Choose another name.',
  },
  too_many_plans: {
    status: 409,
    retryable: false,
    title: 'The library has 50 seat plans already. Delete one first.',
  },
  order_review_decided: {
    status: 409,
    retryable: false,
    title: 'Somebody has already decided about this order.',
  },
  appeal_made: {
    status: 409,
    retryable: false,
    title: 'You have already written about this order. The organiser reads it.',
  },
  payout_changed: {
    status: 409,
    retryable: false,
    title: 'Another amount is due now. Load the list again and compare it with what you have paid.',
  },
  payout_account_not_ready: {
    status: 409,
    retryable: false,
    title: 'This organisation has no account that gets transfers. Pay by hand, or ask it to connect one.',
  },
  payouts_by_hand_only: {
    status: 409,
    retryable: false,
    title: 'This platform pays organisers by hand. There is no account to connect.',
  },
  payout_reference_used: {
    status: 409,
    retryable: false,
    title: 'This organisation has a payout of another amount with this reference. Give another reference.',
  },
} as const satisfies Record<string, { status: number; retryable: boolean; title: string }>;
