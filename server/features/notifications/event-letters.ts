import type { Language } from '../../../contract/languages.ts';
import { formatMoney, type Money } from '../../../contract/money.ts';
import { isolated } from '../../../contract/words.ts';
import { offerFor } from '../inventory/refund.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { eventTimes, instantText } from '../tickets/ticket-page.ts';
import { type Block, facts, greeting, type Letter } from './letter.ts';
import { type OrderMatter, orderButton, whenAndWhere } from './order-letters.ts';
import type { MoveNews } from './tell-moved.ts';
import { letterWords } from './words.ts';

/* Letters about what the organiser did with an event: to buyers, and to people who wait for places. */

/** The event was moved: the old and the new time and place, and the offer of a refund if there is one. */
export function movedLetter(matter: OrderMatter, news: MoveNews, now: Date): Letter {
  const { order, event } = matter;
  const { language, number } = order;
  const t = letterWords(language);
  const until = offerFor(order.soldAs, event.refundOffers, now);
  const offer = until && {
    kind: 'text' as const,
    text: t('movedOffer', { until: instantText(until, event.timeZone, language) }),
  };
  return aboutMoved(event, news, {
    language,
    name: order.buyerName,
    text: t('movedText', { event: event.title }),
    more: [...(offer ? [offer] : []), orderButton(matter, t('openOrder'))],
    footer: t('orderWhy', { number }),
  });
}

/** Whoever reads a letter and has no order. */
interface Waiting {
  language: Language;
  name: string;
  /** The page of the event. */
  url: string;
}

/** The event was moved, and the person keeps their place in the line. */
export function movedForWaitingLetter(
  event: EventSale,
  news: MoveNews,
  { language, name, url }: Waiting,
): Letter {
  const t = letterWords(language);
  return aboutMoved(event, news, {
    language,
    name,
    text: t('movedWaitingText', { event: event.title }),
    more: [{ kind: 'button', label: t('openEvent'), url }],
    footer: t('offerWhy', { event: event.title }),
  });
}

/** What every letter about a move says in the same words. `more` comes after the old and the new plan. */
function aboutMoved(
  event: EventSale,
  { was }: MoveNews,
  {
    language,
    name,
    text,
    more,
    footer,
  }: Omit<Waiting, 'url'> & { text: string; more: Block[]; footer: string },
): Letter {
  const t = letterWords(language);
  const { venueName, address, city } = was;
  const old = {
    startsAt: new Date(was.startsAt),
    endsAt: new Date(was.endsAt),
    doorsAt: null,
    timeZone: was.timeZone,
  };
  const hasNewTime =
    old.startsAt.getTime() !== event.startsAt.getTime() || old.endsAt.getTime() !== event.endsAt.getTime();
  const hasNewPlace = venueName !== event.venueName || address !== event.address || city !== event.city;
  const place = isolated([venueName, address, city].filter(Boolean).join(', '), language);
  return {
    language,
    subject: t('movedSubject', { event: event.title }),
    preview: t('movedPreview', { when: t('whenIs', eventTimes(event, language)) }),
    heading: t('movedHeading', { event: event.title }),
    blocks: [
      greeting(language, name),
      { kind: 'text', text },
      whenAndWhere(event, language),
      facts([
        ...(hasNewTime ? [[t('whenBefore'), t('whenIs', eventTimes(old, language))] as const] : []),
        ...(hasNewPlace ? [[t('whereBefore'), place] as const] : []),
      ]),
      ...more,
    ],
    footer,
  };
}

/** The event was cancelled before the order was paid. If money comes later, the mail about its refund follows. */
export function unpaidEventCancelledLetter({ order, event }: OrderMatter): Letter {
  const { language, number } = order;
  const t = letterWords(language);
  return aboutCancelled(event, {
    language,
    name: order.buyerName,
    preview: t('eventCancelledUnpaidPreview', { number }),
    text: t('eventCancelledUnpaidText', { event: event.title }),
    more: [[t('order'), isolated(number, language)]],
    footer: t('orderWhy', { number }),
  });
}

/** The event was cancelled. This one letter says why, what goes back and when: no other one follows. */
export function eventCancelledLetter(matter: OrderMatter, refund: Money): Letter {
  const { order, event } = matter;
  const { language, number, totalMinor } = order;
  const t = letterWords(language);
  const amount = formatMoney(refund, language);
  const isKept = event.cancellation?.refund === 'none' && totalMinor > order.refundedMinor;
  const money =
    refund.amount > 0
      ? `${t('cancelledRefund', { amount })} ${t('bankDays')}`
      : isKept
        ? t('eventCancelledKept')
        : '';
  return aboutCancelled(event, {
    language,
    name: order.buyerName,
    preview: t('eventCancelledPreview', { number }),
    text: `${t('eventCancelledText', { event: event.title })} ${money}`.trim(),
    more: [
      [t('order'), isolated(number, language)],
      ...(refund.amount > 0 || isKept ? [[t('refund'), isolated(amount, language)] as const] : []),
    ],
    button: orderButton(matter, t('openOrder')),
    footer: t('orderWhy', { number }),
  });
}

/** The event was cancelled, and nobody waits for it any more. */
export function cancelledForWaitingLetter(event: EventSale, { language, name }: Waiting): Letter {
  const t = letterWords(language);
  return aboutCancelled(event, {
    language,
    name,
    preview: t('eventCancelledWaitingPreview'),
    text: t('eventCancelledWaitingText', { event: event.title }),
    more: [],
    footer: t('offerWhy', { event: event.title }),
  });
}

/** What every letter about a cancelled event says in the same words. `more` are facts beside the organiser's reason. */
function aboutCancelled(
  { title, cancellation }: EventSale,
  letter: Pick<Letter, 'language' | 'preview' | 'footer'> & {
    name: string;
    text: string;
    more: (readonly [string, string])[];
    button?: Block;
  },
): Letter {
  const { language, name, preview, text, more, button, footer } = letter;
  const t = letterWords(language);
  return {
    language,
    subject: t('eventCancelledSubject', { event: title }),
    preview,
    heading: t('eventCancelledHeading', { event: title }),
    blocks: [
      greeting(language, name),
      { kind: 'text', text },
      facts([[t('reason'), isolated(cancellation?.reason ?? '', language)], ...more]),
      ...(button ? [button] : []),
    ],
    footer,
  };
}
