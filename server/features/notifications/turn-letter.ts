import type { EventId, QueueEntryId } from '../../../contract/ids.ts';
import type { Language } from '../../../contract/languages.ts';
import { isolated } from '../../../contract/words.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { eventTimes } from '../tickets/ticket-page.ts';
import type { Turn } from '../waiting-room/read-turns.ts';
import { facts, greeting, type Letter } from './letter.ts';
import { letterWords } from './words.ts';

/** The payload of the mail to a person in a queue. Everything else is read when the mail is sent. */
export interface TurnMailJob {
  kind: 'queue-turn';
  eventId: EventId;
  queueEntryId: QueueEntryId;
}

/** Names the cause of a message: each place in a queue is told once. */
export const turnKey = ({ kind, queueEntryId }: TurnMailJob): string => `${kind}:${queueEntryId}`;

interface TurnMatter {
  turn: Pick<Turn, 'when'>;
  event: EventSale;
  language: Language;
  name: string;
  /** The page of the queue. */
  url: string;
}

/** It is nearly the turn of a person in a queue, or the turn has come. */
export function turnLetter({ turn, event, language, name, url }: TurnMatter): Letter {
  const t = letterWords(language);
  const { title, timeZone } = event;
  const where = [event.venueName, event.address, event.city].filter(Boolean).join(', ');
  const told = 'until' in turn.when ? hasCome(turn.when.until) : isNear(turn.when.inSeconds);
  return {
    language,
    subject: told.subject,
    preview: told.preview,
    heading: told.subject,
    blocks: [
      greeting(language, name),
      { kind: 'text', text: told.text },
      { kind: 'button', label: t('turnButton'), url },
      facts([
        [t('event'), isolated(title, language)],
        [t('when'), t('whenIs', eventTimes(event, language))],
        [t('where'), isolated(where, language)],
      ]),
    ],
    footer: t('turnWhy', { event: title }),
  };

  function hasCome(until: Date) {
    const ends = eventTimes({ startsAt: until, endsAt: until, doorsAt: null, timeZone }, language);
    const untilText = `${ends.date}, ${ends.time.replace(/^(\S+) – \S+/, '$1')}`;
    return {
      subject: t('turnSubject', { event: title }),
      preview: t('turnPreview', { until: untilText }),
      text: t('turnText', { event: title, until: untilText }),
    };
  }

  function isNear(seconds: number) {
    const wait = t('nearMinutes', { count: Math.max(1, Math.round(seconds / 60)) });
    return {
      subject: t('nearSubject', { event: title }),
      preview: wait,
      text: `${wait} ${t('nearText', { event: title })}`,
    };
  }
}
