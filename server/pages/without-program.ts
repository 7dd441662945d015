import type { Event, EventSummary } from '../../contract/events.ts';
import { type Language, languages } from '../../contract/languages.ts';
import { formatMoney, type Money } from '../../contract/money.ts';
import { placeLine } from '../../contract/place.ts';
import { shownZone } from '../../contract/zones.ts';
import { toPlainText, toRichText } from '../features/catalog/rich-text.ts';
import { buyPath, eventPath, seriesPath, stateOf } from './event-head.ts';
import { escapeHtml } from './head.ts';

/**
 * What pages show in a browser without JavaScript: their content, and how to buy (plain/). One page is cached for readers of
 * all languages, so these texts are in all of them and everything else is the organiser's own text, dates and prices.
 */
const sentences = {
  en: 'Without JavaScript you can buy tickets on the page of an event. For everything else, switch it on in your browser and load this page again.',
  de: 'Ohne JavaScript kannst du auf der Seite einer Veranstaltung Tickets kaufen. Für alles andere schalte es in deinem Browser ein und lade diese Seite neu.',
  es: 'Sin JavaScript puedes comprar entradas en la página de un evento. Para todo lo demás, actívalo en tu navegador y vuelve a cargar esta página.',
  fr: 'Sans JavaScript, vous pouvez acheter des billets sur la page d’un événement. Pour tout le reste, activez-le dans votre navigateur et rechargez cette page.',
  ar: 'بدون JavaScript يمكنك شراء التذاكر من صفحة الفعالية. لكل ما عدا ذلك، فعّل JavaScript في متصفحك ثم أعد تحميل هذه الصفحة.',
};
const buyTexts = {
  en: 'Buy tickets without JavaScript',
  de: 'Tickets ohne JavaScript kaufen',
  es: 'Comprar entradas sin JavaScript',
  fr: 'Acheter des billets sans JavaScript',
  ar: 'شراء التذاكر بدون JavaScript',
};

/** The content of `<noscript>`. `content` is HTML. */
export const withoutProgram = (content: string): string =>
  `<noscript><div class="page py-8">${content}<div class="mt-6 border-t border-line">${inEach(sentences)}</div></div></noscript>`;

/** A paragraph for the readers of each language. */
const inEach = (texts: Record<Language, string>, show = (text: string) => text): string =>
  Object.entries(texts)
    .map(([language, text]) => {
      const { direction } = languages[language as Language];
      return `<p class="mt-3" lang="${language}" dir="${direction}">${show(text)}</p>`;
    })
    .join('');

/** An event: when, where, the tickets with their prices, and the whole text. Its title stands above already. */
export function eventContent(event: Event): string {
  const { venue, startsAt, endsAt, doorsAt, timeZone } = event;
  const times = `${when(startsAt, timeZone)} – ${when(endsAt, timeZone)}`;
  const about = toPlainText(toRichText(event.description));
  const types = event.ticketTypes.map((type) => `<li>${bdi(type.name)}: ${price(type.price)}</li>`);
  const state = stateOf(event);
  return [
    state && `<p class="font-bold">${escapeHtml(state)}</p>`,
    `<p class="font-semibold">${escapeHtml(times)}</p>`,
    doorsAt && `<p>Doors: ${escapeHtml(when(doorsAt, timeZone))}</p>`,
    venue.name && `<p>${bdi(placeLine(venue.name, venue.address, venue.city))}</p>`,
    types.length > 0 && `<ul class="mt-4">${types.join('')}</ul>`,
    event.status === 'published' && buyLinks(event.slug),
    ...about
      .split(/\n+/)
      .filter(Boolean)
      .map((paragraph) => `<p class="mt-4">${bdi(paragraph)}</p>`),
    `<p class="mt-4"><a href="/o/${encodeURIComponent(event.organisation.slug)}">${bdi(event.organisation.name)}</a></p>`,
    event.series &&
      `<p class="mt-4"><a href="${escapeHtml(seriesPath(event.organisation.slug, event.series.slug))}">${bdi(event.series.name)}</a></p>`,
    '<p class="mt-4"><a href="/">Admit</a></p>',
  ]
    .filter(Boolean)
    .join('');
}

/** The way to buy, for the readers of each language. The page that it leads to is in the reader's language. */
const buyLinks = (slug: string): string =>
  inEach(
    buyTexts,
    (text) => `<a class="font-bold text-accent underline" href="${escapeHtml(buyPath(slug))}">${text}</a>`,
  );

/** A list of events under a heading, each with its date, place and price. */
export function listContent(heading: string, events: EventSummary[]): string {
  const items = events.map((event) => {
    const { title, slug, startsAt, timeZone, venue, priceFrom } = event;
    const facts = [
      when(startsAt, timeZone),
      placeLine(venue.name, venue.city),
      stateOf(event) ?? (priceFrom && price(priceFrom)),
    ];
    const text = facts.flatMap((fact) => (fact ? [bdi(fact)] : [])).join(' · ');
    return `<li class="mt-4"><a class="font-bold" href="${escapeHtml(eventPath(slug))}">${bdi(title)}</a><br>${text}</li>`;
  });
  return `<h1 class="text-title font-extrabold">${bdi(heading)}</h1><ul>${items.join('')}</ul>`;
}

const bdi = (text: string): string => `<bdi>${escapeHtml(text)}</bdi>`;

const price = (money: Money): string => (money.amount === 0 ? 'Free' : formatMoney(money, 'en-GB'));

/** Friday 15 January 2027 at 23:00 CET. */
const when = (instant: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone: shownZone(timeZone),
  }).format(new Date(instant));
