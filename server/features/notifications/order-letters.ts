import type { Language } from '../../../contract/languages.ts';
import { formatMoney, type Money } from '../../../contract/money.ts';
import type { PassWallet } from '../../../contract/wallet-passes.ts';
import { isolated } from '../../../contract/words.ts';
import { memo } from '../../memo.ts';
import { placesOf } from '../inventory/places.ts';
import { showOrderParts } from '../inventory/show-hold.ts';
import { noTicketsFor, type OrderMail, type RefundReason } from '../orders/order-mails.ts';
import type { OrderRecord } from '../orders/orders.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { eventTimes, type TicketPage } from '../tickets/ticket-page.ts';
import { type Block, facts, greeting, joinBlocks, type Letter, walletButtons } from './letter.ts';
import { letterWords } from './words.ts';

/**
 * An order, its event as it is now, and the address of the buyer's page. Mails about when and where to come use the
 * event's present data. Mails about money use the data at the time of the order.
 */
export interface OrderMatter {
  order: OrderRecord;
  event: EventSale;
  publicUrl: string;
  /** Of the order's link: it opens the order for whoever has the mail (orders/order-links.ts). */
  secret: string;
}

export function confirmedLetter(
  matter: OrderMatter,
  pages: TicketPage[],
  wallets: PassWallet[] = [],
): Letter {
  const { order, event } = matter;
  const { language, number } = order;
  const t = letterWords(language);
  // An order of extras alone is counted by its extras.
  const count = pages.filter(({ collect }) => !collect).length || pages.length;
  const onPaper = event.ticketCodes === 'fixed';
  return {
    language,
    subject: t('confirmedSubject', { event: event.title }),
    preview: t(onPaper ? 'confirmedPreview' : 'confirmedPhonePreview', { count, number }),
    heading: event.title,
    blocks: [
      {
        kind: 'text',
        text: t(onPaper ? 'confirmedText' : 'confirmedPhoneText', { name: order.buyerName, count }),
      },
      ...[whenAndWhere(event, language), ...joinBlocks(event, language)],
      { kind: 'list', rows: pages.map((page) => ticketRow(matter, page)) },
      orderButton(matter, t('openOrder')),
      ...walletButtons(wallets, event, language, orderUrl(matter)),
      facts([
        [t('order'), isolated(number, language)],
        ...promoFact(order),
        [t('total'), order.totalMinor === 0 ? t('free') : isolated(total(order), language)],
        ...partFacts(order),
      ]),
      ...(order.totalMinor > 0 ? [{ kind: 'text' as const, text: t('receiptText') }] : []),
    ],
    footer: t('orderWhy', { number }),
  };
}

/** The link to an order, for somebody who asked for it by the order's number and their address. */
export function orderLinkLetter(matter: OrderMatter): Letter {
  const { order, event } = matter;
  const { language, number } = order;
  const t = letterWords(language);
  return {
    language,
    subject: t('linkSubject', { event: event.title }),
    preview: t('linkPreview', { number }),
    heading: event.title,
    blocks: [
      greeting(language, order.buyerName),
      { kind: 'text', text: t('linkText', { number }) },
      whenAndWhere(event, language),
      orderButton(matter, t('openOrder')),
      { kind: 'text', text: t('linkSecret') },
    ],
    footer: t('orderWhy', { number }),
  };
}

export function reminderLetter(matter: OrderMatter): Letter {
  const { order, event } = matter;
  const { language, number } = order;
  const t = letterWords(language);
  return {
    language,
    subject: t('reminderSubject', { event: event.title }),
    preview: t('whenIs', eventTimes(event, language)),
    heading: event.title,
    blocks: [
      greeting(language, order.buyerName),
      { kind: 'text', text: t('reminderText') },
      ...[whenAndWhere(event, language), ...joinBlocks(event, language)],
      orderButton(matter, t('openTickets')),
    ],
    footer: t('reminderWhy', { number }),
  };
}

export function cancelledLetter(matter: OrderMatter, refund: Money): Letter {
  const { order } = matter;
  const { language, number } = order;
  const t = letterWords(language);
  return {
    language,
    subject: t('cancelledSubject', { event: order.soldAs.title }),
    preview: t('cancelledPreview', { number }),
    heading: t('cancelledHeading'),
    blocks: [
      greeting(language, order.buyerName),
      {
        kind: 'text',
        text: `${t('cancelledText', { event: order.soldAs.title })} ${moneyBack(matter, refund)}`.trim(),
      },
      refundFacts(matter, refund),
      orderButton(matter, t('openOrder')),
    ],
    footer: t('orderWhy', { number }),
  };
}

/** The payment failed for good, so the order has ended. */
export function paymentFailedLetter(matter: OrderMatter): Letter {
  const { order, event, publicUrl } = matter;
  const { language, number } = order;
  const t = letterWords(language);
  return {
    language,
    subject: t('paymentFailedSubject', { event: event.title }),
    preview: t('paymentFailedPreview', { number }),
    heading: t('paymentFailedHeading'),
    blocks: [
      greeting(language, order.buyerName),
      { kind: 'text', text: t('paymentFailedText', { event: event.title }) },
      facts([
        [t('order'), isolated(number, language)],
        [t('total'), isolated(total(order), language)],
      ]),
      { kind: 'button', label: t('chooseAgain'), url: `${publicUrl}/e/${event.slug}` },
    ],
    footer: t('orderWhy', { number }),
  };
}

/** Some tickets of an order were cancelled, and others are still valid. */
export function ticketsCancelledLetter(matter: OrderMatter, count: number, refund: Money): Letter {
  const { order, event } = matter;
  const { language, number } = order;
  const t = letterWords(language);
  return {
    language,
    subject: t('ticketsCancelledSubject', { event: event.title, count }),
    preview: t('ticketsCancelledPreview', { number, count }),
    heading: t('ticketsCancelledHeading', { count }),
    blocks: [
      greeting(language, order.buyerName),
      {
        kind: 'text',
        text: `${t('ticketsCancelledText', { event: event.title, count })} ${moneyBack(matter, refund)}`.trim(),
      },
      refundFacts(matter, refund),
      orderButton(matter, t('openOrder')),
    ],
    footer: t('orderWhy', { number }),
  };
}

/** The organiser has refunded the order or a part of it, has ended tickets of it, or both. */
export function orderRefundedLetter(
  matter: OrderMatter,
  { cause, reason, ended, refunded, isLast, refund }: Extract<OrderMail, { kind: 'order-refunded' }>,
): Letter {
  const { order } = matter;
  const { language, number } = order;
  const t = letterWords(language);
  const event = order.soldAs.title;
  const amount = formatMoney(refund, language);
  const count = ended.length;
  const hasRefund = refund.amount > 0;
  const heading = hasRefund
    ? t('organiserRefundHeading', { amount })
    : cancelledHeading(matter, count, isLast);
  const about = ended.length > 0 ? ended : refunded;
  return {
    language,
    subject: t(hasRefund ? 'organiserRefundSubject' : 'cancelledSubject', { event }),
    preview: t('orderNumber', { number }),
    heading,
    blocks: [
      greeting(language, order.buyerName),
      {
        kind: 'text',
        text: [
          hasRefund
            ? t('organiserRefundText', { event, amount })
            : t(cause === 'disputed' ? 'disputeLostText' : 'organiserEndedText', { event }),
          count === 0 ? t('organiserKeptText') : t('organiserEndedCount', { count }),
        ].join(' '),
      },
      ...(reason === null
        ? []
        : [{ kind: 'text' as const, text: t('organiserReason', { reason: isolated(reason, language) }) }]),
      { kind: 'list', rows: placeRows(order, about) },
      refundFacts(matter, refund),
      ...(hasRefund ? [{ kind: 'text' as const, text: t('organiserRefundSoon') }] : []),
      orderButton(matter, t('openOrder')),
    ],
    footer: t('orderWhy', { number }),
  };
}

const cancelledHeading = ({ order: { language } }: OrderMatter, count: number, isLast: boolean): string => {
  const t = letterWords(language);
  return isLast ? t('cancelledHeading') : t('ticketsCancelledHeading', { count });
};

/** Names these tickets of an order as they were sold. */
function placeRows(
  { lines, language }: OrderRecord,
  positions: number[],
): { title: string; detail: string }[] {
  const places = placesOf(lines);
  return positions.flatMap((position) => {
    const place = places[position];
    if (!place) return [];
    const type = isolated(place.line.name, language);
    const seat = place.seatName && seatText(place.seatName, language);
    return [{ title: seat || type, detail: seat ? type : '' }];
  });
}

export function refundLetter(matter: OrderMatter, refund: Money, reason: RefundReason): Letter {
  const { order } = matter;
  const { language, number } = order;
  const t = letterWords(language);
  const amount = formatMoney(refund, language);
  const noTickets = noTicketsFor.has(reason);
  return {
    language,
    subject: t(noTickets ? 'goneSubject' : 'refundSubject', { event: order.soldAs.title }),
    preview: t('refundPreview', { amount, number }),
    heading: t(headings[reason]),
    blocks: [
      greeting(language, order.buyerName),
      { kind: 'text', text: `${t(because[reason], { event: order.soldAs.title })} ${t('bankDays')}` },
      refundFacts(matter, refund, !noTickets && reason !== 'paid_twice'),
      orderButton(matter, t('openOrder')),
    ],
    footer: t('orderWhy', { number }),
  };
}

const headings = {
  cancelled_by_buyer: 'refundHeading',
  refunded_by_organiser: 'refundHeading',
  event_cancelled: 'refundHeading',
  refunded_outside: 'refundHeading',
  disputed: 'refundHeading',
  exchanged: 'refundHeading',
  resold: 'refundHeading',
  places_gone: 'goneHeading',
  card_limit: 'cardHeading',
  cancelled_before_payment: 'cancelledFirstHeading',
  paid_twice: 'refundHeading',
  ticket_gone: 'ticketGoneHeading',
  gift_card_returned: 'refundHeading',
} as const satisfies Record<RefundReason, string>;

const because = {
  cancelled_by_buyer: 'refundText',
  refunded_by_organiser: 'organiserSentText',
  event_cancelled: 'organiserSentText',
  refunded_outside: 'organiserSentText',
  disputed: 'organiserSentText',
  exchanged: 'exchangedText',
  resold: 'resoldText',
  places_gone: 'goneText',
  card_limit: 'cardText',
  cancelled_before_payment: 'cancelledFirstText',
  paid_twice: 'twiceText',
  ticket_gone: 'ticketGoneText',
  gift_card_returned: 'giftLateText',
} as const satisfies Record<RefundReason, string>;

const total = ({ totalMinor, currency, language }: OrderRecord): string =>
  formatMoney({ amount: totalMinor, currency }, language);

/** The promo code that made the tickets cheaper, if any. */
function promoFact({ lines, language }: OrderRecord): [string, string][] {
  const code = lines.find((line) => line.promo)?.promo?.code;
  return code === undefined ? [] : [[letterWords(language)('promoCode'), isolated(code, language)]];
}

const percentFormats = memo<Intl.NumberFormat>(10);
const percentFormat = (language: Language): Intl.NumberFormat =>
  percentFormats(
    language,
    () => new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 4 }),
  );

/** The taxes and booking fees in the total. */
function partFacts({ lines, currency, language }: OrderRecord): (readonly [string, string])[] {
  const t = letterWords(language);
  const money = (amount: number) => isolated(formatMoney({ amount, currency }, language), language);
  const taxed = lines.filter(({ pricing, parts }) => pricing?.tax && parts.taxMinor > 0);
  const taxes = Map.groupBy(taxed, ({ pricing }) => `${pricing?.tax?.ratePercent} ${pricing?.tax?.name}`);
  const feeMinor = showOrderParts(lines, currency).fee.amount;
  return [
    ...[...taxes.values()].map((group) => {
      const { name = '', ratePercent = 0 } = group[0]?.pricing?.tax ?? {};
      const label = t('includesTax', { name, rate: percentFormat(language).format(ratePercent / 100) });
      return [
        label,
        money(group.reduce((sum, line) => sum + line.quantity * line.parts.taxMinor, 0)),
      ] as const;
    }),
    ...(feeMinor > 0 ? [[t('includesFees'), money(feeMinor)] as const] : []),
  ];
}

export function whenAndWhere(event: EventSale, language: Language): Block {
  const t = letterWords(language);
  const { date, time, doors } = eventTimes(event, language);
  const where = [event.venueName, event.address, event.city].filter(Boolean).join(', ');
  return facts([
    [t('when'), t('whenIs', { date, time })],
    ...(doors ? [[t('doors'), isolated(doors, language)] as const] : []),
    [t('where'), isolated(where, language)],
  ]);
}

/** What a cancellation refunds. A free order never had money, so its mail does not speak of a refund. */
function moneyBack({ order: { language, totalMinor } }: OrderMatter, refund: Money): string {
  const t = letterWords(language);
  if (refund.amount > 0) return t('cancelledRefund', { amount: formatMoney(refund, language) });
  return totalMinor === 0 ? '' : t('cancelledNoRefund');
}

/** `boughtTickets`: the money that goes back had bought tickets, so its receipt is taken back by a credit note. */
function refundFacts(
  { order: { language, number, soldAs, totalMinor } }: OrderMatter,
  refund: Money,
  boughtTickets = true,
): Block {
  const t = letterWords(language);
  const hasCreditNote = boughtTickets && refund.amount > 0;
  const amount = formatMoney(refund, language);
  return facts([
    [t('event'), isolated(soldAs.title, language)],
    [t('order'), isolated(number, language)],
    ...(totalMinor === 0 ? [] : [[t('refund'), isolated(amount, language)] as const]),
    ...(hasCreditNote ? [[t('creditNote'), t('creditNoteWhere')] as const] : []),
  ]);
}

// In the fragment, which browsers send to nobody: so the secret is in no log and in no Referer.
export const orderButton = (matter: OrderMatter, label: string): Block => ({
  kind: 'button',
  label,
  url: orderUrl(matter),
});

const orderUrl = ({ order, publicUrl, secret }: OrderMatter): string =>
  `${publicUrl}/orders/${order.id}#${secret}`;

function ticketRow(
  { order: { language } }: OrderMatter,
  page: TicketPage,
): { title: string; detail: string } {
  const { place, attendeeName, price, collect } = page;
  const type = isolated(page.ticketTypeName, language);
  const seat = place && seatText(place, language);
  return {
    title: seat || type,
    detail: [
      seat && type,
      collect && letterWords(language)(`collect.${collect}`),
      attendeeName && isolated(attendeeName, language),
      isolated(price, language),
    ]
      .filter(Boolean)
      .join(' · '),
  };
}

/** `Stalls, row A, seat 12` */
export function seatText(seat: { section: string; row: string; seat: string }, language: Language): string {
  const t = letterWords(language);
  return seat.row ? t('seatName', seat) : t('seatNameNoRow', seat);
}
