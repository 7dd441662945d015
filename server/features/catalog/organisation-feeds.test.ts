import ICAL from 'ical.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { days } from '../../testing/clock.ts';
import { createWorld, type Organiser, type World } from '../../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const pathOf = ({ organisationId }: Organiser, file: string) =>
  `/api/organisations/${organisationId}/${file}`;

/** The entries of the calendar, read by a parser. */
async function entries(organiser: Organiser) {
  const { bytes } = await world.client().get(pathOf(organiser, 'calendar.ics'));
  const calendar = new ICAL.Component(ICAL.parse(bytes.toString()));
  return calendar.getAllSubcomponents('vevent').map((entry) => ({
    uid: String(entry.getFirstPropertyValue('uid')),
    summary: entry.getFirstPropertyValue('summary'),
    status: entry.getFirstPropertyValue('status'),
    sequence: Number(entry.getFirstPropertyValue('sequence')),
    startsAt: (entry.getFirstPropertyValue('dtstart') as ICAL.Time).toJSDate().toISOString(),
  }));
}
const feed = async (organiser: Organiser) => (await world.client().get(pathOf(organiser, 'feed.json'))).body;

test('both feeds have the public events to come, the earliest first, and nothing else', async () => {
  const organiser = await world.organiser();
  const later = await world.event({ organiser, fields: { title: 'Later, and; longer' } });
  const draft = await world.event({ organiser, publish: false });
  await world.event();
  const found = await entries(organiser);
  expect(found.map(({ summary }) => summary)).toEqual(['Later, and; longer']);
  const { items, ...head } = await feed(organiser);
  expect(head).toMatchObject({ version: 'https://jsonfeed.org/version/1.1', title: expect.any(String) });
  expect(items).toMatchObject([
    { id: later.id, title: 'Later, and; longer', _admit: { status: 'published' } },
  ]);
  expect(new URL(items[0].url).pathname).toBe(`/e/${later.slug}`);
  expect(JSON.stringify(items)).not.toContain(draft.slug);
  world.clock.advance(days(4000));
  expect(await entries(organiser)).toEqual([]);
  expect((await feed(organiser)).items).toEqual([]);
});

test('a moved event has its new time and a higher sequence, a cancelled one says so, and both keep their id', async () => {
  const organiser = await world.organiser();
  const event = await world.event({ organiser });
  const [before] = await entries(organiser);
  const managed = (await organiser.client.get(`/api/events/${event.id}/management`)).body;
  // A calendar knows no milliseconds.
  const by = (instant: string) =>
    `${new Date(Date.parse(instant) + days(1)).toISOString().slice(0, 19)}.000Z`;
  const moved = await organiser.client.patch(
    `/api/events/${event.id}`,
    { startsAt: by(managed.startsAt), endsAt: by(managed.endsAt) },
    { 'if-match': `"${managed.version}"` },
  );
  expect(moved.status).toBe(200);
  const [after] = await entries(organiser);
  expect(after).toMatchObject({ uid: before?.uid, status: 'CONFIRMED', startsAt: by(managed.startsAt) });
  expect(after?.sequence).toBeGreaterThan(before?.sequence as number);

  await world.app.db.run(`update events set status = 'cancelled', version = version + 1 where id = $1`, [
    event.id,
  ]);
  const [last] = await entries(organiser);
  expect(last).toMatchObject({ uid: before?.uid, status: 'CANCELLED' });
  expect(last?.sequence).toBeGreaterThan(after?.sequence as number);
  expect((await feed(organiser)).items[0]).toMatchObject({
    tags: ['cancelled'],
    title: expect.stringMatching(/^Cancelled: /),
  });
});

test.each(['calendar.ics', 'feed.json'])('%s is sent again only if something has changed', async (file) => {
  const organiser = await world.organiser();
  await world.event({ organiser });
  const first = await world.client().get(pathOf(organiser, file));
  const etag = first.headers.get('etag') as string;
  expect([first.status, etag]).toEqual([200, expect.stringMatching(/^"[\w-]{22}"$/)]);
  world.clock.advance(1000);
  expect((await world.client().get(pathOf(organiser, file), { 'if-none-match': etag })).status).toBe(304);
  await world.event({ organiser, fields: { title: 'Another' } });
  expect((await world.client().get(pathOf(organiser, file), { 'if-none-match': etag })).status).toBe(200);
  for (const ref of ['nobody', 'org_00000000000000000000000000'])
    expect((await world.client().get(`/api/organisations/${ref}/${file}`)).status).toBe(404);
});
