import type { App } from '../../app.ts';
import { readVerifiedPeople, type VerifiedPerson } from '../accounts/read-verified-people.ts';
import { type EventSale, readEventSale } from '../sale/event-sale.ts';
import { readTurn, type Turn } from '../waiting-room/read-turns.ts';
import type { Letter } from './letter.ts';
import type { Mail } from './mailer.ts';
import { toMail } from './make-mail.ts';
import { type TurnMailJob, turnKey, turnLetter } from './turn-letter.ts';

/** What there is to tell to a person in a queue, and to whom. */
interface TurnNews {
  turn: Turn;
  event: EventSale;
  person: VerifiedPerson;
  letter: Letter;
  path: string;
}

/** Null if there is nothing to tell any more: the place has ended, for example, or its person is there. */
export async function readTurnNews(
  app: App,
  { eventId, queueEntryId }: Pick<TurnMailJob, 'eventId' | 'queueEntryId'>,
): Promise<TurnNews | null> {
  const [turn, event] = await Promise.all([
    readTurn(app, eventId, queueEntryId),
    readEventSale(app, eventId),
  ]);
  if (!turn || event?.status !== 'published') return null;
  const person = (await readVerifiedPeople(app.db, [turn.userId])).get(turn.userId);
  if (!person) return null;
  const path = `/e/${event.slug}/queue`;
  const { language, name } = person;
  const letter = turnLetter({ turn, event, language, name, url: `${app.config.publicUrl}${path}` });
  return { turn, event, person, letter, path };
}

/** The mail to a person in a queue, sent once for each place; null if there is nothing to tell. */
export async function turnMail(app: App, job: TurnMailJob): Promise<Mail | null> {
  const news = await readTurnNews(app, job);
  if (!news) return null;
  const { person, letter } = news;
  const about = { kind: job.kind, language: person.language, order: null };
  return toMail(turnKey(job), about, { name: person.name, address: person.email }, letter, []);
}
