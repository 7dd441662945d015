import type { EventId, HoldId, OrderId, PaymentId, UserId } from '../../contract/ids.ts';

/** What one buyer learned about one purchase. It records only answers. */
export interface Entry {
  buyerId: UserId;
  eventId: EventId;
  /** The Idempotency-Key of the hold. */
  key: string;
  held: { id: HoldId; places: number } | null;
  /** The price in minor units, as the last answer said. */
  costs: number | null;
  /** The error code with which the hold was refused in the end. */
  refused: string | null;
  ordered: OrderId | null;
  paymentId: PaymentId | null;
  paid: boolean;
  released: boolean;
  confirmed: boolean;
  cancelled: boolean;
  /** What the organiser's refund gave back. */
  refundedMinor: number;
}

export interface Journal {
  entries: Entry[];
  /** Answers that alone break a promise. */
  wrong: string[];
  /** How many requests got no answer or 503. */
  unanswered: number;
  /** How many of those got no answer. */
  silent: number;
  answered: number;
  /** Addresses whose owners were told that they have an account. */
  signedUp: string[];
  /** Ids of tickets that the door admitted. */
  admitted: string[];
  /** Ids of tickets that were reported as cancelled. */
  cancelledTickets: string[];
  /** Ids of refunds by the organiser. */
  refunds: string[];
  /** Events that the organiser has cancelled, with all refunds. */
  calledOff: EventId[];
  /** Events that the organiser has moved, and their new start. */
  moved: { eventId: EventId; startsAt: string }[];
  /** Orders that the team has sold at the door. */
  doorSales: { eventId: EventId; orderId: OrderId }[];
  /** Ids of refunds that somebody has made at the provider. */
  outside: string[];
  /** Payments with a card whose bank opens a dispute. */
  disputed: PaymentId[];
  /** Entries of the waitlist that were told of their offer. */
  offers: string[];
  /** Transfers that were accepted. */
  passedOn: string[];
  /** When a live connection last reported an event. */
  heard: Map<string, number>;
}

export const createJournal = (): Journal => ({
  entries: [],
  wrong: [],
  unanswered: 0,
  silent: 0,
  answered: 0,
  signedUp: [],
  admitted: [],
  cancelledTickets: [],
  refunds: [],
  calledOff: [],
  moved: [],
  doorSales: [],
  outside: [],
  disputed: [],
  offers: [],
  passedOn: [],
  heard: new Map(),
});

export const newEntry = (buyerId: UserId, eventId: EventId, key: string): Entry => ({
  buyerId,
  eventId,
  key,
  held: null,
  costs: null,
  refused: null,
  ordered: null,
  paymentId: null,
  paid: false,
  released: false,
  confirmed: false,
  cancelled: false,
  refundedMinor: 0,
});

/** Every id that an answer contained. */
export const acknowledgedIn = ({ entries, refunds }: Journal): string[] => [
  ...refunds,
  ...entries.flatMap(({ held, ordered, paymentId }) =>
    [held?.id, ordered, paymentId].flatMap((id) => id ?? []),
  ),
];
