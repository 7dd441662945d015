import { createHash } from 'node:crypto';
import type { Broadcast, BroadcastFilter, BroadcastText } from '../../../contract/broadcasts.ts';
import { Refused } from '../../../contract/errors.ts';
import type { EventId, Id, OrderId, TicketTypeId, TransferId, UserId } from '../../../contract/ids.ts';
import type { Language } from '../../../contract/languages.ts';
import type { Queryable } from '../../data/db.ts';
import { readEverAsked } from '../sale/event-forms.ts';
import type { EventSale } from '../sale/event-sale.ts';

/** A message of an organiser to the people who hold tickets of an event, as it is stored. */
export interface BroadcastRow {
  id: Id<'broadcast'>;
  eventId: EventId;
  createdBy: UserId;
  about: Broadcast['about'];
  texts: BroadcastText[];
  to: BroadcastFilter;
  state: Broadcast['state'];
  sendAt: Date;
  createdAt: Date;
  finishedAt: Date | null;
}

/** Somebody who holds a ticket: the buyer of the order, or whoever accepted the ticket by a transfer. */
export interface Holder {
  orderId: OrderId;
  heldBy: TransferId | null;
  /** In small letters. */
  address: string;
}

/** The filter as the statements take it: null lets everybody through. */
export interface HolderFilter {
  ticketTypeIds: TicketTypeId[] | null;
  checkedIn: boolean | null;
  /** An answer of null: whoever has not answered; '': whoever has. */
  answered: { question: string; answer: string | null } | null;
}

/** The filter of a new message. Refuses a type, a zone or a question that the event does not have. */
export async function readFilter(
  db: Queryable,
  event: EventSale,
  to: BroadcastFilter,
): Promise<HolderFilter> {
  const filter = filterOf(event, to);
  const { question } = filter.answered ?? {};
  if (question && !(await readEverAsked(db, event.eventId)).questions.some(({ key }) => key === question))
    throw new Refused('unknown_question', {
      detail: `This event has never asked the question “${question}”.`,
    });
  return filter;
}

/** Decision: which ticket types a filter lets through. Refuses a type or a zone that the event does not have. */
export function filterOf(
  event: EventSale,
  { ticketTypeIds, zones, checkedIn, answered }: BroadcastFilter,
): HolderFilter {
  const types = event.ticketTypes;
  for (const id of ticketTypeIds ?? []) {
    if (!types.some((type) => type.id === id))
      throw new Refused('unknown_ticket_type', { detail: `This event has no ticket type ${id}.` });
  }
  for (const zone of zones ?? []) {
    if (!types.some((type) => type.zone === zone))
      throw new Refused('unknown_zone', { detail: `No ticket type of this event sells a zone “${zone}”.` });
  }
  return {
    ticketTypeIds: ticketTypeIds || zones ? typesOf(event, { ticketTypeIds, zones }) : null,
    checkedIn: checkedIn ?? null,
    answered: answered
      ? { question: answered.question, answer: answered.answer === undefined ? '' : answered.answer }
      : null,
  };
}

/** With types and zones a ticket must be of one of the types and in one of the zones. */
const typesOf = (
  { ticketTypes }: EventSale,
  { ticketTypeIds, zones }: Pick<BroadcastFilter, 'ticketTypeIds' | 'zones'>,
): TicketTypeId[] =>
  ticketTypes
    .filter(({ id }) => ticketTypeIds?.includes(id) ?? true)
    .filter(({ zone }) => (zones ? zone !== null && zones.includes(zone) : true))
    .map(({ id }) => id);

/** Decision: the text for a reader of a language: the first one if there is none in this language. */
export const textIn = (texts: BroadcastText[], language: Language): BroadcastText =>
  texts.find((text) => text.language === language) ?? (texts[0] as BroadcastText);

/** Names the recipient of a mail in its key. A corrected address keeps the key, so the mail goes out once. */
export const recipientKey = (address: string): string =>
  createHash('sha256').update(address).digest('base64url').slice(0, 22);

export const showBroadcast = (
  row: BroadcastRow,
  counts: { state: keyof Broadcast['counts']; count: number }[],
): Broadcast => {
  const { id, about, texts, to, state } = row;
  return {
    ...{ id, about, texts, to, state },
    sendAt: row.sendAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    counts: {
      ...{ waiting: 0, withheld: 0, sent: 0, failed: 0, bounced: 0 },
      ...Object.fromEntries(counts.map(({ state: of, count }) => [of, count])),
    },
  };
};
