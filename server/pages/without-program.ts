import type { Event, EventSummary } from '../../contract/events.ts';
import { formatMoney, type Money } from '../../contract/money.ts';
import { shownZone } from '../../contract/zones.ts';
import { toPlainText, toRichText } from '../features/catalog/rich-text.ts';
import { eventPath, stateOf } from './event-head.ts';
import { escapeHtml } from './head.ts';

/**
 * What pages show in a browser without JavaScript: their content, and what is needed to buy. One page is cached for readers
 * of all languages, so the sentence is in all of them and everything else is the organiser's own text, dates and prices.
 */
const sentences = {
  en: 'To buy tickets and to see your own, switch on JavaScript in your browser and load this page again.',
  de: 'Um Tickets zu kaufen und deine zu sehen, schalte JavaScript in deinem Browser ein und lade diese Seite neu.',
  es: 'Para comprar entradas y ver las tuyas, activa JavaScript en tu navegador y vuelve a cargar esta página.',
  fr: 'Pour acheter des billets et voir les vôtres, activez JavaScript dans votre navigateur et rechargez cette page.',
  ar: 'لشراء التذاكر ولرؤية تذاكرك، فعّل JavaScript في متصفحك ثم أعد تحميل هذه الصفحة.',
};

/** The content of `<noscript>`. `content` is HTML. */
export const withoutProgram = (content: string): string =>
  `<noscript><div class="page py-8">${content}<div class="mt-6 border-t border-line">${Object.entries(
    sentences,
  )
    .map(([language, text]) => {
      const direction = language === 'ar' ? ' dir="rtl"' : '';
      return `<p class="mt-3" lang="${language}"${direction}>${text}</p>`;
    })
    .join('')}</div></div></noscript>`;

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
    `<p>${bdi([venue.name, venue.address, venue.city].filter(Boolean).join(', '))}</p>`,
    types.length > 0 && `<ul class="mt-4">${types.join('')}</ul>`,
    ...about
      .split(/\n+/)
      .filter(Boolean)
      .map((paragraph) => `<p class="mt-4">${bdi(paragraph)}</p>`),
    `<p class="mt-4"><a href="/o/${encodeURIComponent(event.organisation.slug)}">${bdi(event.organisation.name)}</a></p>`,
    '<p class="mt-4"><a href="/">Admit</a></p>',
  ]
    .filter(Boolean)
    .join('');
}

/** A list of events under a heading, each with its date, place and price. */
export function listContent(heading: string, events: EventSummary[]): string {
  const items = events.map((event) => {
    const { title, slug, startsAt, timeZone, venue, priceFrom } = event;
    const facts = [
      when(startsAt, timeZone),
      `${venue.name}, ${venue.city}`,
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
