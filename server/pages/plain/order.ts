import type { Order } from '../../../contract/orders.ts';
import { placeLine } from '../../../contract/place.ts';
import {
  badgeOf,
  hasCode,
  moneyOf,
  noticeOf,
  receiptTitles,
} from '../../../web/src/features/wallet/say-order.ts';
import { eventPath } from '../event-head.ts';
import { button, buttonLink, form, type Html, hidden, html, notice } from './html.ts';
import { summary } from './summary.ts';
import type { Speech } from './words.ts';

/** An order with its tickets, for the browser that placed it. `paid`: the person comes from the payment. */
export function orderPage(order: Order, speech: Speech, paid: boolean): { title: string; content: Html } {
  const { plain, wallet } = speech;
  const title = wallet('order', { number: order.number });
  const path = `/buy/${order.id}`;
  // A person without JavaScript sees this page right after buying, so it always says where the tickets are.
  const said = noticeOf(order, { paid: paid || order.status === 'confirmed', slow: false });
  // The page with JavaScript has also the form to write to the organiser. The link of the mail leads there.
  const waits = order.review && speech.when(order.review.until, order.event.timeZone);
  const tickets = order.tickets.filter(({ status }) => status !== 'cancelled');
  const turns = order.event.ticketCodes !== 'fixed';
  const values = {
    email: order.buyer.email,
    time: speech.clock(order.expiresAt, order.event.timeZone),
    amount: speech.money(order.refunded),
  };
  const say = (key: Parameters<typeof wallet>[0]) =>
    (wallet as (key: string, values: object) => string)(key, values);
  return {
    title,
    content: html`<h1 class="text-title font-extrabold">${title}</h1>
<p class="mt-2"><bdi class="font-bold">${order.event.title}</bdi><br>${speech.when(order.event.startsAt, order.event.timeZone)}<br><bdi>${placeLine(order.event.venueName, order.event.city)}</bdi></p>
${waits ? notice('warn', html`<strong>${plain('waitsTitle')}</strong>`, plain('waitsText', { until: waits })) : said ? notice(said.tone ?? 'warn', html`<strong>${say(said.title)}</strong>`, said.text && say(said.text)) : notice('good', wallet(badgeOf(order).word))}
${
  order.status === 'pending' &&
  html`${buttonLink(plain('lookAgain'), paid ? `${path}?paid=1` : path, 'quiet')}
${!paid && form(`/buy/${order.holdId}`, hidden({ name: order.buyer.name, email: order.buyer.email, sure: order.buyer.email }), button(wallet('finish'), 'primary', 'order'))}`
}
${
  tickets.length > 0 &&
  html`<p>${waits ? '' : turns ? wallet('codeTurns') : tickets.some(hasCode) && buttonLink(wallet('pdf'), `/api/orders/${order.id}/tickets.pdf`)} ${buttonLink(wallet('calendar'), `/api/orders/${order.id}/event.ics`, 'quiet')}</p>
<ul>${tickets.map(
    (
      ticket,
      i,
    ) => html`<li class="mt-6"><h2 class="font-bold">${wallet('ticketOf', { n: i + 1, count: tickets.length })}</h2>
<p><bdi>${ticket.ticketTypeName}</bdi>${ticket.place && html`<br><bdi>${placeOf(ticket.place, speech)}</bdi>`}${ticket.attendeeName && html`<br><bdi>${ticket.attendeeName}</bdi>`}</p>
${waits ? html`<p><strong>${wallet('waits')}</strong></p>` : ticket.collect === 'post' || ticket.collect === 'none' ? html`<p>${wallet(ticket.collect === 'post' ? 'extraPosted' : 'extraNothing')}</p>` : hasCode(ticket) ? html`<img class="bg-white" src="/api/tickets/${ticket.id}/qr.svg" width="220" height="220" alt="${wallet('qrAlt', { n: i + 1 })}">` : html`<p><strong>${wallet('passedOn')}</strong></p>`}</li>`,
  )}</ul>`
}
<h2 class="mt-6 text-xl font-bold">${wallet(receiptTitles[moneyOf(order)])}</h2>
${summary(order, speech)}
<p class="mt-6"><a class="text-accent underline" href="${eventPath(order.event.slug)}">${wallet('toEvent')}</a></p>`,
  };
}

const placeOf = (
  { section, row, seat }: { section: string; row: string; seat: string },
  { buy }: Speech,
): string => (row === '' ? buy('seatNameNoRow', { section, seat }) : buy('seatName', { section, row, seat }));
