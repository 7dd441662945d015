import { expect, test } from 'vitest';
import { bodyOf, draftOf, type PageDraft } from './page-draft.ts';

const empty: PageDraft = { about: '', links: '', color: '', logoUrl: '', sites: '' };

test('what is typed becomes what is sent, and comes back as it was', () => {
  const typed = {
    ...empty,
    about: 'By the river.',
    links: '  Our site   https://house.example/a \n\nهنا https://b.example',
    color: ' #0A7F5A ',
    sites: 'https://House.example/\nhttp://localhost:8080',
  };
  const body = {
    about: 'By the river.',
    links: [
      { label: 'Our site', url: 'https://house.example/a' },
      { label: 'هنا', url: 'https://b.example' },
    ],
    color: '#0a7f5a',
    logoUrl: null,
    embedOrigins: ['https://house.example', 'http://localhost:8080'],
  };
  expect(bodyOf(typed)).toEqual({ body });
  expect(draftOf({ ...body, version: 2, colors: null })).toEqual({
    ...empty,
    about: 'By the river.',
    links: 'Our site https://house.example/a\nهنا https://b.example',
    color: '#0a7f5a',
    sites: 'https://house.example\nhttp://localhost:8080',
  });
});

test.each<[keyof PageDraft, string]>([
  ['about', 'x'.repeat(2001)],
  ['links', 'https://no-name.example'],
  ['links', 'Name http://a.example'],
  ['links', 'Just words'],
  ['links', Array(9).fill('A https://a.example').join('\n')],
  ['color', 'green'],
  ['color', '#0a7'],
  ['sites', 'https://a.example/path'],
  ['sites', 'a.example'],
  ['sites', '*'],
])('the field %s is wrong with %j', (field, value) => {
  expect(bodyOf({ ...empty, [field]: value })).toEqual({ wrong: [field] });
});
