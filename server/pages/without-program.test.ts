import { beforeAll, expect, test } from 'vitest';
import { languages } from '../../contract/languages.ts';
import { minutes } from '../testing/clock.ts';
import type { TestEvent } from '../testing/world.ts';
import { setUpSite } from './testing/site.ts';

const site = setUpSite();
let event: TestEvent;
beforeAll(async () => {
  event = await site.world.event({
    priceMinor: 2550,
    fields: {
      title: 'Fête & <Amis>',
      description: 'The *first* night.\n\nThe <b>second</b> night.',
      startsAt: '2031-07-12T18:00:00.000Z',
      endsAt: '2031-07-13T02:30:00.000Z',
      timeZone: 'Europe/Berlin',
      venue: { name: 'Kesselhaus', address: 'Knaackstraße 97', city: 'Berlin', country: 'DE' },
    },
  });
});

/** The body of a page as a browser without JavaScript has it. */
async function bodyOf(path: string): Promise<string> {
  const { body } = await site.get(path);
  return body.slice(body.indexOf('<body>'));
}

test('every page says what is needed to buy, in every language', async () => {
  const paths = [
    '/',
    `/e/${event.slug}`,
    `/o/${event.organiser.organisationId}`,
    '/sign-in',
    '/orders',
    '/e/nothing',
  ];
  for (const path of paths) {
    const body = await bodyOf(path);
    expect(body.match(/<noscript>/g), path).toHaveLength(1);
    for (const language of Object.keys(languages))
      expect(body, `${path} in ${language}`).toMatch(new RegExp(`lang="${language}"[^>]*>[^<]*JavaScript`));
  }
});

test('an event shows when, where, for how much and its whole text', async () => {
  const body = await bodyOf(`/e/${event.slug}`);
  for (const text of [
    '<bdi>Fête &amp; &lt;Amis&gt;</bdi>',
    'Saturday, 12 July 2031',
    'at 20:00 CEST',
    'Sunday, 13 July 2031',
    'Kesselhaus, Knaackstraße 97, Berlin',
    '€25.50',
    'The first night.',
    'The &lt;b&gt;second&lt;/b&gt; night.',
  ])
    expect(body).toContain(text);
  expect(body).not.toContain('<b>second');
  expect(body).toMatch(/<a href="\/o\/[\w-]+">/);
});

test('the front page and an organiser’s page list the events with links', async () => {
  for (const path of ['/', `/o/${event.organiser.organisationId}`]) {
    const body = await bodyOf(path);
    expect(body).toContain(`href="/e/${encodeURIComponent(event.slug)}"`);
    expect(body).toContain('Kesselhaus, Berlin');
    expect(body).toContain('€25.50');
  }
});

test('an event that is only online and has no place says so without empty parts', async () => {
  const venue = { name: '', address: '', city: '', country: '' };
  const online = await site.world.event({
    publish: false,
    organiser: event.organiser,
    fields: { title: 'Lecture from afar', venue },
  });
  const { client } = event.organiser;
  const at = `/api/events/${online.id}`;
  await client.put(`${at}/online-access`, { attendance: 'online' }, { 'if-match': '"0"' });
  const { version, slug } = (await client.get(`${at}/management`)).body;
  const published = await client.post(`${at}/publication`, undefined, { 'if-match': `"${version}"` });
  expect(published.status).toBe(200);
  // The front page is remembered for some minutes, and the old one is shown while it is read again.
  site.world.clock.advance(minutes(11));
  await expect.poll(async () => (await site.get('/')).body).toContain('Lecture from afar');
  const { body } = await site.get(`/e/${slug}`);
  expect(body).toContain('VirtualLocation');
  for (const path of [`/e/${slug}`, '/']) {
    const page = (await site.get(path)).body;
    expect(page, path).not.toMatch(/, ,|, \.|<bdi><\/bdi>/);
    expect(page, path).toContain('Lecture from afar');
  }
});
