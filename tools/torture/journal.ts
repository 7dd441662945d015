import type { HoldId, OrderId, PaymentId, UserId } from '../../contract/ids.ts';

/** What one buyer was told of one wish. Only answers are written down, never hopes. */
export interface Entry {
  buyerId: UserId;
  /** The Idempotency-Key of the hold. */
  key: string;
  held: { id: HoldId; places: number } | null;
  /** What it costs, in minor units, as they were told last. */
  costs: number | null;
  /** The code by which the hold was refused at last. */
  refused: string | null;
  ordered: OrderId | null;
  paymentId: PaymentId | null;
  paid: boolean;
  released: boolean;
  confirmed: boolean;
  cancelled: boolean;
}

export interface Journal {
  entries: Entry[];
  /** Answers that break a promise by themselves. */
  wrong: string[];
  /** How many requests were not answered, or with 503. */
  unanswered: number;
  /** Of those, how many got no answer at all. */
  silent: number;
  answered: number;
  /** Addresses that were told that they have an account. */
  signedUp: string[];
  /** Ids of tickets that the door was told are in. */
  admitted: string[];
  /** Ids of tickets whose buyers were told that they are cancelled. */
  cancelledTickets: string[];
  /** When a live connection last heard of an event. */
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
  heard: new Map(),
});

export const newEntry = (buyerId: UserId, key: string): Entry => ({
  buyerId,
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
});

/** Every id that somebody was told exists. */
export const acknowledgedIn = ({ entries }: Journal): string[] =>
  entries.flatMap(({ held, ordered, paymentId }) => [held?.id, ordered, paymentId].flatMap((id) => id ?? []));
