export default {
  // Every letter
  greeting: 'Hello {name},',
  greetingNobody: 'Hello,',
  toApple: 'Add to Apple Wallet',
  toGoogle: 'Add to Google Wallet',
  orOpen: 'Or open this address:',
  // Accounts
  verifySubject: 'Confirm your e-mail address',
  verifyPreview: 'One tap, and your account is ready.',
  verifyText: 'Please confirm that this address is yours. Your tickets will be sent here.',
  verifyButton: 'Confirm address',
  verifyIgnore: 'If you did not open an account, you can ignore this mail.',
  verifyWhy: 'You get this mail because somebody opened an account with this address.',
  resetSubject: 'Choose a new password',
  resetPreview: 'The link works once.',
  resetText: 'Somebody, most likely you, asked for a new password. The link works once and for a short time.',
  resetIgnore: 'If it was not you, do nothing: your password stays as it is.',
  resetWhy: 'You get this mail because a new password was asked for with this address.',
  signInSubject: 'New sign-in to your account',
  signInPreview: 'With {browser}. If it was you, all is well.',
  signInHeading: 'Somebody has signed in to your account',
  signInText:
    'Somebody has just signed in with a browser that you have not used before: {browser}. If it was you, all is well. If not, change your password: that signs them out.',
  signInButton: 'Open your account',
  signInWhy:
    'You get this mail because you want to hear of new sign-ins. You can switch it off in your account.',
  unknownBrowser: 'a program',
  // Invitations to a team
  inviteSubject: 'Invitation to the team of {organisation}',
  invitePreview: '{inviter} would like you on the team.',
  inviteHeading: 'You are invited to the team of {organisation}',
  inviteText: '{inviter} invites you to the team of {organisation}.',
  inviteRole: 'Your role',
  inviteEvents: 'For these events',
  roleOwner: 'Owner: may do everything, also change the team',
  roleManager: 'Manager: runs events',
  roleFinance: 'Finance: sees orders, books and figures, refunds, downloads lists',
  roleSupport: 'Support: finds and corrects orders, sends messages again',
  roleDoor: 'Door: checks tickets in',
  roleReadOnly: 'Read-only: sees events, orders and figures, changes nothing',
  inviteButton: 'See the invitation',
  inviteUntil:
    'The invitation is good for {days, plural, one {# day} other {# days}}. To accept it, you need an account with the address {address}; if you have none, you can open one there.',
  inviteIgnore:
    'If you do not want to, decline it there or ignore this mail: nobody joins a team without accepting.',
  inviteWhy: 'You get this mail because {inviter} entered your address.',
  // What a letter says of an order
  when: 'When',
  whenIs: '{date}, {time}',
  doors: 'Doors',
  where: 'Where',
  event: 'Event',
  order: 'Order',
  promoCode: 'Promo code',
  total: 'Total',
  free: 'Free',
  refund: 'Refund',
  'collect.door': 'Collect it at the event with its code',
  'collect.post': 'It comes by post',
  'collect.none': 'Nothing to collect',
  seatName: '{section}, row {row}, seat {seat}',
  seatNameNoRow: '{section}, seat {seat}',
  unpublishedSubject: 'Not published: {event}',
  unpublishedPreview: 'Something was missing at {at}.',
  unpublishedHeading: 'Your event was not published',
  unpublishedText:
    'It was to be published at {at}. Something was missing then, so it is still a draft. Complete it, then publish it or choose another time.',
  unpublishedLacks: 'Missing',
  unpublishedButton: 'Complete the event',
  unpublishedWhy: 'You get this mail because you may edit {event}.',
  gap_start: 'when it begins',
  gap_end: 'when it ends',
  gap_start_in_future: 'a start in the future',
  gap_venue: 'the venue',
  gap_city: 'the city',
  gap_country: 'the country',
  gap_ticket_type: 'a public ticket type',
  gap_places: 'places to sell',
  gap_sale_end_in_future: 'an end of sale in the future',
  reviewSubject: '{count, plural, one {# order waits} other {# orders wait}} for your look: {event}',
  reviewPreview: 'Without a decision they are confirmed from {until} on.',
  reviewHeading: '{count, plural, one {# order waits} other {# orders wait}} for your look',
  reviewText:
    '{count, plural, one {This order has} other {These orders have}} many signs of a program that buys up tickets. The buyers have paid, and their tickets wait. Confirm an order, or refund it. If nobody decides, the first one is confirmed at {until}.',
  reviewButton: 'Look at the orders',
  reviewWhy: 'You get this mail because you may refund orders of {event}.',
  heldSubject: 'Your order is being checked: {event}',
  heldPreview: 'We have your payment. Your tickets follow.',
  heldHeading: 'Your order is being checked',
  heldText:
    'You have paid for {event}, and your places are yours. Before we send the tickets, the organiser looks at this order, because it resembles orders of programs that buy up tickets. Most such orders are from real people, and this takes until {until} at the longest. If nobody objects by then, your tickets come by themselves. If the organiser does not accept the order, all of your money goes back.',
  heldAppeal:
    'Is there something that the organiser should know, for example that you buy for a group? Open your order and write it once.',
  heldButton: 'Open the order and write',
  askedSubject: 'A new place for you: {event}',
  askedPreview: 'Pay {amount} by {until} to take it.',
  askedHeading: 'The organiser has a new place for you',
  askedText:
    'The organiser has held another place at {event} for you. It is dearer than your ticket by {amount}. Pay this difference by {until}, and you get the new ticket in place of the old one. Until then your ticket stays valid.',
  askedButton: 'Pay {amount}',
  askedElse: 'If you do not want the new place, do nothing. Nothing is owed, and your ticket stays as it is.',
  askedWhy:
    'You get this mail because you hold a ticket that the organiser wants to exchange (order {number}).',
  lapsedSubject: 'Your ticket stays as it is: {event}',
  lapsedPreview: 'The exchange was not paid. You owe nothing.',
  lapsedHeading: 'Nothing was exchanged',
  lapsedText:
    'The exchange of your ticket for {event} has ended without a payment. You owe nothing, your ticket is as it was, and the new place is free for others.',
  openOrder: 'Open your order',
  linkSubject: 'Your order: {event}',
  linkPreview: 'The link to order {number}.',
  linkText:
    'Somebody, most likely you, asked for the link to order {number}. It opens your order with its tickets on any device.',
  linkSecret: 'Whoever has this link can use and cancel your tickets. Please do not pass it on.',
  orderWhy: 'You get this mail because order {number} was placed with this address.',
  // The tickets
  confirmedSubject: 'Your tickets: {event}',
  confirmedPreview:
    '{count, plural, one {Your ticket is attached.} other {Your # tickets are attached.}} Order {number}.',
  smsOffer:
    '{event}: {count, plural, one {a place is} other {# places are}} kept for you until {until}. {url}',
  smsMoved: '{event} has a new time or place: {when}, {venue}. {url}',
  smsCancelled: '{event} on {when} is cancelled. {url}',
  smsCode: '{code} is your code to get SMS from {site}. It is valid for 10 minutes.',
  smsStop: 'Reply STOP to end them.',
  pushConfirmed:
    '{count, plural, one {Your ticket is ready.} other {Your # tickets are ready.}} Order {number}.',
  confirmedText:
    'Thank you, {name}. {count, plural, one {Your ticket is} other {Your # tickets are}} attached as a PDF, with the event for your calendar. Show each code at the door, on a phone or on paper.',
  // The day before
  reminderSubject: 'Soon: {event}',
  reminderText: 'Your event is coming up. Have your tickets ready at the door.',
  newLinkSubject: 'New link for {event}',
  newLinkText:
    'The link for attending online is new. Open your tickets: you find it there. An older link may no longer work.',
  joinOnline: 'Online',
  joinLater: 'You will find the link on your tickets.',
  joinNote: 'Note',
  joinNow: 'Join online',
  openTickets: 'Open your tickets',
  reminderWhy:
    'You get this mail because you want to be reminded of events. You can switch it off in your account. Order {number}.',
  // The waitlist
  offerSubject: 'Places for you: {event}',
  offerPreview: 'Yours until {until}.',
  offerHeading: '{count, plural, one {A place is free for you} other {# places are free for you}}',
  offerText:
    'You waited for {event}, and it is your turn. {count, plural, one {One place is} other {# places are}} held for you until {until}. Buy before then, or the next person in line gets {count, plural, one {it} other {them}}.',
  offerButton: 'See the offer',
  offerTickets: 'Tickets',
  offerUntil: 'Yours until',
  offerElse:
    'If you do not want the places, decline on the same page: the next person gets them at once. Whoever has this link can buy them, so please do not pass it on.',
  offerWhy: 'You get this mail because you joined the waitlist for {event}.',
  turnSubject: 'It is your turn: {event}',
  turnPreview: 'Choose your places until {until}.',
  turnText:
    'You waited for {event}, and it is your turn. Choose your places until {until}. If you do not come, the turn goes to the next person after a few minutes.',
  turnButton: 'Go to the queue',
  turnWhy: 'You get this mail because you joined the queue for {event}.',
  nearSubject: 'Nearly your turn: {event}',
  nearMinutes: '{count, plural, one {About one minute is left.} other {About # minutes are left.}}',
  nearText:
    'Open the page of the queue for {event}, so that you can choose your places as soon as it is your turn.',
  // Cancelled
  cancelledSubject: 'Cancelled: {event}',
  cancelledPreview: 'Order {number} is cancelled.',
  cancelledHeading: 'Your order is cancelled',
  cancelledText: 'Your order for {event} is cancelled and its tickets no longer admit anybody.',
  cancelledRefund: '{amount} goes back to the card or account you paid with.',
  cancelledNoRefund: 'Nothing is refunded.',
  ticketsCancelledSubject: '{count, plural, one {Ticket cancelled} other {Tickets cancelled}}: {event}',
  ticketsCancelledPreview: '{count, plural, one {One ticket} other {# tickets}} of order {number}.',
  ticketsCancelledHeading: '{count, plural, one {One ticket is cancelled} other {# tickets are cancelled}}',
  ticketsCancelledText:
    '{count, plural, one {One ticket of your order for {event} is cancelled and no longer admits anybody.} other {# tickets of your order for {event} are cancelled and no longer admit anybody.}} The other tickets stay valid.',
  // The event was moved or cancelled
  seatsChangedSubject: 'New seat: {event}',
  seatsChangedPreview: 'Now: {seats}',
  seatsChangedHeading: '{count, plural, one {Your seat has changed} other {Your seats have changed}}',
  seatsChangedText:
    'The organiser has changed the seat map of {event}. Your tickets and their codes stay valid. If you have printed tickets, print them again: they show the new seat.',
  seatBefore: 'Before: {seat}',
  seatStandsElsewhere: 'The same name, in another place of the room',
  movedSubject: 'New time or place: {event}',
  movedPreview: 'Now: {when}',
  movedHeading: '{event} was moved',
  movedText:
    'The organiser has moved {event}. Your tickets stay valid. The attached file changes the entry in your calendar.',
  movedWaitingText:
    'The organiser has moved {event}. You keep your place in the waitlist. If the new plan does not suit you, you can leave the waitlist on the page of the event.',
  openEvent: 'Open the event',
  movedOffer: 'If you cannot come, cancel your order by {until}, and you get back everything that you paid.',
  whenBefore: 'When, before',
  whereBefore: 'Where, before',
  eventCancelledSubject: 'Event cancelled: {event}',
  eventCancelledPreview: 'The tickets of order {number} are no longer valid.',
  eventCancelledHeading: '{event} is cancelled',
  eventCancelledText:
    'The organiser has cancelled {event}, so your tickets no longer admit anybody. The attached file removes the event from your calendar.',
  paymentFailedSubject: 'Your payment for {event} failed',
  paymentFailedPreview: 'Order {number} has ended. Nothing was paid.',
  paymentFailedHeading: 'The payment failed',
  paymentFailedText:
    'The payment for your order of tickets for {event} did not go through, so the order has ended and your places are free again. You owe nothing. If a payment is still on its way, you get all of it back.',
  chooseAgain: 'Choose tickets again',
  eventCancelledUnpaidPreview: 'You owe nothing for order {number}.',
  eventCancelledUnpaidText:
    'The organiser has cancelled {event} before your order was paid, so the order has ended. You owe nothing. If a payment is already on its way, you get all of it back.',
  eventCancelledWaitingPreview: 'The waitlist has ended.',
  eventCancelledWaitingText:
    'The organiser has cancelled {event}, so the waitlist has ended. You need not do anything, and you owe nothing.',
  eventCancelledKept:
    'The organiser gives no money back for this event. If you have questions about it, please ask the organiser.',
  reason: 'Reason',
  cancelledFirstHeading: 'The event was cancelled, so your money is on its way back',
  cancelledFirstText:
    'Your payment for {event} reached us after the organiser had cancelled the event. You have no tickets from this order, and all of your money has been sent back.',
  // Money that goes back
  refundSubject: 'Refund sent: {event}',
  refundPreview: '{amount} for order {number}.',
  refundHeading: 'Your refund is on its way',
  refundText: 'The refund for your cancelled order for {event} has been sent.',
  giftLateText: 'Your payment for {event} came too late. All of it has been sent back.',
  ticketGoneHeading: 'The ticket was gone, so your money is on its way back',
  ticketGoneText:
    'By the time your payment arrived, the ticket for {event} that it depended on had been used, cancelled or passed on. We have sent all of your money back.',
  exchangedText: 'You exchanged a ticket for {event} for a cheaper place. We have sent the difference back.',
  resoldText: 'Somebody else has bought your ticket for {event}. We have sent your money back.',
  twiceText:
    'Your order for {event} was paid twice. The second payment has been sent back; your tickets are not affected.',
  goneSubject: 'No tickets, money back: {event}',
  goneHeading: 'The places were gone, so your money is on its way back',
  cardHeading: 'This card has reached its ticket limit, so your money is on its way back',
  cardText:
    'For {event}, one card can buy a limited number of tickets, also for different buyers, and this card has reached the limit. That is why your order was not confirmed and its places are free again. All of your money goes back.',
  goneText:
    'Your payment for {event} reached us after the time to buy had run out, and the places were taken by then. You have no tickets from this order, and all of your money has been sent back.',
  receiptText: 'Your receipt is on the page of your order. There you also get an invoice with your address.',
  creditNote: 'Credit note',
  creditNoteWhere: 'On the page of your order',
  bankDays: 'Your bank may take a few days to show it.',
  // The organiser refunds or cancels
  orderNumber: 'Order {number}.',
  organiserRefundSubject: 'Refund: {event}',
  organiserRefundHeading: 'You get {amount} back',
  organiserRefundText: 'The organiser of {event} refunds {amount} of your order.',
  organiserEndedText: 'The organiser of {event} has cancelled tickets of your order. Nothing is refunded.',
  organiserEndedCount:
    '{count, plural, one {One ticket is cancelled and no longer admits anybody.} other {# tickets are cancelled and no longer admit anybody.}}',
  organiserKeptText: 'Your tickets stay as they are.',
  organiserReason: 'The organiser writes: {reason}',
  organiserRefundSoon:
    'The money goes back to the card or account you paid with. You get another mail when it has been sent.',
  disputeLostText:
    'Your bank has returned the money that you paid for {event} to you, so your tickets are no longer valid.',
  organiserSentText: 'The refund from the organiser of {event} has been sent.',
  dispute_chargeback: 'A buyer disputes a payment',
  dispute_chargeback_text:
    'The bank of the buyer takes the money back until it has decided. The money is set aside, and nothing of this order can be refunded until then. The tickets stay valid.',
  dispute_inquiry: 'A bank asks about a payment',
  dispute_inquiry_text:
    'The bank of a buyer asks about this payment. No money has moved. A good answer can prevent a dispute.',
  dispute_fraud_warning: 'A bank warns of fraud',
  dispute_fraud_warning_text:
    'The bank thinks that somebody else has paid with this card. No money has moved. If you refund the order now, you can prevent a dispute.',
  dispute_won: 'A dispute was won',
  dispute_won_text: 'The bank has decided for you. The money of this order is yours again.',
  dispute_lost: 'A dispute was lost',
  dispute_lost_text:
    'The bank has decided for the buyer, who keeps the money. If that was all that they paid, unused tickets are no longer valid, and their places are free again.',
  disputeSubject: '{what}: {event}, order {number}',
  disputeDue: 'Evidence is due by {due}.',
  disputeEvidence:
    'The operator of this site answers the bank by {due}. Send them what shows that the buyer got what they paid for, such as your letters. Admit has the check-ins.',
  disputeAmount: 'Amount',
  disputeButton: 'Open the order',
  disputeWhy: 'You get this mail because you may refund orders of {event}.',
  // A file on schedule
  exportSubject: '{table}: {event}',
  exportPreview: 'As of {due}.',
  exportHeading: 'Your file is ready',
  exportText: 'The file that your team has scheduled is ready.',
  exportFile: 'File',
  exportDue: 'As of',
  exportUntil:
    'The link opens for members of the team who are signed in and may download exports. It ends on {until}.',
  exportButton: 'Download the file',
  exportWhy:
    'You get this mail because your team has scheduled this file of {event} for you. You can switch these mails off in your account.',
  export_attendees: 'Attendees',
  export_orders: 'Orders',
  export_payments: 'Payments and refunds',
  export_check_ins: 'Check-ins',
  export_tax: 'Taxes',
  export_answers: 'Answers',
  export_extras: 'Extras',
  includesTax: 'Includes {name} {rate}',
  includesFees: 'Includes booking fees',
  // Tickets that change hands
  offeredSubject: '{sender} has {count, plural, one {a ticket} other {# tickets}} for you: {event}',
  offeredPreview:
    '{count, plural, one {Accept it, and it is yours.} other {Accept them, and they are yours.}}',
  offeredHeading: '{count, plural, one {A ticket} other {# tickets}} for {event}',
  offeredText:
    '{sender} would like to pass {count, plural, one {a ticket} other {# tickets}} for {event} on to you. If you accept, you get {count, plural, one {a code} other {codes}} of your own, and theirs no longer {count, plural, one {admits} other {admit}} anybody.',
  offeredMessage: '{sender} writes: {message}',
  offeredPlace: '{count, plural, one {Ticket} other {Tickets}}',
  offeredButton: 'See the offer',
  offeredUntil: 'You can accept until {until}. After that the offer is over.',
  offeredIgnore:
    'If you do not want this, decline there or ignore this mail. Please do not pass the link on: whoever has it can accept the offer.',
  offeredWhy: 'You get this mail because {sender} entered your address.',
  receivedSubject: '{count, plural, one {Your ticket} other {Your tickets}}: {event}',
  receivedPreview: '{count, plural, one {Your ticket is attached.} other {Your tickets are attached.}}',
  receivedText:
    '{count, plural, one {The ticket for {event} is yours now. It is} other {The tickets for {event} are yours now. They are}} attached as a PDF, with the event for your calendar. Show {count, plural, one {its code} other {the codes}} at the door, on a phone or on paper.',
  confirmedPhonePreview:
    '{count, plural, one {Your ticket is ready.} other {Your # tickets are ready.}} Order {number}.',
  confirmedPhoneText:
    'Thank you, {name}. {count, plural, one {Your ticket is} other {Your # tickets are}} ready, and the event for your calendar is attached. Open the order on your phone before you come: there is the code for the door. It turns every 15 seconds, so a picture of it does not count.',
  receivedPhonePreview: '{count, plural, one {Your ticket is ready.} other {Your tickets are ready.}}',
  receivedPhoneText:
    '{count, plural, one {The ticket for {event} is yours now.} other {The tickets for {event} are yours now.}} The event for your calendar is attached. Open {count, plural, one {the ticket} other {the tickets}} on your phone before you come: there is the code for the door. It turns every 15 seconds, so a picture of it does not count.',
  openTicket: 'Open your ticket',
  receivedSecret: 'Whoever has this link can use your ticket. Please do not pass it on.',
  receivedWhy: 'You get this mail because you accepted a ticket from {sender}.',
  passedOnSubject: '{count, plural, one {Ticket} other {Tickets}} passed on: {event}',
  passedOnPreview: '{recipient} has accepted your {count, plural, one {ticket} other {tickets}}.',
  passedOnHeading: '{recipient} has accepted your {count, plural, one {ticket} other {tickets}}',
  passedOnText:
    '{count, plural, one {Your ticket for {event} belongs to {recipient} now. Your code no longer admits anybody. If {recipient} returns the ticket, the refund goes to the person who paid for it.} other {Your # tickets for {event} belong to {recipient} now. Your codes no longer admit anybody. If {recipient} returns a ticket, the refund goes to the person who paid for it.}}',
  passedOnWhy: 'You get this mail because you offered a ticket to somebody.',
  offerEndedSubject: '{count, plural, one {Ticket} other {Tickets}} not passed on: {event}',
  offerEndedHeading: '{count, plural, one {The ticket was} other {The tickets were}} not passed on',
  offerDeclined: '{recipient} has declined your {count, plural, one {ticket} other {# tickets}} for {event}.',
  offerExpired:
    '{recipient} has not accepted your {count, plural, one {ticket} other {# tickets}} for {event} in time.',
  offerWithdrawn:
    '{sender} has taken {count, plural, one {the ticket} other {the # tickets}} for {event} back. You can no longer accept {count, plural, one {it} other {them}}.',
  offerStillYours:
    '{count, plural, one {It is still yours, and its code is still valid.} other {They are still yours, and their codes are still valid.}}',
  heldEndedSubject: 'Ticket cancelled: {event}',
  heldEndedHeading: 'Your ticket is no longer valid',
  heldReturned: 'The ticket for {event} was returned, so it no longer admits anybody.',
  heldCancelled:
    'The ticket for {event} was cancelled, so it no longer admits anybody. If you have questions about it, please ask the organiser.',
  heldEventCancelled:
    'The organiser has cancelled {event}, so your ticket no longer admits anybody. The attached file removes the event from your calendar.',
  heldMoney: 'If money goes back, it goes to the person who paid for the ticket.',
  // Tickets on resale
  resaleOfferedSubject: 'Offered for resale: {event}',
  resaleOfferedPreview: 'The ticket is yours until somebody has paid for it.',
  resaleOfferedHeading: 'Your ticket is offered for resale',
  resaleOfferedText:
    'Your ticket for {event} goes to the people in the waitlist, at the price that was paid for it. It is still yours, and its code still admits, until somebody has paid for it. If nobody has bought it by {until}, it stays with you. You can take it back on the page of the ticket.',
  resaleSoldSubject: 'Ticket resold: {event}',
  resaleSoldPreview: 'Your ticket belongs to somebody else now.',
  resaleSoldHeading: 'Your ticket is resold',
  resaleSoldText: 'Somebody else has bought your ticket for {event}. Your code no longer admits anybody.',
  resaleSoldBack:
    '{back} goes back to the card or account you paid with. You get another mail when it has been sent; after that your bank may take a few days.',
  resaleSoldBackToPayer:
    '{back} goes back to the person who paid for the ticket. They get a mail when it has been sent.',
  resaleEndedSubject: 'Not resold: {event}',
  resaleEndedHeading: 'Your ticket was not resold',
  resaleUnsold: 'Nobody bought your ticket for {event} in time.',
  resaleOff: 'The organiser of {event} has ended resale.',
  resaleRefunded:
    'The price of your ticket for {event} was refunded in part, so it is not offered any more. You can offer it again for the rest.',
  resaleDisputed:
    'The bank of whoever paid for your ticket for {event} disputes the payment, so the ticket is not offered any more.',
  resalePrice: 'Price',
  resaleFee: 'The organiser keeps',
  resaleBack: 'Goes back',
  resaleWhy: 'You get this mail because you offered a ticket for resale.',
  offerResale:
    'This offer has a ticket of another person, at the price that they paid. When you pay, you get a code of your own, and theirs no longer admits anybody.',
  // Messages of the organiser
  broadcastWhy: 'You get this mail because you have a ticket for {event}. The organiser has written it.',
  newsWhy:
    'You get this mail because you have a ticket for {event}. The organiser has written it. You can switch off such news in your account, or with the button of your mail program.',
} as const;
