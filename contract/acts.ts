/**
 * Every act that the audit log records, and what its entry says. An operation declares the acts that it may record
 * (`acts` in operation.ts). A test performs each such operation and looks for the entry.
 */
const acts = {
  'organisation.created': 'A person opened an organisation and became its owner.',
  'organisation.record_keeping_changed':
    'An owner changed how long names of buyers are kept, or the country of the books.',
  'organisation.page_changed':
    'A member of the team changed the public page, the logo or the color of the organisation, or which sites may show its widget.',
  'organisation.seller_changed':
    'A member of the team changed the legal name, address or VAT id on receipts and invoices.',
  'invitation.sent': 'An owner invited an e-mail address. The entry shows the address masked.',
  'invitation.sent_again': 'An owner sent an invitation again.',
  'invitation.withdrawn': 'An owner withdrew an invitation.',
  'invitation.declined': 'Somebody with the mail declined an invitation.',
  'member.joined': 'A person accepted an invitation and joined the team, or got more rights.',
  'member.role_changed': 'An owner changed the role of a member, or the events that it counts for.',
  'member.removed': 'An owner removed a member.',
  'member.left': 'A member deleted their account and so left the team.',
  'event.created': 'A member of the team created an event.',
  'event.changed':
    'A member of the team changed an event: its fields, ticket types, prices, capacities, promo codes or seat layout.',
  'event.questions_changed':
    'A member of the team changed what an event asks of its buyers, or the terms that they accept. The entry shows the questions.',
  'seat_plan.saved':
    'A member of the team put a seat plan into the library, or saved a new version. The entry shows its name and how many seats it has.',
  'seat_plan.deleted': 'A member of the team deleted a seat plan of the library.',
  'event.online_changed':
    'A member of the team changed how people attend an event, or the link for those who attend online. The entry does not show the link.',
  'event.published': 'A member of the team published an event, or the time came that they had chosen.',
  'event.unpublished': 'A member of the team made a published event a draft again.',
  'event.publication_scheduled':
    'A member of the team chose when a draft is published by itself. The entry shows the time.',
  'event.publication_unscheduled':
    'A member of the team cancelled such a publication, or archived the draft.',
  'event.publication_failed':
    'The time for a publication came, and the draft lacked something. The entry says what.',
  'event.taken_off_sale': 'A member of the team stopped the sale of an event. Its page and tickets stay.',
  'event.put_on_sale': 'A member of the team put such an event on sale again.',
  'event.copied': 'A member of the team made a draft like another event. The entry is about the draft.',
  'event.archived': 'A member of the team archived an event.',
  'event.unarchived': 'A member of the team took an event out of the archive.',
  'event.deleted': 'A member of the team deleted a draft. The entry shows what it was.',
  'preview_link.made':
    'A member of the team made a link that shows an event before it is published. The entry never shows its secret.',
  'preview_link.revoked': 'A member of the team revoked such a link.',
  'places.blocked':
    'A member of the team took places off sale. The entry shows how many, and what the block is for.',
  'places.unblocked': 'A member of the team put blocked places back on sale.',
  'pass.places_changed':
    'A member of the team changed how many passes there are, and so how many places the dates keep for them.',
  'codes.made':
    'A member of the team made codes for an event in bulk. The entry shows how many and their tag, and no codes.',
  'codes.changed':
    'A member of the team revoked codes of an event, or gave them another end, other uses or another budget. The entry shows how many.',
  'ways_to_pay.changed':
    'A member of the team changed how buyers may pay, or the bank account. The entry shows the account masked.',
  'bank_statement.imported':
    'A member of the team imported a statement of the bank account. The entry shows the name of the file and how many entries it has.',
  'bank_entry.assigned':
    'A member of the team said which order a bank transfer is for. The entry shows the amount.',
  'bank_entry.unassigned': 'A member of the team took back which order a bank transfer is for.',
  'bank_entry.to_send_back':
    'A member of the team decided that a bank transfer goes back. The entry shows the amount.',
  'bank_return.sent':
    'A member of the team said that money was sent back by bank transfer. The entry shows the amount.',
  'gift_cards.issued':
    'A member of the team issued gift cards. The entry shows how many, for how much, why, and until when, and no codes.',
  'gift_card.blocked': 'A member of the team blocked a gift card, or ended its block.',
  'gift_cards.exported': 'A member of the team downloaded the gift cards. The entry shows the format.',
  'order.issued':
    'A member of the team issued complimentary tickets. The entry shows how many. The order’s note says why.',
  'order.imported':
    'A member of the team imported an order that was bought elsewhere. The entry shows how many tickets it has.',
  'order.sold_at_door':
    'A member of the team sold tickets for cash or with a card reader. The entry shows how many, for how much, and how it was paid.',
  'refund.handed_over':
    'A member of the team gave the money of a refund back by hand. The entry shows the amount.',
  'event.exported':
    'A member of the team downloaded attendees, orders, payments, check-ins, answers or taxes of an event. The entry shows the table and the format, and the file if it was made on schedule.',
  'export_schedule.saved':
    'A member of the team scheduled an export of an event by mail, or changed a scheduled one. The entry shows table, format, rhythm and who gets it.',
  'export_schedule.deleted': 'A member of the team deleted a scheduled export.',
  'order.refunded':
    'A member of the team refunded an order, or ended tickets of it. The entry shows what was refunded and how many tickets were left.',
  'order.answers_changed':
    'A member of the team changed answers of an order or of a ticket. The entry does not show the answers.',
  'order.noted': 'A member of the team wrote a note to an order. The entry does not show the text.',
  'order.note_removed': 'A member of the team deleted a note of an order.',
  'order.tagged': 'A member of the team changed the tags of an order.',
  'order_view.saved': 'A member of the team shared a list of orders with the team, or changed a shared one.',
  'order_view.deleted': 'A member of the team deleted a shared list of orders.',
  'order.address_corrected':
    'A member of the team corrected the address of a buyer. The entry shows the new one masked.',
  'order.sent_again': 'A member of the team had the tickets of an order sent again.',
  'ticket.exchanged':
    'A member of the team exchanged a ticket for another place, or asked its holder to pay for it. Then the entry shows the amount, and until when the holder may pay.',
  'ticket.exchange_withdrawn':
    'A member of the team stopped asking a holder to pay for an exchange. The entry shows the amount.',
  'ticket.renamed': 'A member of the team changed the name on a ticket. The entry does not show the names.',
  'queue.steered':
    'A member of the team paused or resumed the queue of an event, changed its speed, or wrote to those who wait.',
  'queue.beacon_dropped':
    'A member of the team had the order of a queue drawn without the public beacon, which had not answered in time.',
  'queue.lanes_changed':
    'A member of the team changed the priority lanes of a queue. The entry shows names and shares, and no codes.',
  'event.rehearsed':
    'A member of the team rehearsed the sale of an event with simulated people. The entry shows how many.',
  'event.cancelled': 'A member of the team cancelled an event for good.',
  'event.cancellation_retried':
    'A member of the team had the orders of a cancelled event tried again that could not be cancelled or refunded.',
  'message.sent_again':
    'A member of the team had a message sent again that had failed, had bounced or was withheld.',
  'broadcast.ordered':
    'A member of the team wrote to the people who hold tickets of an event. The entry shows the subject and who gets it.',
  'broadcast.withdrawn': 'A member of the team withdrew such a message before it was sent.',
  'door_link.made':
    'A member of the team made a door link. The entry shows its name, gate, events and end, never its secret.',
  'door_link.revoked': 'A member of the team revoked a door link.',
  'door_device.revoked': 'A member of the team ended one device of a door link.',
  'door.settings_changed': 'A member of the team changed the rules of the door of an event.',
  'check_in.overruled': 'A manager admitted a ticket although the bank of its buyer disputes the payment.',
  'check_in.undone': 'A member of the team took back a scan. The entry shows why.',
  'door_conflict.resolved': 'A member of the team resolved a conflict of the door. The entry shows the note.',
  'api_key.made':
    'A member of the team made an API key. The entry shows its name, scopes, events and end, never its secret.',
  'api_key.rotated': 'A member of the team gave an API key another secret.',
  'api_key.revoked': 'A member of the team revoked an API key.',
  'webhook_endpoint.made':
    'A member of the team made a webhook endpoint. The entry shows its address and what it gets, never its secret.',
  'webhook_endpoint.changed':
    'A member of the team changed a webhook endpoint, or switched it on or off; or Admit switched it off because it does not answer.',
  'webhook_endpoint.deleted': 'A member of the team deleted a webhook endpoint.',
  'webhook_endpoint.secret_rotated': 'A member of the team gave a webhook endpoint another secret.',
  'webhook_endpoint.tested': 'A member of the team sent a test to a webhook endpoint.',
  'webhook_endpoint.replayed': 'A member of the team had webhooks sent again. The entry shows how many.',
  'account.suspended': 'An admin suspended an account.',
  'account.restored': 'An admin lifted a suspension.',
  'account.sessions_ended': 'An admin ended all sessions of an account. The entry shows how many.',
  'organisation.verified': 'An admin said that the platform knows who an organisation is, or took it back.',
  'account.role_changed': 'An admin gave an account another role on the platform.',
  'order.refunded_outside':
    'Somebody refunded an order at the payment provider, for example in its dashboard, and Admit booked it.',
  'dispute.changed':
    'The provider told of a dispute, an inquiry or a fraud warning of a payment, or of what became of it.',
  'order.ended_by_dispute': 'A dispute was lost, so the valid tickets of its order ended.',
  'order_review.decided':
    'A member of the team confirmed or refunded an order that was looked at, or the time confirmed it.',
  'report.dismissed': 'An admin decided that a reported event may stay. The entry shows the reasons.',
  'event.removed':
    'An admin removed an event from the platform. The entry shows the reasons and what became of its tickets.',
  'event.restored': 'An admin put a removed event back.',
  'organisation.suspended':
    'An admin suspended an organisation: it sells, publishes and is paid nothing. The entry shows the reasons.',
  'organisation.suspension_lifted': 'An admin lifted such a suspension.',
  'payouts.held': 'An admin held the payouts of an organisation. The entry shows the reason.',
  'payouts.released': 'An admin ended such a hold.',
  'appeal.answered':
    'An admin answered an appeal against the decision of another admin. The entry shows the outcome.',
  'money_review.settled': 'An admin decided what happens to money that matches nothing.',
  'money_review.reopened':
    'The provider refused a refund that an admin had ordered, so the decision is open again.',
  'payout.paid': 'An admin said that a payout was paid. The entry shows the amount and the reference.',
  'payout_account.opened':
    'A member of the team opened an account with the payment provider, to which payouts are transferred.',
  'payout.begun':
    'An admin, or the nightly job, had what is due transferred. The entry shows the amount and the reference.',
  'payout.failed': 'The provider refused a transfer, or it came back. The entry says why.',
  'job.run_again': 'An admin had a job tried again that had failed for good. The entry shows its task.',
  'message.delivered_again': 'An admin had a message delivered again that a sink had refused for good.',
} as const;

export type Act = keyof typeof acts;
export const actNames = Object.keys(acts) as [Act, ...Act[]];

/** What an act is about. */
export const subjectTypes = [
  'organisation',
  'member',
  'invitation',
  'event',
  'order',
  'ticket',
  'account',
  'money_review',
  'job',
  'message',
  'seat_plan',
  'api_key',
  'webhook_endpoint',
  'report',
  'appeal',
  'gift_card',
] as const;
export type SubjectType = (typeof subjectTypes)[number];
