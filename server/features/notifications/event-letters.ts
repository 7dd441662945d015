import { formatMoney, type Money } from '../../../contract/money.ts';
import { isolated } from '../../../contract/words.ts';
import { offerFor } from '../inventory/refund.ts';
import { eventTimes, instantText } from '../tickets/ticket-page.ts';
import { facts, greeting, type Letter } from './letter.ts';
import { type OrderMatter, orderButton, whenAndWhere } from './order-letters.ts';
import type { MoveNews } from './tell-moved.ts';
import { letterWords } from './words.ts';

/* Letters to buyers about what the organiser did with an event. */

/** The event was moved: the old and the new time and place, and the offer of a refund if there is one. */
export function movedLetter(matter: OrderMatter, { was }: MoveNews, now: Date): Letter {
  const { order, event } = matter;
  const { language, number } = order;
  const t = letterWords(language);
  const until = offerFor(order.soldAs, event.refundOffers, now);
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
  const offer = until && {
    kind: 'text' as const,
    text: t('movedOffer', { until: instantText(until, event.timeZone, language) }),
  };
  return {
    language,
    subject: t('movedSubject', { event: event.title }),
    preview: t('movedPreview', { when: t('whenIs', eventTimes(event, language)) }),
    heading: t('movedHeading', { event: event.title }),
    blocks: [
      greeting(language, order.buyerName),
      { kind: 'text', text: t('movedText', { event: event.title }) },
      whenAndWhere(event, language),
      facts([
        ...(hasNewTime ? [[t('whenBefore'), t('whenIs', eventTimes(old, language))] as const] : []),
        ...(hasNewPlace
          ? [
              [
                t('whereBefore'),
                isolated([venueName, address, city].filter(Boolean).join(', '), language),
              ] as const,
            ]
          : []),
      ]),
      ...(offer ? [offer] : []),
      orderButton(matter, t('openOrder')),
    ],
    footer: t('orderWhy', { number }),
  };
}

/** The event was cancelled before the order was paid. If money comes later, the mail about its refund follows. */
export function unpaidEventCancelledLetter({ order, event }: OrderMatter): Letter {
  const { language, number } = order;
  const t = letterWords(language);
  return {
    language,
    subject: t('eventCancelledSubject', { event: event.title }),
    preview: t('eventCancelledUnpaidPreview', { number }),
    heading: t('eventCancelledHeading', { event: event.title }),
    blocks: [
      greeting(language, order.buyerName),
      { kind: 'text', text: t('eventCancelledUnpaidText', { event: event.title }) },
      facts([
        [t('reason'), isolated(event.cancellation?.reason ?? '', language)],
        [t('order'), isolated(number, language)],
      ]),
    ],
    footer: t('orderWhy', { number }),
  };
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
  return {
    language,
    subject: t('eventCancelledSubject', { event: event.title }),
    preview: t('eventCancelledPreview', { number }),
    heading: t('eventCancelledHeading', { event: event.title }),
    blocks: [
      greeting(language, order.buyerName),
      { kind: 'text', text: `${t('eventCancelledText', { event: event.title })} ${money}`.trim() },
      facts([
        [t('reason'), isolated(event.cancellation?.reason ?? '', language)],
        [t('order'), isolated(number, language)],
        ...(refund.amount > 0 || isKept ? [[t('refund'), isolated(amount, language)] as const] : []),
      ]),
      orderButton(matter, t('openOrder')),
    ],
    footer: t('orderWhy', { number }),
  };
}
