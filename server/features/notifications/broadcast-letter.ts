import type { BroadcastText } from '../../../contract/broadcasts.ts';
import type { Language } from '../../../contract/languages.ts';
import { isolated } from '../../../contract/words.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { greeting, type Letter } from './letter.ts';
import { whenAndWhere } from './order-letters.ts';
import { letterWords } from './words.ts';

/** Whom a broadcast goes to. */
interface BroadcastReader {
  name: string;
  /** Of the mail's own words. The organiser's text may be in another language. */
  language: Language;
  /** The page of the order or of the ticket. */
  url: string;
}

/** The organiser's words, when and where the event is, and a link to the reader's tickets. */
export function broadcastLetter(
  event: EventSale,
  about: 'event' | 'news',
  { subject, text }: BroadcastText,
  { name, language, url }: BroadcastReader,
): Letter {
  const t = letterWords(language);
  const paragraphs = text.split(/\n\s*\n/).map((each) => each.trim());
  return {
    language,
    subject,
    preview: paragraphs[0]?.replaceAll(/\s+/g, ' ').slice(0, 150) ?? '',
    heading: subject,
    blocks: [
      greeting(language, name),
      ...paragraphs
        .filter(Boolean)
        .map((each) => ({ kind: 'text' as const, text: isolated(each, language) })),
      whenAndWhere(event, language),
      { kind: 'button', label: t('openTickets'), url },
    ],
    footer: t(about === 'news' ? 'newsWhy' : 'broadcastWhy', { event: event.title }),
  };
}
