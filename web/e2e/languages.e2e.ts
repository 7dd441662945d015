import { expect, test } from 'vitest';
import type { Event } from '../../contract/events.ts';
import { languages } from '../../contract/languages.ts';
import { sampleOf } from '../../server/testing/thorough.ts';
import type { Person } from './testing/browsers.ts';
import { english, type Words, wordsIn } from './testing/catalogues.ts';
import { setUpHouse } from './testing/house.ts';

const house = setUpHouse();
type Feature = keyof typeof english;

/**
 * No browser has these locales by default, so a fallback to English would show. Each device is in a zone whose clock
 * differs from the event's by a fraction of an hour or by most of a day, so a time by the wrong clock would show.
 */
const readers = {
  en: { locale: 'en-US', timeZone: 'Pacific/Kiritimati' },
  de: { locale: 'de-AT', timeZone: 'Asia/Kathmandu' },
  es: { locale: 'es-MX', timeZone: 'America/St_Johns' },
  fr: { locale: 'fr-CA', timeZone: 'Pacific/Marquesas' },
  ar: { locale: 'ar-EG', timeZone: 'Pacific/Chatham' },
};

test.each(sampleOf(Object.entries(readers), 2))(
  'every page of the way to a ticket speaks %s',
  async (language, { locale, timeZone }) => {
    const words = await wordsIn(language);
    const reader = await house.person({ phone: true, locale, timeZone });
    const fetched: string[] = [];
    reader.page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
    const isIn = async (where: string, heading: string) => {
      await reader.sees('heading', heading);
      await isAllIn(reader, language, words, where);
    };

    await reader.open('/');
    // The server's first screen has the heading in every language, so wait for the program before checking texts.
    await reader.sees('searchbox', words.explore.search);
    await isIn('explore', words.explore.title);
    await reader.open('/e/night-shift');
    // The server's first screen has the title too, so wait for the program before checking texts.
    await reader.sees('button', `${words.buy.more}: Regular`);
    await isIn('event', 'Night Shift');
    await saysWhenAndHowMuch(reader, locale, words.buy.yourTime);
    await reader.open('/e/the-cartographer-s-daughter/seats');
    await reader.sees('application');
    await isAllIn(reader, language, words, 'seats');
    await reader.open('/e/night-shift');
    await reader.press(`${words.buy.more}: Regular`);
    await reader.page.locator('#tickets button.bg-accent:visible').click();
    await isIn('checkout', words.checkout.checkout);
    await saysWhen(reader, locale, words.buy.yourTime);
    await reader.open('/orders');
    await isIn('orders', words.wallet.title);
    await reader.open('/sign-in');
    await isIn('sign in', words.account.signIn);

    const catalogues = fetched.flatMap(
      (path) => /\/assets\/(en|de|es|fr|ar)-[^/]+\.js$/.exec(path)?.[1] ?? [],
    );
    expect(new Set(catalogues)).toEqual(new Set([language]));
  },
);

test('the language can be chosen, without losing the page, and is kept', async () => {
  const reader = await house.person({ phone: true, locale: 'de-DE' });
  const [german, arabic] = [await wordsIn('de'), await wordsIn('ar')];
  await reader.open('/?q=night');
  await reader.sees('heading', german.explore.title);
  await reader.page.evaluate(() => Object.assign(window, { sameDocument: true }));
  await reader.choose(german.shell.language, 'العربية');
  await reader.sees('heading', arabic.explore.title);
  expect(await reader.page.evaluate(() => 'sameDocument' in window)).toBe(true);
  expect(await reader.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
    arabic.shell.language,
  );
  expect(new URL(reader.page.url()).search).toBe('?q=night');

  await reader.page.reload();
  await reader.sees('heading', arabic.explore.title);
  // Texts that the server writes because of a request are in the page's language and not in the browser's.
  const asksInArabic = reader.page.waitForRequest(
    async (request) =>
      new URL(request.url()).pathname.startsWith('/api/') &&
      (await request.headerValue('accept-language')) === 'ar',
  );
  await reader.open('/e/night-shift');
  await asksInArabic;
  await reader.sees('button', `${arabic.buy.more}: Regular`);
  await isAllIn(reader, 'ar', arabic, 'event, later');
});

test('a browser that asks for a language that nobody translated reads English', async () => {
  const reader = await house.person({ locale: 'ja-JP' });
  await reader.open('/');
  await reader.sees('heading', english.explore.title);
  expect(await direction(reader)).toEqual({ lang: 'en', dir: 'ltr' });
});

/** Expects no English on the page, no missing text, the right direction, and no overflow. */
async function isAllIn(reader: Person, language: string, words: Words, where: string): Promise<void> {
  expect(await direction(reader), where).toEqual({
    lang: language,
    dir: languages[language as keyof typeof languages].direction,
  });
  const said = await everythingSaid(reader);
  const untranslated = Object.entries(english).flatMap(([feature, own]) =>
    Object.entries(own).filter(
      ([key, text]) => text !== (words[feature as Feature] as typeof own)[key as never],
    ),
  );
  // A single word may be a name. This looks for sentences, and for keys that can't be words.
  const leftovers = untranslated.flatMap(([key, text]) => [
    ...(text.includes(' ') && !text.includes('{') ? [text] : []),
    ...(/[a-z][A-Z]/.test(key) ? [key] : []),
  ]);
  expect(
    leftovers.filter((text) => said.includes(text)),
    where,
  ).toEqual([]);
  expect(
    await reader.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    ),
    `${where}: wider than the screen by`,
  ).toBe(0);
}

const direction = (reader: Person) =>
  reader.page.evaluate(() => ({ lang: document.documentElement.lang, dir: document.documentElement.dir }));

/** Everything that is shown or announced: texts, names, descriptions, and the tab's title. */
const everythingSaid = (reader: Person): Promise<string> =>
  reader.page.evaluate(() => {
    const named = [...document.querySelectorAll('[aria-label], [title], [alt], [placeholder]')];
    const names = named.flatMap((element) =>
      ['aria-label', 'title', 'alt', 'placeholder'].map((name) => element.getAttribute(name) ?? ''),
    );
    // What browsers without JavaScript show is in all languages.
    const body = document.body.cloneNode(true) as HTMLElement;
    for (const other of body.querySelectorAll('noscript')) other.remove();
    return [document.title, document.body.innerText, body.textContent ?? '', ...names].join('\n');
  });

const nightShift = async (reader: Person): Promise<Event> =>
  (await reader.context.request.get('/api/events/night-shift')).json();

/** Digits are 0 to 9 in every language. */
const withLatinDigits = (locale: string) => new Intl.Locale(locale, { numberingSystem: 'latn' });

/** By the event's clock. The reader's is only in the line that says so (`yourTime`). */
async function saysWhen(reader: Person, locale: string, yourTime: string): Promise<void> {
  const { startsAt, timeZone } = await nightShift(reader);
  const start = new Date(startsAt);
  const clock = (zone: string) =>
    new Intl.DateTimeFormat(withLatinDigits(locale), {
      hour: '2-digit',
      minute: '2-digit',
      timeZone: zone,
    }).format(start);
  const own = await reader.page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  expect(clock(own)).not.toBe(clock(timeZone));
  const main = await reader.page.getByRole('main').innerText();
  expect(main).toContain(clock(timeZone));
  const [before = '', after = ''] = yourTime.split('{when}');
  const others = main.split('\n').filter((line) => !(line.startsWith(before) && line.endsWith(after)));
  expect(others.join('\n')).not.toContain(clock(own));
}

async function saysWhenAndHowMuch(reader: Person, locale: string, yourTime: string): Promise<void> {
  await saysWhen(reader, locale, yourTime);
  const event = await nightShift(reader);
  const own = withLatinDigits(locale);
  const day = new Intl.DateTimeFormat(own, { day: 'numeric', month: 'long', timeZone: event.timeZone });
  const price = event.ticketTypes.at(-1)?.price ?? { amount: 0, currency: 'EUR' };
  const money = new Intl.NumberFormat(own, {
    style: 'currency',
    currency: price.currency,
    maximumFractionDigits: 0,
  });
  const main = await reader.page.getByRole('main').innerText();
  const start = new Date(event.startsAt);
  for (const said of [day.format(start), money.format(price.amount / 100)]) {
    expect(main).toContain(said);
  }
}
