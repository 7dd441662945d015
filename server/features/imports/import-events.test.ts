import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

describe('events', () => {
  const into = (event: TestEvent, file: string | Buffer, more: object = {}) =>
    event.organiser.client.post(`/api/organisations/${event.organiser.organisationId}/event-imports`, {
      file: Buffer.from(file).toString('base64'),
      ...more,
    });
  const drafts = async ({ organiser }: TestEvent) =>
    (await organiser.client.get(`/api/organisations/${organiser.organisationId}/events`)).body.items;
  const home = async () => world.event({ organiser: await world.organiser() });

  test('of a CSV are drafts with ticket types, once', async () => {
    const event = await home();
    const file = [
      'Titel;Beginn;Uhrzeit;Ende;Zeitzone;Ort;Stadt;Land;Ticketart;Preis;Kapazität',
      'Winterball;15.01.2027;20:00;16.01.2027 03:00;Europe/Berlin;Kesselhaus;Berlin;DE;Regulär;22,50;600',
      'Winterball;15.01.2027;20:00;;Europe/Berlin;Kesselhaus;Berlin;DE;Ermäßigt;1.012,50;50',
      'Sommerfest;01.07.2027;;;;;;;;;',
    ].join('\n');
    const latin = Buffer.from(file, 'latin1');
    expect((await into(event, latin, { dryRun: true, timeZone: 'Europe/Vienna' })).body).toMatchObject({
      found: 2,
      made: 2,
      bad: [],
    });
    expect((await into(event, latin, { timeZone: 'Europe/Vienna' })).body).toMatchObject({
      made: 2,
    });
    expect((await into(event, latin, { timeZone: 'Europe/Vienna' })).body).toMatchObject({
      made: 0,
      already: 2,
    });
    const items = await drafts(event);
    const ball = items.find(({ title }: { title: string }) => title === 'Winterball');
    const managed = (await event.organiser.client.get(`/api/events/${ball.id}/management`)).body;
    expect(managed).toMatchObject({
      status: 'draft',
      startsAt: '2027-01-15T19:00:00.000Z',
      endsAt: '2027-01-16T02:00:00.000Z',
      venue: { name: 'Kesselhaus', city: 'Berlin', country: 'DE' },
      ticketTypes: [
        { name: 'Regulär', price: { amount: 2250, currency: 'EUR' } },
        { name: 'Ermäßigt', price: { amount: 101250 } },
      ],
    });
    expect(managed.pools.map(({ capacity }: { capacity: number }) => capacity)).toEqual([600, 50]);
    // A deleted draft may be imported again.
    await event.organiser.client.send('DELETE', `/api/events/${ball.id}`, {
      headers: { 'if-match': `"${managed.version}"` },
    });
    expect((await into(event, latin, { timeZone: 'Europe/Vienna' })).body).toMatchObject({
      made: 1,
      already: 1,
    });
  });

  test('of pretix’s API and export, and of Eventbrite', async () => {
    const event = await home();
    const api = {
      count: 1,
      next: null,
      results: [
        {
          name: { de: 'Nacht', en: 'Night' },
          slug: 'night',
          currency: 'EUR',
          date_from: '2027-12-27T10:00:00Z',
          date_to: null,
          timezone: 'Europe/Berlin',
          location: { en: 'Messe\nHall 1' },
        },
      ],
    };
    expect((await into(event, JSON.stringify(api))).body).toMatchObject({ source: 'pretix', made: 1 });
    const exported = {
      event: {
        name: 'Day',
        slug: 'day',
        items: [{ id: 1, name: 'Regular', price: '23.00' }],
        quotas: [
          { id: 1, size: 80, items: [1], variations: [] },
          { id: 2, size: 50, items: [1], variations: [] },
        ],
      },
    };
    expect((await into(event, JSON.stringify(exported))).body).toMatchObject({ made: 1, already: 0 });
    const eventbrite =
      'Event Name,Event ID,Event Status,Event Start Date,Event Start Time,Event End Date,Event End Time,Event Timezone,Currency\nLate Shift,991,Live,02/13/2027,10:00 PM,02/14/2027,3:00 AM,America/New_York,USD';
    expect((await into(event, eventbrite)).body).toMatchObject({ source: 'eventbrite', made: 1 });
    const items = await drafts(event);
    const late = items.find(({ title }: { title: string }) => title === 'Late Shift');
    expect(late.startsAt).toBe('2027-02-14T03:00:00.000Z');
    expect(items.map(({ title }: { title: string }) => title)).toEqual(
      expect.arrayContaining(['Night', 'Day']),
    );
  });

  test('each bad row is named, and two requests at once make each event once', async () => {
    const event = await home();
    const file = [
      'title,starts,ends,time zone,country,currency,ticket type,price,capacity',
      'A,2027-01-15 22:00,2027-01-15 21:00,Europe/Berlin,DE,EUR,,,',
      'B,soon,,,,,,,',
      'C,2027-01-15 22:00,,Mars/Base,,,,,',
      'D,2027-01-15 22:00,,,Germany,,,,',
      'E,2027-01-15 22:00,,,,XXX,,,',
      ',2027-01-15 22:00,,,,,,,',
      'F,2027-01-15 22:00,,,,EUR,Regular,abc,',
      `${'G'.repeat(121)},2027-01-15 22:00,,,,,,,`,
      'H,2027-01-15 22:00,,,,,,,',
    ].join('\n');
    const { body } = await into(event, file);
    expect(
      body.bad.map((row: { line: number; column: string; fault: string }) => [
        row.line,
        row.column,
        row.fault,
      ]),
    ).toEqual([
      [2, 'ends', 'bad_date'],
      [3, 'starts', 'bad_date'],
      [4, 'time zone', 'bad_time_zone'],
      [5, 'country', 'bad_country'],
      [6, 'currency', 'bad_currency'],
      [7, 'title', 'missing'],
      [8, 'price', 'bad_amount'],
      [8, 'capacity', 'missing'],
      [9, 'title', 'too_long'],
    ]);
    expect(body).toMatchObject({ made: 0, found: 1, badRows: 8 });
    const both = await Promise.all([1, 2, 3].map(() => into(event, file, { skipBad: true })));
    expect(both.reduce((sum, { body: { made } }) => sum + made, 0)).toBe(1);
    expect((await drafts(event)).filter(({ title }: { title: string }) => title === 'H')).toHaveLength(1);
  });
});
