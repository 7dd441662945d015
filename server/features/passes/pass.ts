import { createHash } from 'node:crypto';
import type { EventId, OrderId, PassId, TicketId } from '../../../contract/ids.ts';
import type { Language } from '../../../contract/languages.ts';
import type { PassWallet } from '../../../contract/wallet-passes.ts';
import type { OrderRecord } from '../orders/orders.ts';
import type { EventSale } from '../sale/event-sale.ts';
import type { TicketSigner } from '../tickets/code.ts';
import { hasCode, paperCodeOf, shortNumberOfTicket, type TicketRow } from '../tickets/ticket.ts';
import { eventTimes } from '../tickets/ticket-page.ts';

export interface PassRow {
  id: PassId;
  eventId: EventId;
  orderId: OrderId;
  ticketId: TicketId;
  /** The issue of the ticket whose pass it is. Whoever held the ticket then has the pass. */
  issue: number;
  wallet: PassWallet;
  language: Language;
  digest: string;
  /** Since when the pass says what it says, in whole seconds. */
  changedAt: Date;
  /** What the devices, or Google, were told of; null if nothing. */
  toldDigest: string | null;
}

/** Why a pass is void. */
export type VoidReason = 'cancelled' | 'passed-on' | 'event-cancelled' | 'codes-turn';

/** What all passes of an event say in one language. */
export interface EventFacts {
  eventId: EventId;
  language: Language;
  organiser: string;
  title: string;
  /** Times in the event's zone, in words. */
  date: string;
  time: string;
  doors: string | null;
  startsAt: Date;
  endsAt: Date;
  doorsAt: Date | null;
  timeZone: string;
  venueName: string;
  address: string;
  coverUrl: string | null;
}

/** What a pass says, for both wallets. */
export interface PassFacts extends EventFacts {
  ticketId: TicketId;
  /** Null while the ticket admits somebody. A void pass has no code and no name. */
  voidBecause: VoidReason | null;
  code: string | null;
  shortNumber: string | null;
  place: { section: string; row: string; seat: string } | null;
  ticketTypeName: string;
  attendeeName: string | null;
  orderNumber: string;
}

interface Sources {
  ticket: TicketRow;
  order: Pick<OrderRecord, 'number'>;
  event: EventSale;
  organiser: string;
  /** False if the codes of the event turn and the ticket is not on paper. */
  mayBeCopied: boolean;
}

/** Decision: what the pass of an issue of a ticket says now. */
export function factsOf(
  signer: TicketSigner,
  { issue, language }: Pick<PassRow, 'issue' | 'language'>,
  { ticket, order, event, organiser, mayBeCopied }: Sources,
): PassFacts {
  const voidBecause = voidReasonOf(issue, { ticket, event, mayBeCopied });
  const admits = voidBecause === null;
  return {
    ...eventFactsOf(event, language, organiser),
    ticketId: ticket.id,
    voidBecause,
    code: admits ? paperCodeOf(signer, ticket) : null,
    shortNumber: admits && event.ticketCodes === 'fixed' ? shortNumberOfTicket(signer, ticket) : null,
    place: ticket.place,
    ticketTypeName: ticket.ticketTypeName,
    // The name is that of the present holder, whom a former one does not know.
    attendeeName: admits ? ticket.attendeeName : null,
    orderNumber: order.number,
  };
}

export const eventFactsOf = (event: EventSale, language: Language, organiser: string): EventFacts => ({
  eventId: event.eventId,
  language,
  organiser,
  title: event.title,
  ...eventTimes(event, language),
  startsAt: event.startsAt,
  endsAt: event.endsAt,
  doorsAt: event.doorsAt,
  timeZone: event.timeZone,
  venueName: event.venueName,
  address: [event.address, event.city].filter(Boolean).join(', '),
  coverUrl: event.coverUrl,
});

function voidReasonOf(
  issue: number,
  { ticket, event, mayBeCopied }: Pick<Sources, 'ticket' | 'event' | 'mayBeCopied'>,
): VoidReason | null {
  if (event.status === 'cancelled') return 'event-cancelled';
  if (ticket.issue !== issue) return 'passed-on';
  if (!hasCode(ticket)) return 'cancelled';
  return mayBeCopied ? null : 'codes-turn';
}

/** Changes exactly when what a pass says changes. */
export const digestOf = (said: unknown): string =>
  createHash('sha256').update(JSON.stringify(said)).digest('base64url');
