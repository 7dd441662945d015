import { formatMoney } from '../../../contract/money.ts';
import { isolated } from '../../../contract/words.ts';
import { payBeforeOf } from '../inventory/inventory.ts';
import { placesOf } from '../inventory/places.ts';
import { wholeLine } from '../inventory/trade-in.ts';
import { instantText } from '../tickets/ticket-page.ts';
import { facts, greeting, type Letter } from './letter.ts';
import { type OrderMatter, orderButton, seatText, whenAndWhere } from './order-letters.ts';
import { letterWords } from './words.ts';

/** The team has found another place for a ticket. It is dearer, and its holder is asked to pay the difference. */
export function exchangeAskedLetter(matter: OrderMatter): Letter {
  const { order, event } = matter;
  const { language, number } = order;
  const t = letterWords(language);
  const amount = formatMoney({ amount: order.totalMinor, currency: order.currency }, language);
  const until = instantText(payBeforeOf(order), event.timeZone, language);
  return {
    language,
    subject: t('askedSubject', { event: event.title }),
    preview: t('askedPreview', { amount, until }),
    heading: t('askedHeading'),
    blocks: [
      greeting(language, order.buyerName),
      { kind: 'text', text: t('askedText', { event: event.title, amount, until }) },
      { kind: 'list', rows: newPlaces(matter) },
      whenAndWhere(event, language),
      orderButton(matter, t('askedButton', { amount })),
      { kind: 'text', text: t('askedElse') },
      facts([[t('order'), isolated(number, language)]]),
    ],
    footer: t('askedWhy', { number }),
  };
}

/** Nobody paid for such an exchange, or somebody took it back. */
export function exchangeLapsedLetter(matter: OrderMatter): Letter {
  const { order, event } = matter;
  const { language, number } = order;
  const t = letterWords(language);
  return {
    language,
    subject: t('lapsedSubject', { event: event.title }),
    preview: t('lapsedPreview'),
    heading: t('lapsedHeading'),
    blocks: [
      greeting(language, order.buyerName),
      { kind: 'text', text: t('lapsedText', { event: event.title }) },
      orderButton(matter, t('openOrder')),
    ],
    footer: t('askedWhy', { number }),
  };
}

function newPlaces({ order: { lines, language } }: OrderMatter): { title: string; detail: string }[] {
  return placesOf(lines.map(wholeLine)).map(({ line, seatName }) => {
    const type = isolated(line.name, language);
    const seat = seatName && seatText(seatName, language);
    return { title: seat || type, detail: seat ? type : '' };
  });
}
