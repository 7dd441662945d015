import type { EventId, HoldId, UserId, WaitlistEntryId } from '../../../contract/ids.ts';
import { formatMoney, type Money } from '../../../contract/money.ts';
import { isolated } from '../../../contract/words.ts';
import type { EntryRow } from '../inventory/read-line.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { eventTimes } from '../tickets/ticket-page.ts';
import { facts, greeting, type Letter } from './letter.ts';
import { letterWords } from './words.ts';

/** The payload of the mail about an offer. Everything else is read when the mail is sent. */
export interface OfferMailJob {
  kind: 'waitlist-offer';
  entryId: WaitlistEntryId;
  /** The hold of the offer; left out if it is the first one of the entry. */
  holdId?: HoldId;
}

/** To a person who waits, or has an offer: the event was moved. */
interface MovedLineMailJob {
  kind: 'event-moved';
  entryId: WaitlistEntryId;
  /** The move. A newer one has a mail of its own. */
  version: number;
}

/** To a person who waited, or had an offer and had not ordered it, when the event was cancelled. */
export interface CancelledLineMailJob {
  kind: 'event-cancelled';
  entryId: WaitlistEntryId;
  eventId: EventId;
  /** A person with several entries gets one mail. */
  userId: UserId;
  /** The address that a guest gave; the entry has it no more. */
  email?: string;
}

/** A mail to a person in the line of an event. */
export type LineMailJob = OfferMailJob | MovedLineMailJob | CancelledLineMailJob;

/** Names the cause of a mail, so that each is told once. */
export function lineKey(job: LineMailJob): string {
  const { kind, entryId } = job;
  if (kind === 'event-moved') return `${kind}:${entryId}:${job.version}`;
  if (kind === 'event-cancelled') return `${kind}:${job.eventId}:${job.userId}`;
  return job.holdId === undefined ? `${kind}:${entryId}` : `${kind}:${entryId}:${job.holdId}`;
}

interface OfferMatter {
  entry: EntryRow;
  event: EventSale;
  /** The address of the page that opens the offer on any device, with its secret. */
  url: string;
  name: string;
  /** What the offer costs, if it has tickets of other people. */
  resalePrice: Money | null;
}

/** Places are offered to a person who waited: what, until when, and the link to buy them. */
export function waitlistLetter({ entry, event, url, name, resalePrice }: OfferMatter): Letter {
  const { language, quantity } = entry;
  const t = letterWords(language);
  const type = event.ticketTypes.find(({ id }) => id === entry.ticket_type_id);
  const until = entry.offer_ends_at ?? event.startsAt;
  const { timeZone } = event;
  const ends = eventTimes({ startsAt: until, endsAt: until, doorsAt: null, timeZone }, language);
  const untilText = `${ends.date}, ${ends.time.replace(/^(\S+) – \S+/, '$1')}`;
  const where = [event.venueName, event.address, event.city].filter(Boolean).join(', ');
  return {
    language,
    subject: t('offerSubject', { event: event.title }),
    preview: t('offerPreview', { until: untilText }),
    heading: t('offerHeading', { count: quantity }),
    blocks: [
      greeting(language, name),
      { kind: 'text', text: t('offerText', { count: quantity, event: event.title, until: untilText }) },
      ...(resalePrice ? [{ kind: 'text' as const, text: t('offerResale') }] : []),
      { kind: 'button', label: t('offerButton'), url },
      facts([
        [t('event'), isolated(event.title, language)],
        [t('offerTickets'), isolated(`${quantity} × ${type?.name ?? ''}`, language)],
        ...(resalePrice
          ? ([[t('resalePrice'), formatMoney(resalePrice, language)]] as [string, string][])
          : []),
        [t('offerUntil'), untilText],
        [t('when'), t('whenIs', eventTimes(event, language))],
        [t('where'), isolated(where, language)],
      ]),
      { kind: 'text', text: t('offerElse') },
    ],
    footer: t('offerWhy', { event: event.title }),
  };
}
