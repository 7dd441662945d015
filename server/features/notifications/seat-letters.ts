import type { Language } from '../../../contract/languages.ts';
import { isolated } from '../../../contract/words.ts';
import type { EventSale } from '../sale/event-sale.ts';
import type { TicketSeatChange } from '../tickets/seat-changes.ts';
import { type Block, greeting, type Letter } from './letter.ts';
import { type OrderMatter, orderButton, seatText, whenAndWhere } from './order-letters.ts';
import type { TransferMatter } from './transfer-letters.ts';
import { letterWords } from './words.ts';

/* Letters about seats that a new seat map renames or moves. */

type Change = Pick<TicketSeatChange, 'before' | 'after'>;

/** To the buyer, about the tickets of the order that they still hold. */
export function seatsChangedLetter(matter: OrderMatter, changes: Change[]): Letter {
  const { order, event } = matter;
  const { language, number } = order;
  const t = letterWords(language);
  return aboutSeats(event, changes, {
    language,
    name: order.buyerName,
    button: orderButton(matter, t('openOrder')),
    footer: t('orderWhy', { number }),
  });
}

/** To whoever holds tickets that somebody has passed on. */
export function heldSeatsChangedLetter({ transfer, event, url }: TransferMatter, changes: Change[]): Letter {
  const language = transfer.toLanguage;
  const t = letterWords(language);
  return aboutSeats(event, changes, {
    language,
    name: transfer.toName ?? '',
    button: { kind: 'button', label: t('openTicket'), url },
    footer: t('receivedWhy', { sender: transfer.fromName ?? '' }),
  });
}

/** The letter that confirms an order, with what became of its seats between the choice and the payment. */
export function withSeatNews(letter: Letter, { event }: OrderMatter, changes: Change[]): Letter {
  if (changes.length === 0) return letter;
  const t = letterWords(letter.language);
  const [first, ...rest] = letter.blocks;
  const news: Block[] = [
    { kind: 'text', text: t('seatsChangedText', { event: event.title }) },
    { kind: 'list', rows: rowsOf(changes, letter.language) },
  ];
  return { ...letter, blocks: [...(first ? [first] : []), ...news, ...rest] };
}

function aboutSeats(
  event: EventSale,
  changes: Change[],
  { language, name, button, footer }: { language: Language; name: string; button: Block; footer: string },
): Letter {
  const t = letterWords(language);
  const rows = rowsOf(changes, language);
  return {
    language,
    subject: t('seatsChangedSubject', { event: event.title }),
    preview: t('seatsChangedPreview', { seats: rows.map(({ title }) => title).join(' · ') }),
    heading: t('seatsChangedHeading', { count: changes.length }),
    blocks: [
      greeting(language, name),
      { kind: 'text', text: t('seatsChangedText', { event: event.title }) },
      { kind: 'list', rows },
      whenAndWhere(event, language),
      button,
    ],
    footer,
  };
}

function rowsOf(changes: Change[], language: Language) {
  const t = letterWords(language);
  return changes.map(({ before, after }) => {
    const [old, present] = [seatText(before, language), seatText(after, language)];
    return {
      title: isolated(present, language),
      detail: old === present ? t('seatStandsElsewhere') : t('seatBefore', { seat: isolated(old, language) }),
    };
  });
}
