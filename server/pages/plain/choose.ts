import { mostAccessible } from '../../../contract/accessible-seats.ts';
import { minorDigits } from '../../../contract/currencies.ts';
import { Refused } from '../../../contract/errors.ts';
import { type Event, getEvent, type TicketType } from '../../../contract/events.ts';
import { guestKeyHeader } from '../../../contract/guest-key.ts';
import {
  type Availability,
  getAvailability,
  type Hold,
  listOwnHolds,
  type NewHold,
  placeHold,
} from '../../../contract/holds.ts';
import type { TicketTypeId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import { placeLine } from '../../../contract/place.ts';
import { presentStep } from '../../../contract/price-steps.ts';
import { checkCode } from '../../../contract/vouchers.ts';
import {
  type BuyState,
  buyState,
  mostOf,
  placesIn,
  windowState,
} from '../../../web/src/features/buy/sale.ts';
import { typedMinor } from '../../../web/src/features/prices/unit-prices.ts';
import { buyPath, eventPath } from '../event-head.ts';
import { askApi, keyOf, newKey, type Visit } from './ask-api.ts';
import { button, buttonLink, field, form, type Html, hidden, html, notice, select } from './html.ts';
import type { Speech } from './words.ts';

/** With fewer places left than this, the number is shown, as on the event's own page. */
const few = 20;

/** What a person has chosen, as they typed it. */
interface Choice {
  /** How many tickets without a seat, by ticket type. */
  quantities: Record<string, string>;
  /** The prices that the person named, in whole units, by ticket type. */
  prices: Record<string, string>;
  seatType: string;
  seats: string;
  /** How many of the seats are wheelchair places. */
  accessible: string;
  code: string;
}

/** Everything that the page shows. */
interface Choosing {
  event: Event;
  available: Record<string, number>;
  /** How many tickets each price step has left, by ticket type. */
  steps: Record<string, (number | null)[] | undefined>;
  /** The person's own active holds. */
  own: Hold[];
  now: Date;
}

/** With a code, the event has the ticket types that the code opens. A code that is refused is a refusal of the page. */
export async function readChoosing(visit: Visit, slug: string, now: Date, code = ''): Promise<Choosing> {
  const event = await askApi(visit, getEvent, { params: { eventId: slug } });
  const opened = code === '' ? [] : await openedBy(visit, event, code);
  const [availability, own] = await Promise.all([
    askApi(visit, getAvailability, { params: { eventId: event.id } }),
    ownHolds(visit, event),
  ]);
  const known = new Set(opened.map(({ id }) => id));
  const shown = event.ticketTypes.filter(({ id }) => !known.has(id));
  const steps = Object.fromEntries(availability.ticketTypes.map((type) => [type.id, type.steps]));
  return {
    event: { ...event, ticketTypes: [...shown, ...opened] },
    available: { ...byType(availability), ...byType({ ticketTypes: opened }) },
    steps,
    own,
    now,
  };
}

/** Looks a code up as a new guest if nobody is signed in, because wrong codes cost the budget of an account. */
async function openedBy(visit: Visit, event: Event, code: string) {
  const headers = { [guestKeyHeader]: newKey() };
  const checked = await askApi(visit, checkCode, { params: { eventId: event.id }, body: { code }, headers });
  return checked.opened;
}

const byType = ({ ticketTypes }: Pick<Availability, 'ticketTypes'>) =>
  Object.fromEntries(ticketTypes.map(({ id, available }) => [id, available]));

async function ownHolds(visit: Visit, event: Event): Promise<Hold[]> {
  if (!visit.request.headers.cookie) return [];
  const found = await askApi(visit, listOwnHolds, { params: { eventId: event.id } }).catch(
    (error: unknown) => {
      if (error instanceof Refused && error.code === 'unauthenticated') return { items: [] };
      throw error;
    },
  );
  return found.items;
}

/** The page of an event where a person chooses how many tickets. */
export function choosePage(
  { event, available, steps, own, now }: Choosing,
  speech: Speech,
  { choice, refusal }: { choice?: Choice; refusal?: string | undefined } = {},
): { title: string; content: Html } {
  const { buy, plain } = speech;
  const state = buyState(event, available, now.getTime());
  const general = event.ticketTypes.filter(({ zone }) => zone === null);
  const zoned = event.ticketTypes.filter(
    ({ zone, ...type }) => zone !== null && isOpen(type, available, now),
  );
  const place = placeLine(event.venue.name, event.venue.city);
  const content = html`<h1 class="text-title font-extrabold"><bdi>${event.title}</bdi></h1>
<p class="mt-2">${speech.when(event.startsAt, event.timeZone)}<br><bdi>${place}</bdi></p>
${own.map((hold) =>
  notice(
    'good',
    buy('heldTitle', { count: placesIn(hold.lines) }),
    buttonLink(buy('heldContinue'), `/buy/${hold.id}`, 'quiet'),
  ),
)}
${refusal !== undefined && notice('bad', refusal)}
${
  state.kind === 'open'
    ? form(
        buyPath(event.slug),
        hidden({ key: newKey() }),
        zoned.length > 0 && seatFields(event, zoned, speech, choice),
        general.map((type) => typeField({ event, available, steps, now }, type, speech, choice)),
        zoned.map((type) => notesOf({ event, steps, now }, type, speech)),
        codeField(speech, choice),
        event.orderFee.amount > 0 &&
          html`<p class="mt-4 text-muted">${buy('plusPerOrder', { amount: speech.money(event.orderFee) })}</p>`,
        button(buy('continue')),
      )
    : html`${notice('warn', whyClosed(state, event, speech))}
${buttonLink(plain('lookAgain'), buyPath(event.slug), 'quiet')}
${mayUnlock(state, event, now) && html`<form action="${buyPath(event.slug)}">${codeField(speech, choice)}${button(buy('continue'))}</form>`}`
}
<p class="mt-6"><a class="text-accent underline" href="${eventPath(event.slug)}">${speech.wallet('toEvent')}</a></p>`;
  return { title: event.title, content };
}

const isOpen = (
  type: Pick<TicketType, 'id' | 'saleStartsAt' | 'saleEndsAt'>,
  available: Record<string, number>,
  now: Date,
) => windowState(type, now.getTime()) === 'open' && (available[type.id] ?? 0) > 0;

/** While the event is on sale, a code may open tickets where everything else is sold out, or not on sale. */
const mayUnlock = ({ kind }: BuyState, event: Event, now: Date): boolean =>
  kind !== 'over' && kind !== 'cancelled' && windowState(event, now.getTime()) === 'open';

const codeField = ({ promo }: Speech, choice?: Choice): Html =>
  field({
    name: 'code',
    label: promo('code'),
    value: choice?.code ?? '',
    more: html`autocomplete="off" dir="ltr" maxlength="100"`,
  });

function whyClosed(state: BuyState, event: Event, { buy, when }: Speech): string {
  if (state.kind === 'soon') return buy('saleSoon', { when: when(state.at, event.timeZone) });
  if (state.kind === 'over') return buy('eventOver');
  if (state.kind === 'cancelled') return buy('eventCancelled');
  return buy(state.kind === 'soldOut' ? 'soldOut' : 'saleEnded');
}

/** Numbered seats: a price category and how many. The ledger chooses the best ones. */
const seatFields = (
  event: Event,
  types: TicketType[],
  { buy, plain, price }: Speech,
  choice?: Choice,
): Html =>
  html`<fieldset class="mt-6"><legend class="text-xl font-bold">${plain('seats')}</legend>
<p class="text-muted">${plain('bestText')}</p>
${select(
  { name: 'seatType', label: plain('kind'), ...(choice && { value: choice.seatType }) },
  types.map((type) => ({ value: type.id, text: `${type.name}, ${price(type.price)}` })),
)}
${numberField('seats', plain('howMany'), choice?.seats ?? '0', event.maxPerBuyer)}
${numberField('accessible', plain('wheelchairs'), choice?.accessible ?? '0', mostAccessible)}
<p class="mt-1 text-sm text-muted">${buy('limit', { count: event.maxPerBuyer })}</p></fieldset>`;

/** One ticket type without seats: its price and how many, or why none. */
function typeField(
  { event, available, steps, now }: Omit<Choosing, 'own'>,
  type: TicketType,
  speech: Speech,
  choice?: Choice,
): Html {
  const { buy } = speech;
  const left = available[type.id] ?? 0;
  const sale = windowState(type, now.getTime());
  const label = html`<bdi>${type.name}</bdi> · ${speech.price(type.price)}`;
  if (sale === 'open' && left > 0) {
    const hint = left <= few ? buy('left', { count: left }) : '';
    const chosen = choice?.quantities[type.id] ?? '0';
    return html`${numberField(`q.${type.id}`, label, chosen, mostOf(event, type, left, 0))}
${notesOf({ event, steps, now }, type, speech)}
${type.payWhatYouWant && priceField(event, type, speech, choice?.prices[type.id])}
${hint && html`<p class="mt-1 text-sm font-semibold text-warn">${hint}</p>`}`;
  }
  const why =
    sale === 'soon' && type.saleStartsAt
      ? buy('typeSoon', { when: speech.when(type.saleStartsAt, event.timeZone) })
      : buy(sale === 'ended' ? 'typeEnded' : 'soldOut');
  return html`<p class="mt-4"><span class="font-semibold">${label}</span><br><span class="text-muted">${why}</span></p>`;
}

/** What the price of a ticket type will be, for how many, and the smallest order. */
function notesOf(
  { event, steps, now }: Pick<Choosing, 'event' | 'steps' | 'now'>,
  type: TicketType,
  speech: Speech,
): Html {
  const { prices } = speech;
  const left = steps[type.id] ?? [];
  const at = presentStep(type.priceSteps, left, now.getTime());
  const step = type.priceSteps[at];
  const later = type.priceSteps.slice(at + 1);
  const next = later[presentStep(later, left.slice(at + 1), now.getTime())]?.price ?? type.fullPrice;
  const places = left[at] ?? null;
  const ofStep = step && [
    step.name,
    step.until && prices('until', { when: speech.when(step.until, event.timeZone) }),
    places !== null && places <= few && prices('leftAtPrice', { count: places }),
    next.amount === 0 ? prices('thenFree') : prices('next', { price: speech.money(next) }),
  ];
  const notes = [
    ofStep?.filter(Boolean).join(' · '),
    ...type.groupPrices.map(({ from, price }) => prices('group', { from, price: speech.price(price) })),
    type.minPerOrder > 1 && prices('atLeast', { count: type.minPerOrder }),
  ];
  return html`${notes.filter(Boolean).map((note) => html`<p class="mt-1 text-sm text-muted"><bdi>${note}</bdi></p>`)}`;
}

/** The field for the price of a ticket that is pay what you want. It begins with the suggestion. */
function priceField(
  { currency }: Event,
  { id, name, listPrice, payWhatYouWant }: TicketType,
  { prices, money }: Speech,
  typed?: string,
): Html {
  const decimals = minorDigits(currency);
  const least = payWhatYouWant?.lowestPaid ?? listPrice;
  const hint = prices(payWhatYouWant?.min.amount === 0 ? 'orFree' : 'fromPrice', { price: money(least) });
  return html`${field({
    name: `p.${id}`,
    label: prices('ownPriceFor', { type: name, currency }),
    value: typed ?? (listPrice.amount / 10 ** decimals).toFixed(decimals),
    more: html`inputmode="decimal" autocomplete="off" dir="ltr"`,
  })}<p class="mt-1 text-sm text-muted">${hint}</p>`;
}

const numberField = (name: string, label: string | Html, value: string, most: number): Html =>
  field({
    name,
    label,
    value,
    more: html`type="number" inputmode="numeric" min="0" max="${Math.max(1, most)}" step="1" dir="ltr"`,
  });

const fieldsIn = (sent: URLSearchParams, prefix: string): Record<string, string> =>
  Object.fromEntries(
    [...sent]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value.trim()]),
  );

export const choiceIn = (sent: URLSearchParams): Choice => ({
  quantities: fieldsIn(sent, 'q.'),
  prices: fieldsIn(sent, 'p.'),
  seatType: sent.get('seatType') ?? '',
  seats: sent.get('seats')?.trim() ?? '',
  accessible: sent.get('accessible')?.trim() ?? '',
  code: sent.get('code')?.trim() ?? '',
});

/** The places that a choice names; the key of the text that says what is wrong with the choice otherwise. */
export function wantedIn(
  { quantities, prices, seatType, seats, accessible, code }: Choice,
  currency: Currency,
): NewHold | 'chooseFirst' | 'oneKind' | 'numberWrong' {
  const counts = Object.entries({ ...quantities, '': seats }).map(([id, text]) => ({
    id,
    count: text || '0',
  }));
  const wheelchairs = Number(accessible || '0');
  if (
    !Number.isInteger(wheelchairs) ||
    wheelchairs < 0 ||
    wheelchairs > Math.min(mostAccessible, Number(seats || '0'))
  )
    return 'numberWrong';
  if (counts.some(({ count }) => !/^\d{1,4}$/.test(count))) return 'numberWrong';
  const withCode = code === '' ? {} : { code };
  const seatCount = Number(seats || '0');
  const items = counts
    .filter(({ id, count }) => id !== '' && Number(count) > 0)
    .map(({ id, count }) => {
      const item = { ticketTypeId: id as TicketTypeId, quantity: Number(count) };
      const typed = prices[id];
      return typed === undefined ? item : { ...item, priceMinor: typedMinor(typed, minorDigits(currency)) };
    });
  const priced = items.filter((item) => !('priceMinor' in item) || item.priceMinor !== null) as NonNullable<
    NewHold['items']
  >;
  if (priced.length < items.length) return 'numberWrong';
  if (seatCount > 0 && items.length > 0) return 'oneKind';
  if (seatCount > 0)
    return {
      bestAvailable: {
        ticketTypeId: seatType as TicketTypeId,
        quantity: seatCount,
        ...(wheelchairs > 0 && { accessible: wheelchairs }),
      },
      ...withCode,
    };
  return priced.length > 0 ? { items: priced, ...withCode } : 'chooseFirst';
}

/** Holds the chosen places. The form's key signs a new visitor in as a guest, so a double click is one guest and one hold. */
export async function holdChosen(visit: Visit, event: Event, body: NewHold, key: string): Promise<Hold> {
  const place = (guestKey: string) =>
    askApi(visit, placeHold, {
      params: { eventId: event.id },
      body,
      headers: { [guestKeyHeader]: guestKey, 'idempotency-key': keyOf(guestKey, body) },
    });
  try {
    return await place(key);
  } catch (error) {
    // The form is older than a guest key lives.
    if (error instanceof Refused && error.code === 'guest_key_ended') return place(newKey());
    throw error;
  }
}
