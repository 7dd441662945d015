import type { EventId } from '../../../../contract/ids.ts';
import type { InvoiceAddress } from '../../../../contract/parties.ts';

export interface Buyer {
  name: string;
  email: string;
}

/** A purchase's state in this tab, so that a reload or the back button loses nothing. */
function read(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, value);
  } catch {
    // If storage is forbidden, a reload starts over, and nothing else is lost.
  }
}

export const rememberBuyer = (buyer: Buyer): void => write('admit.buyer', JSON.stringify(buyer));
export const knownBuyer = (): Buyer | null => parse<Buyer>(read('admit.buyer'));

/** What was typed at the checkout of an event and not sent yet. */
interface TypedDetails {
  buyer?: Partial<Buyer> | undefined;
  attendees?: ({ name?: string | undefined } | undefined)[] | undefined;
}
export const rememberTyped = (eventId: string, typed: TypedDetails | null): void =>
  write(`admit.typed.${eventId}`, typed && JSON.stringify(typed));
export const knownTyped = (eventId: string): TypedDetails | null =>
  parse<TypedDetails>(read(`admit.typed.${eventId}`));

/** The invoice that was asked for at the checkout of an event, as it was typed. */
interface TypedInvoice {
  wanted: boolean;
  typed: Partial<InvoiceAddress>;
}
export const rememberInvoice = (eventId: string, invoice: TypedInvoice | null): void =>
  write(`admit.invoice.${eventId}`, invoice && JSON.stringify(invoice));
export const knownInvoice = (eventId: string): TypedInvoice | null =>
  parse<TypedInvoice>(read(`admit.invoice.${eventId}`));

/** Stores that an order was placed for a hold. Placing it again returns the same order. */
export const rememberOrdered = (holdId: string): void => write(`admit.ordered.${holdId}`, '1');
export const wasOrdered = (holdId: string): boolean => read(`admit.ordered.${holdId}`) !== null;

/** The code with which places of an event are held in this tab: from a link, or typed on the page of codes. */
export const rememberCode = (eventId: string, code: string | null): void =>
  write(`admit.code.${eventId}`, code);
export const knownCode = (eventId: string): string | null => read(`admit.code.${eventId}`);

/** The token of the own place in the queue of an event, while it is the person's turn. Other tabs do without. */
export const rememberQueueToken = (eventId: string, token: string | null): void =>
  write(`admit.queue.${eventId}`, token);
export const knownQueueToken = (eventId: string): string | null => read(`admit.queue.${eventId}`);
/** Returns whether there was one. */
export function forgetQueueToken(eventId: string): boolean {
  const isKnown = knownQueueToken(eventId) !== null;
  rememberQueueToken(eventId, null);
  return isKnown;
}

/** The places that are chosen on a map and not held yet. */
export interface Choice {
  /** Seats by their index within the event. */
  seats: number[];
  /** How many places without numbers, by ticket type. */
  items: Record<string, number>;
  /** The hold whose places the choice began with. */
  holdId?: string | undefined;
}

export const rememberChoice = (eventId: string, choice: Choice | null): void =>
  write(`admit.choice.${eventId}`, choice && JSON.stringify(choice));
export const knownChoice = (eventId: string): Choice | null => parse<Choice>(read(`admit.choice.${eventId}`));

function parse<T>(text: string | null): T | null {
  try {
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
}

/** Reports that the visitor saw the event, or began to choose places. If this fails, the page works without it. */
export const reportVisit = (eventId: EventId, kind: 'view' | 'click'): Promise<void> =>
  import('./note-visit.ts').then(({ noteVisit }) => noteVisit(eventId, kind)).catch(() => {});
