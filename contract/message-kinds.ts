/** The ways by which a message reaches a person. */
export const channels = ['email', 'push', 'sms'] as const;
export type Channel = (typeof channels)[number];

interface MessageKind {
  /** What causes one message of this kind. The key of a message names the cause, so each cause sends it once. */
  cause: string;
  /** buyer: the address of an order. holder: the sender or recipient of a ticket. person: the owner of an account. invited: an address that an owner named. team: whoever may refund orders of the event, edit it, or download its exports. operators: `OPERATIONS_EMAIL`. */
  recipient: 'buyer' | 'holder' | 'person' | 'invited' | 'team' | 'operators';
  /** E-mail first: the other channels repeat a mail, to those who want it there too. */
  channels: readonly [Channel, ...Channel[]];
  /** The message is about an order, or its person waits for one: it is in the order's language, and the organiser sees its state. */
  isAboutOrder: boolean;
  /** The recipient can switch the message off. */
  isOptional: boolean;
}

/** Every kind of message that Admit sends. docs/tickets.md describes them; a test compares the two. */
export const messageKinds = {
  'order-confirmed': pushed('the confirmation of an order'),
  'order-held': about('an order whose tickets wait for a look at it'),
  'exchange-asked': about('an exchange that the team has made and asks its holder to pay'),
  'exchange-lapsed': about('such an exchange that has ended unpaid'),
  'transfer-asked': about('an order that waits for its money by bank transfer'),
  'transfer-reminder': about('such an order whose time ends soon'),
  'transfer-lapsed': about('such an order that has ended unpaid'),
  'payment-failed': pushed('an order whose payment failed for good'),
  'tickets-again': about('one request to correct the address of an order'),
  'order-link': about('one request for the link to an order'),
  'event-reminder': { ...about('an order and the start of its event'), isOptional: true },
  'event-moved': texted(
    'an order, or a person in the line, and the newest move of the event that they do not know of',
  ),
  'seats-changed': about('an order, and one new seat map that renames or moves its seats'),
  'event-cancelled': texted('an order of a cancelled event, or a person who waited for it'),
  'tickets-cancelled': about('one cancellation of some tickets of an order'),
  'order-cancelled': about('the cancellation of an order'),
  'order-refunded': about('one refund that the organiser decided'),
  'refund-sent': about('one refund that the provider has sent'),
  'late-refund-sent': about('one refund of money that came too late'),
  'ticket-offered': hand('the offer of a ticket'),
  'ticket-passed-on': hand('the acceptance of a ticket: to its sender'),
  'ticket-received': hand('the acceptance of a ticket: to its new holder'),
  'ticket-offer-ended': hand('an offer that was declined, withdrawn or not accepted in time'),
  'held-ticket-ended': hand('the cancellation of a ticket that was passed on: to its holder'),
  'held-ticket-reminder': { ...hand('a received ticket and the start of its event'), isOptional: true },
  'held-seats-changed': hand('a received ticket, and one new seat map that renames or moves its seat'),
  'held-ticket-moved': hand('a received ticket and one move of its event'),
  'resale-offered': hand('the offer of a ticket for resale'),
  'resale-sold': hand('the sale of a ticket on resale'),
  'resale-ended': hand('an offer for resale that ended unsold'),
  'waitlist-offer': { ...to('person', 'one offer of the waitlist'), channels: ['email', 'push', 'sms'] },
  'queue-turn': { ...to('person', 'one place in a queue'), channels: ['email', 'push'] },
  broadcast: {
    ...about('one message of the organiser and one address that holds a ticket'),
    recipient: 'holder',
  },
  'event-news': {
    ...about('one message of the organiser and one address that holds a ticket'),
    ...{ recipient: 'holder', isOptional: true },
  },
  'broadcast-test': to('person', 'one request for a test of such a message'),
  'verify-email': to('person', 'one link'),
  'reset-password': to('person', 'one link'),
  'new-sign-in': { ...to('person', 'one sign-in'), isOptional: true },
  'number-code': {
    ...to('person', 'one request for the code that confirms a phone number'),
    channels: ['sms'],
  },
  'team-invitation': to('invited', 'one link'),
  'money-review': to('operators', 'one movement of money that matches nothing'),
  'dispute-notice': to(
    'team',
    'the beginning or the end of a dispute, inquiry or warning, and one member of the team',
  ),
  'review-notice': to('team', 'new orders of an event that wait for a look, and one member of the team'),
  'publication-failed': to(
    'team',
    'one draft that could not be published at its time, and one member of the team',
  ),
  'webhook-off': to('team', 'one time that an endpoint was switched off, and one member of the team'),
  'export-ready': {
    ...to('team', 'one file that was made on schedule, and one member of the team'),
    isOptional: true,
  },
  'report-news': to(
    'person',
    'the arrival of a report, or a decision or the answer to an appeal about it, and one address that reported',
  ),
  'moderation-news': to(
    'team',
    'a decision of the platform about an event or the organisation, or the answer to an appeal, and one member of the team',
  ),
  dispute: to('operators', 'one dispute, inquiry or warning'),
  audit: to('operators', 'one recount of the books that found something'),
} as const satisfies Record<string, MessageKind>;

export type MessageKindName = keyof typeof messageKinds;
export const messageKindNames = Object.keys(messageKinds) as [MessageKindName, ...MessageKindName[]];

/** A kind of message that browsers show too. */
export type PushedKind = {
  [K in MessageKindName]: 'push' extends (typeof messageKinds)[K]['channels'][number] ? K : never;
}[MessageKindName];
export const isPushed = (kind: string): kind is PushedKind =>
  kind in messageKinds &&
  (messageKinds[kind as MessageKindName].channels as readonly Channel[]).includes('push');
export const pushedKinds = messageKindNames.filter(isPushed);

/** A kind of message that is sent by SMS too, to those who have confirmed a number. */
export type TextedKind = {
  [K in PushedKind]: 'sms' extends (typeof messageKinds)[K]['channels'][number] ? K : never;
}[PushedKind];
export const isTexted = (kind: string): kind is TextedKind =>
  isPushed(kind) && (messageKinds[kind].channels as readonly Channel[]).includes('sms');
export const textedKinds = messageKindNames.filter(isTexted);

/** A kind of mail that its recipient can switch off. */
export type OptionalKind = {
  [K in MessageKindName]: (typeof messageKinds)[K]['isOptional'] extends true ? K : never;
}[MessageKindName];

/** A kind of message about an order. */
type OrderMessageKind = {
  [K in MessageKindName]: (typeof messageKinds)[K]['isAboutOrder'] extends true ? K : never;
}[MessageKindName];
const orderMessageKinds = messageKindNames.filter((kind) => messageKinds[kind].isAboutOrder) as [
  OrderMessageKind,
  ...OrderMessageKind[],
];

/** A kind of message that the organiser of the event sees: those about orders, and offers of the waitlist. */
export type EventMessageKind = OrderMessageKind | 'waitlist-offer';
export const eventMessageKinds: [EventMessageKind, ...EventMessageKind[]] = [
  ...orderMessageKinds,
  'waitlist-offer',
];

function about(cause: string) {
  return { cause, recipient: 'buyer', channels: ['email'], isAboutOrder: true, isOptional: false } as const;
}

function pushed(cause: string) {
  return { ...about(cause), channels: ['email', 'push'] } as const;
}

function texted(cause: string) {
  return { ...about(cause), channels: ['email', 'push', 'sms'] } as const;
}

function hand(cause: string) {
  return { ...about(cause), recipient: 'holder' } as const;
}

function to<R extends 'person' | 'invited' | 'team' | 'operators'>(recipient: R, cause: string) {
  return { cause, recipient, channels: ['email'], isAboutOrder: false, isOptional: false } as const;
}
