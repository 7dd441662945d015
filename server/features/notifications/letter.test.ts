import { caniemail } from 'caniemail';
import { expect, test } from 'vitest';
import { type Language, languages } from '../../../contract/languages.ts';
import { type Letter, letterHtml } from './letter.ts';

/** A letter with every kind of block. All mails are made of these (letter.ts). */
const letter = (language: Language): Letter => ({
  language,
  subject: 'Night Shift',
  preview: 'Saturday',
  heading: 'Night Shift',
  footer: 'You get this mail because you have a ticket.',
  blocks: [
    { kind: 'text', text: 'The doors open at 18:00.\nPlease come early.' },
    { kind: 'button', label: 'Open', url: 'https://tickets.example/orders/ord_1?a=1&b=2#secret' },
    { kind: 'facts', facts: [{ label: 'When', value: 'Saturday' }] },
    { kind: 'list', rows: [{ title: 'Stalls', detail: 'Row A' }] },
  ],
});

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

test.each(Object.keys(languages) as Language[])(
  'a letter in %s has nothing that a large mail client does not show, but for what does no harm',
  (language) => {
    const { issues } = caniemail({ clients, html: letterHtml(letter(language)) });
    const missing = [...issues.errors.values()].flat().map(({ title }) => title);
    expect([...new Set(missing)].filter((title) => !degrades[title])).toEqual([]);
  },
);

/** Neither property works there (caniemail.com, 2026). A long word makes the mail wider. */
const breaksNoWords = /^(yahoo|outlook\.windows-mail|outlook\.windows)/;

test('in each other client one of two properties breaks a long word', () => {
  const { issues } = caniemail({ clients, html: letterHtml(letter('en')) });
  const without = [...issues.errors]
    .filter(([, missing]) => {
      const titles = missing.map(({ title }) => title);
      return titles.includes('overflow-wrap') && titles.includes('word-break');
    })
    .map(([client]) => client);
  expect(without.filter((client) => !breaksNoWords.test(client))).toEqual([]);
});
