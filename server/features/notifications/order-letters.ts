import { formatMoney, type Money } from '../../../contract/money.ts';
import type { EventSale } from '../catalog/event-sale.ts';
import type { OrderRecord } from '../orders/orders.ts';
import { eventTimes, type TicketPage } from '../tickets/ticket-page.ts';
import type { Block, Letter } from './letter.ts';
import type { RefundReason } from './mail-job.ts';

/** An order, its event and where the buyer sees it. */
export interface OrderMatter {
  order: OrderRecord;
  event: EventSale;
  publicUrl: string;
}

const money = (amount: Money) => formatMoney(amount, 'en');

export function confirmedLetter({ order, event, publicUrl }: OrderMatter, pages: TicketPage[]): Letter {
  const count = pages.length === 1 ? 'Your ticket is' : `Your ${pages.length} tickets are`;
  return {
    subject: `Your tickets: ${event.title}`,
    preview: `${count} attached. Order ${order.number}.`,
    heading: event.title,
    blocks: [
      {
        kind: 'text',
        text: `Thank you, ${order.buyerName}. ${count} attached as a PDF, with the event for your calendar. Show each code at the door, on a phone or on paper.`,
      },
      whenAndWhere(event),
      { kind: 'list', rows: pages.map(ticketRow) },
      { kind: 'button', label: 'Open your order', url: `${publicUrl}/orders/${order.id}` },
      facts([
        ['Order', order.number],
        [
          'Total',
          order.totalMinor === 0 ? 'Free' : money({ amount: order.totalMinor, currency: order.currency }),
        ],
      ]),
    ],
    footer: why(order),
  };
}

export function reminderLetter({ order, event, publicUrl }: OrderMatter): Letter {
  const { date, time } = eventTimes(event);
  return {
    subject: `Soon: ${event.title}`,
    preview: `${date}, ${time}`,
    heading: event.title,
    blocks: [
      {
        kind: 'text',
        text: `Hello ${order.buyerName}, it is nearly time. Have your tickets ready at the door.`,
      },
      whenAndWhere(event),
      { kind: 'button', label: 'Open your tickets', url: `${publicUrl}/orders/${order.id}` },
    ],
    footer: `You get this mail because you want to be reminded of events. You can switch it off in your account. Order ${order.number}.`,
  };
}

export function cancelledLetter(matter: OrderMatter, refund: Money): Letter {
  const { order, event } = matter;
  const back =
    refund.amount === 0
      ? 'Nothing is refunded.'
      : `${money(refund)} goes back to the card or account you paid with.`;
  return {
    subject: `Cancelled: ${event.title}`,
    preview: `Order ${order.number} is cancelled.`,
    heading: 'Your order is cancelled',
    blocks: [
      {
        kind: 'text',
        text: `Hello ${order.buyerName}, your order for ${event.title} is cancelled and its tickets no longer admit anybody. ${back}`,
      },
      ...orderFacts(matter, [['Refund', money(refund)]]),
    ],
    footer: why(order),
  };
}

export function refundLetter(matter: OrderMatter, refund: Money, reason: RefundReason): Letter {
  const { order, event } = matter;
  const because = {
    cancelled_by_buyer: `The refund for your cancelled order for ${event.title} has been sent.`,
    places_gone: `Your payment for ${event.title} reached us after the time to buy had run out, and the places were taken by then. You have no tickets from this order, and all of your money has been sent back.`,
    paid_twice: `Your order for ${event.title} was paid twice. The second payment has been sent back; your tickets are not affected.`,
  };
  const noPlaces = reason === 'places_gone';
  return {
    subject: noPlaces ? `No tickets, money back: ${event.title}` : `Refund sent: ${event.title}`,
    preview: `${money(refund)} for order ${order.number}.`,
    heading: noPlaces
      ? 'The places were gone, so your money is on its way back'
      : 'Your refund is on its way',
    blocks: [
      {
        kind: 'text',
        text: `Hello ${order.buyerName}. ${because[reason]} Your bank may take a few days to show it.`,
      },
      ...orderFacts(matter, [['Refund', money(refund)]]),
    ],
    footer: why(order),
  };
}

function whenAndWhere(event: EventSale): Block {
  const { date, time, doors } = eventTimes(event);
  return facts([
    ['When', `${date}, ${time}`],
    ...(doors ? [['Doors', doors] as const] : []),
    ['Where', [event.venueName, event.address, event.city].filter(Boolean).join(', ')],
  ]);
}

function orderFacts({ order, event, publicUrl }: OrderMatter, more: (readonly [string, string])[]): Block[] {
  return [
    facts([['Event', event.title], ['Order', order.number], ...more]),
    { kind: 'button', label: 'Open the order', url: `${publicUrl}/orders/${order.id}` },
  ];
}

const facts = (pairs: (readonly [string, string])[]): Block => ({
  kind: 'facts',
  facts: pairs.map(([label, value]) => ({ label, value })),
});

function ticketRow({ place, ticketTypeName, attendeeName, price }: TicketPage): {
  title: string;
  detail: string;
} {
  const seat =
    place &&
    [place.section, place.row && `row ${place.row}`, `seat ${place.seat}`].filter(Boolean).join(', ');
  return {
    title: seat || ticketTypeName,
    detail: [seat && ticketTypeName, attendeeName, price].filter(Boolean).join(' · '),
  };
}

const why = (order: OrderRecord) =>
  `You get this mail because order ${order.number} was placed with this address.`;
