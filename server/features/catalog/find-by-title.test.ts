import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ListedEvent } from '../../../contract/events.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';
import { publishCopies } from './testing/publish-copies.ts';

let world: World;
let original: TestEvent;

beforeAll(async () => {
  world = await createWorld();
  original = await world.event({ fields: { title: 'Original', description: 'The one that is copied.' } });
});
afterAll(() => world?.close());

/** All pages of a search. */
async function find(q: string): Promise<ListedEvent[]> {
  const items: ListedEvent[] = [];
  let cursor: string | null = null;
  do {
    const more: string = cursor ? `&cursor=${cursor}` : '';
    const { status, body } = await world
      .client()
      .get(`/api/events?limit=100&q=${encodeURIComponent(q)}${more}`);
    expect([q, status, body.detail]).toEqual([q, 200, undefined]);
    items.push(...body.items);
    cursor = body.nextCursor;
  } while (cursor);
  return items;
}

const publish = (...titles: string[]) =>
  publishCopies(
    world,
    original.id,
    titles.map((title) => ({ title })),
  );
const titlesOf = (items: ListedEvent[]) => items.map(({ title }) => title);

const nasty = [
  'C/O Berlin Nacht',
  'v2.0 Launch',
  'AC/DC Tribute',
  'node.js & admit.example.org/tickets?x=1',
  'a@b.example',
  '-5 °C: 1,000.50 €',
  '!!!',
  '🎉',
  '☎️ 👩‍👩‍👧 1️⃣',
  'X',
  'A b c d e f g h i j k l m n o p',
  "Rock'n'Roll \\ '' & | ! ( ) <-> :*",
  'مُوسيقى الـعُود فِي الإسكندرية',
  'ﾊﾟｰﾃｨｰ ﾅｲﾄ',
  'ガラスの森・夜の音楽会',
  'हिन्दी संगीत समारोह',
  'เทศกาลดนตรีกรุงเทพ',
  'שָׁלוֹם עֲלֵיכֶם',
  'ΟΔΟΣ Ονείρων',
  'İSTANBUL Iğdır',
  'Łódź — Ørsted Straßenfest',
  '한국음악의밤',
  '½ Marathon №5 ™',
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
  'ngoại ô Đà Nẵng',
  'Հայ երաժշտություն',
  'ጥምቀት፡በዓል',
  'a\u00adb\u200bc\u2060d',
  '༄༅།བོད་ཀྱི',
  'می‌خواهم',
];

const scripts = [
  'abcxyzäßøłžé',
  'ابتثأإىةؤُِـ',
  'אבגדהְָ',
  'かなカナパﾊﾟ夜音楽ー・',
  'हिन्दीसंगीत',
  'กรุงเทพที่',
  '한국어음악',
  'αβγάΣς',
  'абвёйЯ',
  './-_\'&@#!?:;,()[]{}\\|<>*+=~`"%^$€™½²🎉👩‍👧☎️',
  '0123456789٣४',
];
const piece = fc.oneof(
  ...scripts.map((letters) =>
    fc.string({ unit: fc.constantFrom(...[...letters]), minLength: 1, maxLength: 12 }),
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
);
/** Titles that a person could find again: with a letter, a digit or a symbol, within the 120 letters of the contract. */
const title = fc
  .array(piece, { minLength: 1, maxLength: 9 })
  .map((pieces) => pieces.join(' ').replaceAll('\0', '').trim().slice(0, 120).toWellFormed())
  .filter((text) => /[\p{L}\p{N}\p{P}\p{S}]/u.test(text.replace(/[\p{M}ـ]/gu, '')));

test('every event is found by its own title, whatever else is published', async () => {
  const generated = fc.sample(title, { numRuns: 120, seed: 20_271_128 });
  const events = await publish(...nasty, ...generated);
  for (const event of events) {
    const found = await find(event.title!);
    const own = found.find(({ id }) => id === event.id);
    expect.soft([event.title, own?.match]).toEqual([event.title, 'exact']);
  }
}, 300_000);

test('adding an event never removes another one from a result', async () => {
  const asked = [
    'markt',
    'weihnachtsmarkt',
    'weihnachtsmakrt',
    'nihgt',
    'night',
    'tehatre',
    'jaxz',
    '音楽',
    'fest',
    'konzrt',
    'launch v2',
  ];
  const words = fc.constantFrom(
    ...['Weihnachtsmarkt', 'Markt', 'Night', 'Light', 'Theatre', 'Jazz', '音楽会', 'Sommerfest', 'Konzert'],
    ...['Nightt', 'Markttag', 'Fest', 'Theater', 'v2.0', 'Launch', 'Right', 'Knight', 'Jacks', 'Mark'],
  );
  const titles = fc.sample(
    fc.array(words, { minLength: 1, maxLength: 3 }).map((some) => some.join(' ')),
    { numRuns: 60, seed: 7 },
  );
  const idsOf = async (q: string) => (await find(q)).map(({ id }) => id);
  // What matches by a part or a slip is there first; then come the events whose words begin with what is asked.
  await publish(
    'Heringsmarkt',
    'Nights of Chopin',
    'Theaters',
    'Jasz',
    'Sommerfest',
    '夜の音楽会',
    'Konzertt',
  );
  let before = await Promise.all(asked.map(idsOf));
  for (const more of [titles.slice(0, 30), titles.slice(30)]) {
    await publish(...more);
    const after = await Promise.all(asked.map(idsOf));
    asked.forEach((q, i) => {
      expect.soft([q, before[i]!.filter((id) => !after[i]!.includes(id))]).toEqual([q, []]);
    });
    before = after;
  }
}, 300_000);

describe('parts of words', () => {
  test('count always, also where a word of another event begins with them', async () => {
    await publish('Wintermarkt', 'Markttag');
    expect(titlesOf(await find('markt'))).toEqual(expect.arrayContaining(['Wintermarkt', 'Markttag']));
  });

  test.each([
    ['hiphop', 'Hip-Hop am Hafen'],
    ['hip hop', 'Hip-Hop am Hafen'],
    ['dont', 'Don’t Look Back'],
    ["d'ont", 'Don’t Look Back'],
    ['bar', 'Minibar'],
    ['الموسيقي', 'مُوسيقى في الموسيقى'],
    ['اسكندرية', 'الإسكندريّة'],
    ['パーティー', 'ﾊﾟｰﾃｨｰ 2'],
    ['ﾊﾟｰﾃｨｰ', 'スーパーパーティー'],
    ['techno & house', 'Techno and House'],
    ['🎉', 'Geburtstag🎉'],
  ])('%s finds %s', async (q, wanted) => {
    await publish(wanted);
    const found = await find(q);
    expect(found.filter(({ match }) => match === 'exact').map((event) => event.title)).toContain(wanted);
  });

  test('of three letters count where they end a word, so that "bar" does not find "Lombardy"', async () => {
    await publish('Lombardy');
    expect(titlesOf(await find('bar'))).not.toContain('Lombardy');
    expect(titlesOf(await find('bardy'))).toContain('Lombardy');
  });
});

describe('slips', () => {
  test('come after what was typed, in the same paging, and each event once', async () => {
    await publish('Zephyr One', 'Zephir Two', 'Zephyr Three', 'Zephir Four', 'Zephyr Five');
    const seen: [string, string | undefined][] = [];
    let cursor = '';
    do {
      const { body } = await world.client().get(`/api/events?limit=2&q=zephyr${cursor}`);
      seen.push(
        ...body.items.map((item: ListedEvent): [string, string | undefined] => [item.title, item.match]),
      );
      cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
    } while (cursor);
    expect(seen.map(([, match]) => match)).toEqual(['exact', 'exact', 'exact', 'similar', 'similar']);
    expect(new Set(seen.map(([name]) => name)).size).toBe(5);
  });

  test.each([
    ['jaxz', 'Jazz Matinee'],
    ['jaz', 'Jazz Matinee'],
    ['matnee', 'Jazz Matinee'],
    ['jazz maitnee', 'Jazz Matinee'],
    ['wintremarkt', 'Wintermarkt am See'],
  ])('%s finds %s', async (q, wanted) => {
    await publish(wanted);
    expect(titlesOf(await find(q))).toContain(wanted);
  });
});
