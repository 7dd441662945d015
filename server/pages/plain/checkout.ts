import { type Event, getEvent } from '../../../contract/events.ts';
import type { Hold, Line } from '../../../contract/holds.ts';
import { likelyAddress } from '../../../contract/mistyped-domain.ts';
import type { NewOrder, Order } from '../../../contract/orders.ts';
import type { Payment } from '../../../contract/payments.ts';
import { policyLines } from '../../../web/src/features/buy/policy.ts';
import { placesIn } from '../../../web/src/features/buy/sale.ts';
import { reductionOf } from '../../../web/src/features/promo/promo.ts';
import { buyPath } from '../event-head.ts';
import { askApi, type Visit } from './ask-api.ts';
import { extrasForm } from './extras.ts';
import { button, buttonLink, field, form, type Html, hidden, html, notice } from './html.ts';
import { type AskedPage, questionFields } from './questions.ts';
import { seatsOf, summary } from './summary.ts';
import type { Speech } from './words.ts';

/** What a person typed at the checkout. */
export interface Typed {
  name: string;
  email: string;
  attendees: string[];
  /** The address that the person was asked about, and sent again. */
  sure: string;
}

interface Problems {
  refusal?: string | undefined;
  /** Fields of the order that are wrong: `buyer.email`. */
  wrong?: string[];
}

export const eventOf = (visit: Visit, hold: Hold): Promise<Event> =>
  askApi(visit, getEvent, { params: { eventId: hold.eventId } });

/** The page where a person sees what the places cost, and enters who they are. */
export function checkoutPage(
  { event, hold, asked = null }: { event: Event; hold: Hold; asked?: AskedPage | null },
  speech: Speech,
  typed: Partial<Typed> = {},
  { refusal, wrong = [] }: Problems = {},
): { title: string; content: Html } {
  const { buy, plain, wallet } = speech;
  const minutes = Math.max(0, Math.floor((Date.parse(hold.expiresAt) - Date.parse(hold.now)) / 60_000));
  const action = `/buy/${hold.id}`;
  const wrongText = (name: string, text: string) => (wrong.includes(name) ? text : undefined);
  const meant = typed.email && typed.sure === typed.email ? likelyAddress(typed.email) : null;
  const content = html`<h1 class="text-title font-extrabold">${buy('checkout')}</h1>
<p class="mt-2"><bdi class="font-bold">${event.title}</bdi><br>${speech.when(event.startsAt, event.timeZone)}</p>
${notice('warn', plain('heldFor', { minutes }))}
${refusal !== undefined && notice('bad', refusal)}
${summary(hold, speech)}
${extrasForm(event, hold, speech)}
${event.takesPromoCodes && promoForm(hold, speech)}
${form(
  action,
  html`<h2 class="mt-6 text-xl font-bold">${buy('yourDetails')}</h2>`,
  field({
    name: 'name',
    label: buy('name'),
    value: typed.name ?? '',
    error: wrongText('buyer.name', plain('fieldWrong')),
    more: html`autocomplete="name" required maxlength="120" dir="auto"`,
  }),
  field({
    name: 'email',
    label: buy('email'),
    value: typed.email ?? '',
    hint: buy('detailsText'),
    error: wrongText('buyer.email', plain('emailWrong')),
    more: html`type="email" autocomplete="email" required maxlength="254" dir="ltr"`,
  }),
  meant !== null && [notice('warn', plain('meant', { email: meant })), hidden({ sure: typed.email ?? '' })],
  event.asksAttendeeNames &&
    placesIn(hold.lines) > 0 &&
    attendeeFields(hold.lines, typed.attendees ?? [], wrong, speech),
  asked && questionFields(asked, hold, speech),
  button(buy(hold.total.amount === 0 ? 'getFree' : 'toPayment'), 'primary', 'order'),
)}
${form(action, button(buy('cancelHold'), 'quiet', 'release'))}
<h2 class="mt-6 font-bold">${buy('policy')}</h2>
${policyLines(event, { t: buy, money: speech.money, when: speech.when }).map((line) => html`<p class="text-muted">${line}</p>`)}
<p class="mt-6"><a class="text-accent underline" href="${buyPath(event.slug)}">${wallet('toEvent')}</a></p>`;
  return { title: `${buy('checkout')}: ${event.title}`, content };
}

function promoForm(hold: Hold, { promo }: Speech): Html {
  const reduction = reductionOf(hold.lines);
  if (reduction)
    return form(`/buy/${hold.id}`, button(promo('remove', { code: reduction.code }), 'quiet', 'no-promo'));
  return form(
    `/buy/${hold.id}`,
    field({
      name: 'code',
      label: promo('code'),
      more: html`autocomplete="off" autocapitalize="characters" maxlength="40"`,
    }),
    button(promo('redeem'), 'quiet', 'promo'),
  );
}

/** One name for each place, in the server's order of places. */
function attendeeFields(lines: Line[], names: string[], wrong: string[], speech: Speech): Html {
  const { buy, plain } = speech;
  const places = lines.flatMap((line) => {
    const seats = seatsOf(line, speech);
    return Array.from({ length: line.collect ? 0 : line.quantity }, (_, i) => seats[i] ?? line.name);
  });
  return html`<fieldset class="mt-6"><legend class="font-bold">${buy('attendees')}</legend>
<p class="text-sm text-muted">${buy('attendeesText')}</p>
${places.map((place, i) =>
  field({
    name: `attendee.${i}`,
    label: buy('attendee', { n: i + 1, place }),
    value: names[i] ?? '',
    error: wrong.includes(`attendees.${i}.name`) ? plain('fieldWrong') : undefined,
    more: html`required maxlength="120" dir="auto"`,
  }),
)}</fieldset>`;
}

/** A hold that has ended, with the way back. */
export function holdGonePage(event: Event, speech: Speech): { title: string; content: Html } {
  const { buy } = speech;
  const title = buy('releasedTitle');
  return {
    title,
    content: html`<h1 class="text-title font-extrabold">${title}</h1>
${buttonLink(buy('otherPlaces'), buyPath(event.slug))}`,
  };
}

export function typedIn(sent: URLSearchParams): Typed {
  const attendees: string[] = [];
  for (let i = 0; sent.has(`attendee.${i}`); i++) attendees.push(sent.get(`attendee.${i}`)?.trim() ?? '');
  const of = (name: string) => sent.get(name)?.trim() ?? '';
  return { name: of('name'), email: of('email'), attendees, sure: of('sure') };
}

/** True if the person must first say that they mean their address. */
export const isDoubtful = ({ email, sure }: Typed): boolean =>
  sure !== email && likelyAddress(email) !== null;

export const orderBody = (hold: Hold, { name, email, attendees }: Typed, publicUrl: string): NewOrder => ({
  holdId: hold.id,
  buyer: { name, email },
  ...(attendees.length > 0 && { attendees: attendees.map((each) => ({ name: each })) }),
  returnUrl: `${publicUrl}/buy/${hold.id.replace('hld_', 'ord_')}?paid=1`,
});

/**
 * After the order: the way to the provider's payment page. It is a link and no redirect, because browsers let a form of ours
 * lead to our own addresses only (form-action of the content security policy).
 */
export function payPage(
  { order, payment, hold }: { order: Order; payment: Payment; hold: Hold },
  speech: Speech,
): { title: string; content: Html } {
  const { buy, plain } = speech;
  const title = plain('placedTitle', { number: order.number });
  const minutes = Math.max(0, Math.floor((Date.parse(order.expiresAt) - Date.parse(hold.now)) / 60_000));
  return {
    title,
    content: html`<h1 class="text-title font-extrabold">${title}</h1>
<p class="mt-2">${plain('placedText')} ${plain('heldFor', { minutes })}</p>
${summary(order, speech)}
${payment.checkoutUrl !== null && buttonLink(buy('pay', { amount: speech.money(order.total) }), payment.checkoutUrl)}`,
  };
}
