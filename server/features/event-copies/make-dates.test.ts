import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MadeDates, PlannedDate } from '../../../contract/event-dates.ts';
import type { Client } from '../../testing/client.ts';
import { days } from '../../testing/clock.ts';
import { runs } from '../../testing/thorough.ts';
import { createWorld, type Organiser, type World } from '../../testing/world.ts';
import { createDesk, room } from '../catalog/testing/drafts.ts';
import { drawn, edit, hall, path } from '../seat-plans/testing/draw.ts';

let world: World;
let house: Organiser;
let desk: ReturnType<typeof createDesk>;
beforeAll(async () => {
  world = await createWorld();
  house = await world.organiser();
  desk = createDesk(world, house);
});
afterAll(() => world?.close());

/** A Tuesday at 20:00 in Berlin, before the clocks go forward on 28 March. */
const tuesday = '2027-03-16T19:00:00Z';
const create = async (more: Record<string, unknown> = {}) =>
  (await desk.create({ startsAt: tuesday, endsAt: '2027-03-16T22:00:00Z', ...more })).body;
const preview = (id: string, body: unknown, client: Client = house.client) =>
  client.post(`/api/events/${id}/dates/preview`, body);
const make = (
  id: string,
  body: unknown,
  headers: Record<string, string> = {},
  client: Client = house.client,
) => client.post(`/api/events/${id}/dates`, body, headers);
const toMake = (items: PlannedDate[]) => items.filter(({ problem }) => problem === null);
const startsOf = (items: { startsAt: string }[]) => items.map(({ startsAt }) => startsAt);

describe('the dates of a rule', () => {
  test('are what the preview says, at the same hour across a change of clocks, drafts of one series', async () => {
    const event = await create({ title: 'Night Walk', doorsAt: '2027-03-16T18:30:00Z' });
    const body = {
      rule: 'FREQ=WEEKLY;BYDAY=TU,FR;COUNT=6',
      exceptDates: ['2027-03-26T20:00'],
      extraDates: ['2027-03-27T18:00'],
      run: 'Night Walks',
    };
    const plan = await preview(event.id, body);
    expect(plan.status, JSON.stringify(plan.body)).toBe(200);
    expect(plan.body).toMatchObject({
      timeZone: 'Europe/Berlin',
      run: 'Night Walks',
      more: false,
      most: 100,
    });
    expect(plan.body.items.map(({ local, problem }: PlannedDate) => [local, problem])).toEqual([
      ['2027-03-16T20:00', 'exists'],
      ['2027-03-19T20:00', null],
      ['2027-03-23T20:00', null],
      ['2027-03-27T18:00', null],
      ['2027-03-30T20:00', null],
      ['2027-04-02T20:00', null],
    ]);
    const { status, body: made } = await make(event.id, body);
    expect([status, made.run]).toEqual([201, 'Night Walks']);
    expect(startsOf(made.made)).toEqual(startsOf(toMake(plan.body.items)));
    expect(startsOf(made.made).at(-1)).toBe('2027-04-02T18:00:00.000Z');
    expect(made.leftOut.map(({ problem }: PlannedDate) => problem)).toEqual(['exists']);
    const last = (await desk.manage(made.made.at(-1).id)).body;
    expect(last).toMatchObject({
      title: 'Night Walk',
      status: 'draft',
      run: 'Night Walks',
      doorsAt: '2027-04-02T17:30:00.000Z',
      endsAt: '2027-04-02T21:00:00.000Z',
      pools: [{ key: 'floor', capacity: 600, sold: 0 }],
    });
    expect((await desk.manage(event.id)).body).toMatchObject({
      run: 'Night Walks',
      version: event.version + 1,
    });
    expect(await desk.acts(made.made[0].id)).toEqual(['event.copied']);
    expect(await desk.acts(event.id)).toEqual(['event.changed', 'event.created']);
  });

  test('are made once by repeated requests, with a key or without, also at the same time', async () => {
    const event = await create({ title: 'Once Only' });
    const body = { rule: 'FREQ=DAILY;COUNT=4' };
    const key = { 'idempotency-key': 'dates-only-once' };
    const [a, b, c] = await Promise.all([
      make(event.id, body, key),
      make(event.id, body, key),
      make(event.id, body),
    ]);
    const ids = (answer: { body: MadeDates }) => answer.body.made.map(({ id }) => id);
    expect(a.body).toEqual(b.body);
    expect(ids(a).length + ids(c).length).toBe(3);
    const again = await make(event.id, body);
    expect(again.status).toBe(201);
    expect([again.body.made, again.body.leftOut.length]).toEqual([[], 4]);
  });

  test('are all made or none', async () => {
    const event = await create({ title: 'All Or None' });
    // The third date begins before they would be published.
    const body = { rule: 'FREQ=DAILY;COUNT=4', publishAt: '2027-03-17T00:00:00Z' };
    const refused = await make(event.id, { ...body, publishAt: '2027-03-18T00:00:00Z' });
    expect([refused.status, refused.body.code]).toEqual([400, 'invalid_request']);
    expect(refused.body.issues).toEqual([
      { path: 'body.publishAt', message: 'must be before the event begins' },
    ]);
    const { items } = (await preview(event.id, { rule: body.rule })).body;
    expect(toMake(items)).toHaveLength(3);
    expect((await desk.manage(event.id)).body).toMatchObject({ run: null, version: event.version });
  });

  test('are published at the time', async () => {
    const event = await create({ title: 'Later', startsAt: desk.inDays(30), endsAt: desk.inDays(30.1) });
    const publishAt = desk.inDays(3);
    const { body } = await make(event.id, { rule: 'FREQ=DAILY;COUNT=3', publishAt });
    const [first] = body.made;
    expect((await desk.manage(first.id)).body).toMatchObject({
      status: 'draft',
      scheduledPublication: { at: publishAt, failedAt: null },
    });
    expect(await desk.acts(first.id)).toEqual(['event.copied', 'event.publication_scheduled']);
    world.clock.advance(days(3));
    await world.drain();
    const page = await world.client().get(`/api/events/${first.slug}`);
    expect([page.status, page.body.series]).toEqual([200, { name: 'Later', slug: 'later' }]);
  });

  test('that are to be published need what a publication needs', async () => {
    const { body: event } = await desk.create({
      title: 'No Hall Yet',
      startsAt: desk.inDays(30),
      endsAt: desk.inDays(30.1),
      venue: { name: '', city: '', country: '' },
    });
    const body = { rule: 'FREQ=DAILY;COUNT=3', publishAt: desk.inDays(2) };
    expect((await make(event.id, body)).body).toMatchObject({ code: 'event_not_publishable' });
    expect((await make(event.id, { rule: body.rule })).body.made).toHaveLength(2);
  });

  test('have the seats and the drawing of the seat map', async () => {
    const event = await drawn(world, edit(hall()));
    const { client } = event.organiser;
    const original = (await client.get(path(event))).body;
    const { status, body } = await make(event.id, { rule: 'FREQ=DAILY;COUNT=3' }, {}, client);
    expect(status, JSON.stringify(body)).toBe(201);
    expect(body.made).toHaveLength(2);
    for (const date of body.made) {
      expect((await client.get(path(date))).body).toMatchObject({
        plan: original.plan,
        layoutChanged: false,
      });
      expect((await client.get(`/api/events/${date.id}/management`)).body.hasSeatMap).toBe(true);
    }
  });

  test('are fewer if the drawing is large, applied or not, and have it all the same', async () => {
    const event = await create({ title: 'Drawn' });
    const small = (await preview(event.id, { rule: 'FREQ=DAILY;COUNT=3' })).body.most;
    // Words that hardly compress, so the database keeps about as many bytes.
    const objects = Array.from({ length: 2000 }, (_, i) => ({
      kind: 'text',
      id: `text${i}`,
      x: (i * 7919) % 1000,
      y: (i * 104_729) % 1000,
      rotation: 0,
      text: createHash('sha512').update(String(i)).digest('base64').slice(0, 80),
      size: 20,
    }));
    const plan = { format: 1, width: 1000, height: 1000, zones: [], sections: [], objects };
    const saved = await desk.put(event.id, 'seat-plan', 0, { plan });
    expect(saved.status, JSON.stringify(saved.body)).toBe(200);
    const { most } = (await preview(event.id, { rule: 'FREQ=DAILY;COUNT=3' })).body;
    expect(small).toBe(100);
    expect(most).toBeGreaterThan(5);
    expect(most).toBeLessThan(90);
    const { made } = (await make(event.id, { rule: 'FREQ=DAILY;COUNT=2' })).body;
    expect((await house.client.get(path(made[0]))).body.plan).toEqual(plan);
  });

  test('are as many as there may be seats', async () => {
    const layout = room();
    const wide = Array.from({ length: 200 }, (_, i) => ({
      ...{ label: `R${i}`, zone: i % 2 ? 'front' : 'back' },
      labels: Array.from({ length: 100 }, (__, n) => String(n + 1)),
      x: Array.from({ length: 100 }, (__, n) => n * 2),
      y: Array.from({ length: 100 }, () => i),
    }));
    const event = await create({
      title: 'Arena',
      pools: [],
      ticketTypes: [{ name: 'Seat', priceMinor: 1000, zone: 'front' }],
      seatLayout: { ...layout, sections: [{ key: 'hall', name: 'Hall', rows: wide }] },
    });
    expect((await preview(event.id, { rule: 'FREQ=DAILY;COUNT=7' })).body.most).toBe(5);
    const refused = await make(event.id, { rule: 'FREQ=DAILY;COUNT=7' });
    expect([refused.status, refused.body.code, refused.body.most]).toEqual([422, 'too_many_dates', 5]);
  });

  test('name other events at the same venue', async () => {
    const venue = { name: 'Boiler Room', city: 'Berlin', country: 'DE' };
    const event = await create({ title: 'Here', venue });
    const other = await create({
      title: 'There',
      venue,
      startsAt: '2027-03-17T20:30:00Z',
      endsAt: '2027-03-17T23:00:00Z',
    });
    const { items } = (await preview(event.id, { rule: 'FREQ=DAILY;COUNT=3' })).body;
    expect(items.map(({ clashes }: PlannedDate) => clashes)).toEqual([
      [],
      [{ eventId: other.id, title: 'There', startsAt: '2027-03-17T20:30:00.000Z' }],
      [],
    ]);
  });
});

test.each([
  [{ rule: 'FREQ=HOURLY' }, 422, 'date_rule_refused', { fault: 'too_fine', part: 'FREQ' }],
  [{ rule: 'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30' }, 422, 'date_rule_refused', { fault: 'no_dates' }],
  [{}, 400, 'invalid_request', {}],
  [{ rule: null, extraDates: ['2027-02-30T10:00'] }, 400, 'invalid_request', {}],
  [{ rule: 'FREQ=DAILY;COUNT=2', from: '2027-03-16' }, 400, 'invalid_request', {}],
  [{ rule: `FREQ=DAILY;BYMONTH=${'1,'.repeat(400)}2` }, 400, 'invalid_request', {}],
  [
    { rule: 'FREQ=DAILY;COUNT=2', extraDates: Array(201).fill('2027-03-16T20:00') },
    400,
    'invalid_request',
    {},
  ],
])('%j is refused by the preview and when the dates are made', async (body, status, code, members) => {
  const event = await create();
  for (const answer of [await preview(event.id, body), await make(event.id, body)]) {
    expect(answer.status, JSON.stringify(answer.body)).toBe(status);
    expect(answer.body).toMatchObject({ code, ...members });
  }
});

test('more dates than may be made are shown in part and not made', async () => {
  const event = await create();
  const endless = (await preview(event.id, { rule: 'FREQ=DAILY' })).body;
  expect([endless.more, endless.items.length]).toEqual([true, 101]);
  for (const rule of ['FREQ=DAILY', 'FREQ=DAILY;COUNT=102', 'FREQ=YEARLY;COUNT=12'])
    expect((await make(event.id, { rule })).body).toMatchObject({ code: 'too_many_dates', most: 100 });
});

test('members of some events, door staff and strangers may not', async () => {
  const event = await create();
  const body = { rule: 'FREQ=DAILY;COUNT=2' };
  const some = await world.member(house, 'manager', [event.id]);
  const door = await world.member(house, 'door');
  const stranger = await world.organiser();
  for (const [{ client }, status] of [
    [some, 403],
    [door, 403],
    [stranger, 404],
  ] as const) {
    expect((await preview(event.id, body, client)).status).toBe(status);
    expect((await make(event.id, body, {}, client)).status).toBe(status);
  }
});

test('whatever is asked for, the preview is what is made, and no more than may be', async () => {
  const event = await create({ title: 'Any Rule' });
  let made = 0;
  const local = fc
    .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 23 }))
    .map(([day, hour]) => new Date(Date.UTC(2027, 2, 14 + day, hour, 30)).toISOString().slice(0, 16));
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        from: fc.option(local, { nil: null }),
        rule: fc.option(
          fc.constantFrom(
            'FREQ=DAILY;COUNT=5',
            'FREQ=WEEKLY;BYDAY=SU,MO;COUNT=4',
            'FREQ=MONTHLY;BYDAY=-1SU;COUNT=3',
          ),
          { nil: null },
        ),
        extraDates: fc.uniqueArray(local, { minLength: 1, maxLength: 4 }),
        exceptDates: fc.uniqueArray(local, { maxLength: 2 }),
      }),
      async (body) => {
        const plan = (await preview(event.id, body)).body;
        const answer = await make(event.id, body);
        expect(answer.status, JSON.stringify(answer.body)).toBe(201);
        expect(startsOf(answer.body.made)).toEqual(startsOf(toMake(plan.items)));
        expect(answer.body.made.length).toBeLessThanOrEqual(plan.most);
        // Now each of them exists.
        expect(toMake((await preview(event.id, body)).body.items)).toEqual([]);
        made += answer.body.made.length;
      },
    ),
    {
      numRuns: runs(12, 100),
      // At 2:30 on 28 March, when the clocks of Berlin have no such time.
      examples: [
        [
          {
            from: '2027-03-26T02:30',
            rule: 'FREQ=DAILY;COUNT=5',
            extraDates: ['2027-03-28T02:30'],
            exceptDates: [],
          },
        ],
      ],
    },
  );
  expect(made).toBeGreaterThan(10);
});
