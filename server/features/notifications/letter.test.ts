import { caniemail } from 'caniemail';
import { expect, test } from 'vitest';
import { type Language, languages } from '../../../contract/languages.ts';
import { type Letter, letterHtml, letterText } from './letter.ts';
import { everyLetter } from './testing/every-letter.ts';

/** What some clients do not support, and what a reader sees there instead. */
const degrades: Record<string, string> = {
  'color-scheme CSS property': 'light colours',
  'color-scheme meta tag': 'light colours',
  '@media': 'light colours, and the wide padding',
  '<style> element': 'light colours: they are inline',
  '<body> element': 'the ground is white',
  'border-radius': 'square corners',
  'role attribute': 'a plain block',
  'display:none': 'the line for lists of mails is shown in the mail',
  'max-height property': 'nothing: display:none hides the line',
  overflow: 'nothing: display:none hides the line',
  'overflow-wrap': 'word-break breaks long words there',
  'word-break': 'overflow-wrap breaks long words there',
  'margin property': 'tighter lines',
};

const clients: Parameters<typeof caniemail>[0]['clients'] = [
  'gmail.*',
  'outlook.*',
  'apple-mail.*',
  'yahoo.*',
];

const letters = (Object.keys(languages) as Language[]).flatMap((language) =>
  Object.entries(everyLetter(language)).flatMap(([kind, some]) =>
    some.map((letter, i): [string, Letter] => [`${kind} ${i + 1} in ${language}`, letter]),
  ),
);

test('no mail of any kind in any language has something that a large mail client does not show, but for what does no harm', () => {
  const missing = letters.flatMap(([name, letter]) => {
    const { issues } = caniemail({ clients, html: letterHtml(letter) });
    const titles = new Set([...issues.errors.values()].flat().map(({ title }) => title));
    return [...titles].filter((title) => !degrades[title]).map((title) => `${name}: ${title}`);
  });
  expect(missing).toEqual([]);
});

test.each(letters)(
  '%s says everything in words: no empty line, no name of a variable, no raw code',
  (_, letter) => {
    const text = letterText(letter);
    expect(text).not.toMatch(/\{|\}|undefined|null|NaN|\[object/);
    const plain = letter.blocks.flatMap((block) =>
      block.kind === 'text'
        ? [block.text]
        : block.kind === 'facts'
          ? block.facts.flatMap(({ label, value }) => [label, value])
          : block.kind === 'list'
            ? block.rows.map(({ title }) => title)
            : block.kind === 'wallets'
              ? [...block.labels, block.url]
              : [block.label, block.url],
    );
    for (const each of [letter.subject, letter.preview, letter.heading, letter.footer, ...plain])
      expect(each.trim()).not.toBe('');
  },
);

test('a text of somebody else keeps its direction in each line', () => {
  const lines = (letter: Letter | undefined) => letterText(letter as Letter).split('\n');
  const { 'ticket-offered': offered, broadcast } = everyLetter('ar');
  const marked = (text: string) => `\u2068${text}\u2069`;
  expect(
    lines(offered[0]).map((line) => line.replaceAll(/\u2068+|\u2069+/g, (marks) => marks.slice(0, 1))),
  ).toContain(marked('Have fun!'));
  expect(lines(broadcast[0])).toContain(marked('Please come early.'));
});

test('mails that go to people are in their language, also their labels', () => {
  const operators = ['money-review', 'dispute', 'audit'];
  for (const [kind, some] of Object.entries(everyLetter('ar')))
    for (const letter of some)
      expect([kind, letter.language]).toEqual([kind, operators.includes(kind) ? 'en' : 'ar']);
});

/** Neither property works there (caniemail.com, 2026). A long word makes the mail wider. */
const breaksNoWords = /^(yahoo|outlook\.windows-mail|outlook\.windows)/;

test('in each other client one of two properties breaks a long word', () => {
  const [letter] = everyLetter('en')['order-confirmed'];
  const { issues } = caniemail({ clients, html: letterHtml(letter as Letter) });
  const without = [...issues.errors]
    .filter(([, missing]) => {
      const titles = missing.map(({ title }) => title);
      return titles.includes('overflow-wrap') && titles.includes('word-break');
    })
    .map(([client]) => client);
  expect(without.filter((client) => !breaksNoWords.test(client))).toEqual([]);
});
