import type { Event } from '../../../contract/events.ts';
import { type ChosenPlaces, changePlaces, type Hold } from '../../../contract/holds.ts';
import type { TicketTypeId } from '../../../contract/ids.ts';
import { nameOfVariant } from '../../../contract/product-names.ts';
import { sameAgain, windowState } from '../../../web/src/features/buy/sale.ts';
import { askApi, type Visit } from './ask-api.ts';
import { button, field, form, type Html, html } from './html.ts';
import type { Speech } from './words.ts';

/** At the checkout: the extras of the event, each variant with its price and a number. */
export function extrasForm(event: Event, hold: Hold, speech: Speech): Html | false {
  const { extras, price } = speech;
  const now = Date.parse(hold.now);
  const products = event.products.filter((product) => windowState(product, now) === 'open');
  const isFixed = hold.exchangeOf !== undefined || hold.lines.some(({ isResale }) => isResale);
  if (products.length === 0 || isFixed) return false;
  const chosen = new Map(hold.lines.map(({ ticketTypeId, quantity }) => [ticketTypeId, quantity]));
  return html`<h2 class="mt-6 text-xl font-bold">${extras('title')}</h2>
${form(
  `/buy/${hold.id}`,
  products.map(
    (product) => html`${
      product.description !== '' && html`<p class="mt-4 text-muted"><bdi>${product.description}</bdi></p>`
    }
${product.variants.map(({ id, name, price: costs }) =>
  field({
    name: `q.${id}`,
    label: html`<bdi>${nameOfVariant(product.name, name)}</bdi> · ${price(costs)}`,
    value: String(chosen.get(id) ?? 0),
    more: html`type="number" inputmode="numeric" min="0" max="${product.maxPerOrder}" step="1" dir="ltr"`,
  }),
)}
<p class="mt-1 text-sm text-muted">${extras(`collect.${product.collect}`)}</p>`,
  ),
  button(extras('title'), 'quiet', 'extras'),
)}`;
}

/** The places that the hold has afterwards: its own, and the extras that were sent. Null if a number is none. */
export function withExtras(event: Event, hold: Hold, sent: URLSearchParams): ChosenPlaces | null {
  const places = { ...hold, lines: hold.lines.filter(({ collect }) => !collect) };
  const { items = [], seats } = sameAgain(places);
  const variants = event.products.flatMap((product) => product.variants.map(({ id }) => id));
  const counts = variants.map((id) => ({ id, text: sent.get(`q.${id}`)?.trim() || '0' }));
  if (counts.some(({ text }) => !/^\d{1,4}$/.test(text))) return null;
  const extras = counts
    .filter(({ text }) => Number(text) > 0)
    .map(({ id, text }) => ({ ticketTypeId: id as TicketTypeId, quantity: Number(text) }));
  const all = [...items, ...extras];
  return { ...(seats && { seats }), ...(all.length > 0 && { items: all }) };
}

export const changeExtras = (visit: Visit, hold: Hold, body: ChosenPlaces): Promise<Hold> =>
  askApi(visit, changePlaces, { params: { holdId: hold.id }, body });

/** The name of a variant of the event; undefined for a ticket type. */
export const variantName = ({ products }: Event, id: unknown): string | undefined =>
  products
    .flatMap((product) =>
      product.variants.flatMap((variant) =>
        variant.id === id ? nameOfVariant(product.name, variant.name) : [],
      ),
    )
    .at(0);
