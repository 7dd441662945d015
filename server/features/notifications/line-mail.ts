import type { App } from '../../app.ts';
import { readAddresses } from '../accounts/read-addresses.ts';
import { type EntryRow, readEntry, readResalePrice } from '../inventory/read-line.ts';
import { type EventSale, readEventSale } from '../sale/event-sale.ts';
import { cancelledForWaitingLetter, movedForWaitingLetter } from './event-letters.ts';
import type { Letter } from './letter.ts';
import type { Mail } from './mailer.ts';
import { toMail } from './make-mail.ts';
import { noteToldMove } from './moves-store.ts';
import { type MoveNews, readMoveNews } from './tell-moved.ts';
import { type LineMailJob, lineKey, type OfferMailJob, waitlistLetter } from './waitlist-letter.ts';

/* Messages to people who wait for places: an offer, and what the organiser does with the event. */

/** The page that opens the offer on any device, with its secret. */
export const offerUrl = (app: App, entryId: OfferMailJob['entryId']): string =>
  `${app.config.publicUrl}/offers/${entryId}#${app.offerLinks.secretOf(entryId)}`;

/** The page of an event. */
export const eventUrl = (app: App, { slug }: Pick<EventSale, 'slug'>): string =>
  `${app.config.publicUrl}/e/${slug}`;

/** What there is to tell to a person in the line. */
interface LineNews {
  entry: EntryRow;
  event: EventSale;
  /** The news of a move. */
  move: MoveNews | null;
}

/** Null if there is nothing to tell any more: the offer is over, for example, or the event was moved back or once more. */
export async function readLineNews(app: App, job: LineMailJob): Promise<LineNews | null> {
  const entry = await readEntry(app, job.entryId);
  const event = entry && (await readEventSale(app, entry.event_id));
  if (!event) return null;
  switch (job.kind) {
    case 'waitlist-offer':
      return isOffered(entry, app.clock.now()) ? { entry, event, move: null } : null;
    case 'event-cancelled':
      return event.status === 'cancelled' ? { entry, event, move: null } : null;
    case 'event-moved': {
      if (!isOpen(entry) || event.status === 'cancelled') return null;
      const knew = ({ movedAt }: { movedAt: Date }) => movedAt < entry.joined_at;
      const move = await readMoveNews(app, { id: entry.id, knew, mayCancel: false }, event);
      return move?.version === job.version ? { entry, event, move } : null;
    }
  }
}

export const isOpen = ({ status }: Pick<EntryRow, 'status'>): boolean =>
  status === 'waiting' || status === 'offered';

export const isOffered = ({ status, offer_ends_at: until }: EntryRow, now: Date): boolean =>
  status === 'offered' && until !== null && until > now;

/** The address of a person in the line, and their name; null for a guest who gave no address. */
export async function readRecipient(app: App, job: LineMailJob): Promise<Mail['to'] | null> {
  const entry = await readEntry(app, job.entryId);
  if (!entry) return null;
  const account = (await readAddresses(app.db, [entry.user_id])).get(entry.user_id);
  const address = account?.email ?? entry.email ?? ('email' in job ? job.email : null);
  return address ? { name: account?.name ?? '', address } : null;
}

/** The mail to a person in the line, sent once for each cause; null if there is nothing to tell, or no address. */
export async function lineMail(
  app: App,
  job: LineMailJob,
): Promise<(Mail & { onSent?: () => Promise<unknown> }) | null> {
  const [news, to] = await Promise.all([readLineNews(app, job), readRecipient(app, job)]);
  if (!news) return null;
  const { entry, event, move } = news;
  const onSent = move ? () => noteToldMove(app.db, entry.id, event.eventId, move.version) : undefined;
  if (!to) {
    // The browser of a guest without an address has the news.
    await onSent?.();
    return null;
  }
  const about = { kind: job.kind, language: entry.language, order: null, eventId: event.eventId };
  const letter = await letterOf(app, job, news, to.name);
  return { ...toMail(lineKey(job), about, to, letter, []), ...(onSent && { onSent }) };
}

async function letterOf(
  app: App,
  job: LineMailJob,
  { entry, event, move }: LineNews,
  name: string,
): Promise<Letter> {
  const reader = { language: entry.language, name, url: eventUrl(app, event) };
  if (job.kind === 'event-cancelled') return cancelledForWaitingLetter(event, reader);
  if (move) return movedForWaitingLetter(event, move, reader);
  const resalePrice = await readResalePrice(app, entry);
  return waitlistLetter({ entry, event, url: offerUrl(app, entry.id), name, resalePrice });
}
