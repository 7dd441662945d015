import { beforeAll, expect, test } from 'vitest';
import type { Organiser, TestEvent } from '../testing/world.ts';
import { setUpSite } from './testing/site.ts';

const site = setUpSite();
let house: Organiser;
let other: Organiser;
let dates: TestEvent[];
beforeAll(async () => {
  [house, other] = [await site.world.organiser(), await site.world.organiser()];
  const date = (organiser: Organiser, day: number, fields: Record<string, unknown> = {}, publish = true) =>
    site.world.event({
      organiser,
      publish,
      fields: {
        ...{ title: `Hamlet, evening ${day}`, run: 'Hämlet & Co', timeZone: 'Europe/Berlin' },
        startsAt: `2031-03-${day}T18:00:00.000Z`,
        endsAt: `2031-03-${day}T21:00:00.000Z`,
        ...fields,
      },
    });
  // Berlin sets its clocks forward on 30 March 2031.
  dates = [await date(house, 31), await date(house, 29), await date(house, 28, { run: 'HAMLET co' })];
  await date(house, 27, {}, false);
  await date(house, 26, { run: null });
  await date(other, 25);
});

test('a series has its published dates, the earliest first, and the address of its name', async () => {
  const [first] = dates;
  const event = (await site.get(`/api/events/${first?.id}`)).json();
  expect(event.series).toEqual({ name: 'Hämlet & Co', slug: 'hamlet-co' });
  const { slug } = event.organisation;
  for (const ref of [slug, house.organisationId]) {
    const answer = await site.get(`/api/organisers/${ref}/series/hamlet-co`);
    expect(answer.statusCode).toBe(200);
    const body = answer.json();
    expect(body).toMatchObject({ name: 'Hämlet & Co', slug: 'hamlet-co', organisation: { slug }, over: 0 });
    // A name in other letters is the same series.
    expect(body.items.map(({ id }: { id: string }) => id)).toEqual(dates.toReversed().map(({ id }) => id));
  }
  for (const [ref, series] of [
    [slug, 'hamlet'],
    [slug, 'Hamlet-Co'],
    [slug, '..%2f'],
    ['nobody', 'hamlet-co'],
  ])
    expect((await site.get(`/api/organisers/${ref}/series/${series}`)).statusCode, series).toBe(404);
});

test('its page says to machines and to people without JavaScript when and where, at the clocks of the place', async () => {
  const event = (await site.get(`/api/events/${dates[0]?.id}`)).json();
  const path = `/o/${event.organisation.slug}/hamlet-co`;
  const { statusCode, body } = await site.get(path);
  expect(statusCode).toBe(200);
  const [, json = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(body) ?? [];
  const data = JSON.parse(json);
  expect(data).toMatchObject({
    '@type': 'EventSeries',
    name: 'Hämlet & Co',
    startDate: '2031-03-28T19:00:00+01:00',
    endDate: '2031-03-31T23:00:00+02:00',
  });
  expect(data.url).toMatch(new RegExp(`${path}$`));
  expect(data.subEvent.map(({ startDate }: { startDate: string }) => startDate)).toEqual([
    '2031-03-28T19:00:00+01:00',
    '2031-03-29T19:00:00+01:00',
    '2031-03-31T20:00:00+02:00',
  ]);
  for (const { slug } of dates) expect(body).toContain(`href="/e/${slug}"`);
  expect(body).toContain('<bdi>Hämlet &amp; Co</bdi>');
  expect((await site.get(`/o/${event.organisation.slug}/nothing`)).statusCode).toBe(404);
  const page = (await site.get(`/e/${dates[0]?.slug}`)).body;
  expect(page).toContain(`<a href="${path}"><bdi>Hämlet &amp; Co</bdi></a>`);
  expect(page).toContain('"superEvent":{"@type":"EventSeries"');
});
