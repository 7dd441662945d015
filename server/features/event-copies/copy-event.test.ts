import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newTable } from '../../../seat-map/make-objects.ts';
import type { PlanCommand } from '../../../seat-map/plan-command.ts';
import { days, timeOn } from '../../testing/clock.ts';
import { createWorld, type Organiser, type World } from '../../testing/world.ts';
import { createDesk } from '../catalog/testing/drafts.ts';
import { uploadPicture } from '../pictures/testing/upload-picture.ts';
import { drawn, edit, hall, path, save } from '../seat-plans/testing/draw.ts';

let world: World;
let house: Organiser;
let desk: ReturnType<typeof createDesk>;
beforeAll(async () => {
  world = await createWorld();
  house = await world.organiser();
  desk = createDesk(world, house);
});
afterAll(() => world?.close());

/** Berlin sets its clocks forward on the last Sunday of March. In the next year that is months away. */
const changeOfClocks = (() => {
  const march = new Date(Date.UTC(new Date().getUTCFullYear() + 1, 2, 31));
  return new Date(march.getTime() - days(march.getUTCDay()));
})();
const on = (day: number, time: string) => timeOn(changeOfClocks, day, time);
const day = (count: number) => on(count, '').slice(0, 10);

/** A seat that is kept off sale, and a table. */
const tableAndGap: PlanCommand[] = [
  {
    do: 'mark',
    seats: [{ object: 'block1', row: 'r1', seats: [0] }],
    mark: { blocked: true },
  },
  { do: 'add', objects: [newTable({ id: 'table1', section: 'stalls', zone: 'gold', x: 60, y: 150 })] },
];

describe('a copy', () => {
  const copy = (id: string, body: unknown, client = house.client, headers: Record<string, string> = {}) =>
    client.post(`/api/events/${id}/copies`, body, headers);

  test('has everything that the team wrote, at the same hours of the clock across a change of clocks', async () => {
    const { body: event } = await desk.create({
      title: 'Winter Night',
      startsAt: on(-8, '19:00:00'),
      endsAt: on(-7, '02:00:00'),
      doorsAt: on(-8, '18:00:00'),
      saleStartsAt: on(-27, '09:00:00'),
      saleEndsAt: on(-8, '19:00:00'),
      transfers: { allowed: true, until: on(-8, '12:00:00') },
      waitingRoom: { mode: 'scheduled', opensAt: on(-27, '08:00:00') },
      promoCodes: [
        {
          code: 'SPRING',
          percentOff: 10,
          amountOffMinor: null,
          maxTickets: 5,
          validUntil: on(-18, '00:00:00'),
        },
      ],
      ticketTypes: [
        {
          name: 'Early',
          priceMinor: 1500,
          pools: ['floor'],
          saleEndsAt: on(-23, '09:00:00'),
          doorNote: 'Red band',
        },
        { name: 'Regular', priceMinor: 2200, pools: ['floor'] },
      ],
    });
    const question = {
      key: 'diet',
      label: 'Diet',
      kind: 'text',
      scope: 'ticket',
      required: false,
      ticketTypes: [event.ticketTypes[1].id],
    };
    const asked = await house.client.put(
      `/api/events/${event.id}/question-form`,
      { questions: [question], terms: [], changeHours: 24 },
      desk.match(0),
    );
    expect(asked.status).toBe(200);
    const checkpoint = {
      name: 'Backstage',
      kind: 'zone',
      ticketTypeIds: [event.ticketTypes[1].id],
      perDay: false,
      days: [day(-8), day(-7)],
      times: 1,
      countsInside: false,
      insideLimit: null,
    };
    const rules = {
      reEntry: 'after-exit',
      insideLimit: 80,
      warnInsideAt: null,
      disputed: 'admit',
      dayStartsHour: 5,
    };
    const doors = `/api/events/${event.id}/door-settings`;
    const set = await house.client.put(doors, { ...rules, checkpoints: [checkpoint] }, desk.match(0));
    expect([set.status, set.body.detail]).toEqual([200, undefined]);

    const { status, body } = await copy(event.id, { startsAt: on(20, '18:00:00') });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: 'draft',
      title: 'Winter Night',
      startsAt: on(20, '18:00:00.000'),
      endsAt: on(21, '01:00:00.000'),
      doorsAt: on(20, '17:00:00.000'),
      // This day is after the change, so 10:00 in Berlin is an hour earlier in UTC.
      saleStartsAt: on(1, '08:00:00.000'),
      saleEndsAt: on(20, '18:00:00.000'),
      transfers: { until: on(20, '11:00:00.000') },
      waitingRoom: { mode: 'scheduled', opensAt: on(1, '07:00:00.000') },
      promoCodes: [],
      ticketTypes: [
        { name: 'Early', saleEndsAt: on(5, '08:00:00.000'), doorNote: 'Red band' },
        { name: 'Regular' },
      ],
    });
    expect(body.slug).not.toBe(event.slug);
    const types = body.ticketTypes.map(({ id }: { id: string }) => id);
    expect(types).not.toContain(event.ticketTypes[0].id);
    const form = await house.client.get(`/api/events/${body.id}/question-form`);
    expect(form.body.questions).toMatchObject([{ key: 'diet', ticketTypes: [types[1]] }]);
    const door = await house.client.get(`/api/events/${body.id}/door-settings`);
    expect(door.body).toMatchObject({
      ...rules,
      checkpoints: [{ name: 'Backstage', ticketTypeIds: [types[1]], days: [day(20), day(21)] }],
    });
    expect(door.body.checkpoints[0].id).not.toBe(set.body.checkpoints[0].id);
    expect(await desk.acts(body.id)).toEqual(['event.copied']);
  });

  test('has nothing that buyers did, the codes if they are asked for, and the seats', async () => {
    const event = await world.event({
      organiser: house,
      seats: [{ zone: 'gold', rows: 2, perRow: 3 }],
      fields: {
        promoCodes: [{ code: 'GOLD', percentOff: 10, amountOffMinor: null, maxTickets: 5, validUntil: null }],
      },
    });
    const buyer = await world.guest();
    await buyer.client.post(`/api/events/${event.id}/holds`, {
      bestAvailable: { ticketTypeId: event.ticketTypeId, quantity: 2 },
    });
    await desk.put(event.id, 'sale-stop', event.version);
    const body = { title: 'Another', startsAt: desk.inDays(60), promoCodes: true };
    const key = { 'idempotency-key': 'copy-it-once' };
    const both = await Promise.all([1, 2].map(() => copy(event.id, body, house.client, key)));
    expect(both[0]?.body.id).toBe(both[1]?.body.id);
    const made = both[0]?.body;
    expect(made).toMatchObject({
      title: 'Another',
      hasSeatMap: true,
      saleEndsAt: null,
      takenOffSaleAt: null,
      promoCodes: [{ code: 'GOLD', held: 0, sold: 0 }],
      pools: [{ capacity: 6, held: 0, sold: 0 }],
    });
    expect((await desk.publish(made.id, made.version)).status).toBe(200);
  });

  test('has extras of its own, and the desk that hands them out', async () => {
    const { body: event } = await desk.create({
      title: 'With Shirts',
      products: [
        {
          name: 'T-shirt',
          saleEndsAt: on(-8, '19:00:00'),
          variants: [
            { name: 'M', priceMinor: 2000, stock: 3 },
            { name: 'L', priceMinor: 2200, stock: 4 },
          ],
        },
      ],
      startsAt: on(-8, '19:00:00'),
      endsAt: on(-7, '02:00:00'),
    });
    const { version: _, ...rules } = (await house.client.get(`/api/events/${event.id}/door-settings`)).body;
    const [extras] = rules.checkpoints;
    const only = event.products[0].variants[1].id;
    const named = { ...rules, checkpoints: [{ ...extras, name: 'Merch', ticketTypeIds: [only] }] };
    expect((await desk.put(event.id, 'door-settings', 1, named)).status).toBe(200);
    const answer = await copy(event.id, { startsAt: on(23, '18:00:00') });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    expect(answer.body.products).toMatchObject([
      {
        name: 'T-shirt',
        saleEndsAt: on(23, '18:00:00.000'),
        variants: [
          { name: 'M', listPrice: { amount: 2000 }, stock: 3 },
          { name: 'L', stock: 4 },
        ],
      },
    ]);
    const [shirt] = answer.body.products;
    expect(shirt.id).not.toBe(event.products[0].id);
    expect(shirt.variants[1].id).not.toBe(only);
    const door = (await house.client.get(`/api/events/${answer.body.id}/door-settings`)).body;
    expect(door.checkpoints).toMatchObject([
      { name: 'Merch', kind: 'extras', ticketTypeIds: [shirt.variants[1].id] },
    ]);
  });

  test('has the drawing of the seat map with its tables, its seats off sale and its pictures, applied or not', async () => {
    const event = await drawn(world, edit(hall(), ...tableAndGap));
    const { client } = event.organiser;
    const original = (await client.get(path(event))).body;
    const made = await copy(event.id, { startsAt: desk.inDays(60) }, client);
    const applied = (await client.get(path(made.body))).body;
    expect(applied.plan).toEqual(original.plan);
    expect(applied.plan.objects).toMatchObject([{ kind: 'rows' }, { kind: 'table' }]);
    expect(applied).toMatchObject({ version: 1, appliedVersion: 1, layoutChanged: false });
    // Its own seat map was made of it, so applying it again changes nothing.
    expect((await client.get(path(made.body, '/changes'))).body).toMatchObject({ added: 0, removed: 0 });

    const picture = await uploadPicture(event.organiser);
    const background = { picture, x: 0, y: 0, width: 10, height: 10, opacity: 1 };
    await save(event, { ...original.plan, background });
    const later = await copy(event.id, { startsAt: desk.inDays(61) }, client);
    const unapplied = (await client.get(path(later.body))).body;
    expect(unapplied).toMatchObject({
      version: 1,
      appliedVersion: null,
      layoutChanged: false,
      plan: { background: { picture } },
    });
    expect(
      await world.app.db.query(`select picture_id from plan_pictures where event_id = $1`, [later.body.id]),
    ).toEqual([{ picture_id: picture }]);
  });

  test('is attended in the same way, without the link of the original', async () => {
    const { body: event } = await desk.create();
    const access = { attendance: 'online', url: 'https://video.example.com/room/7', note: 'Code: 4711' };
    expect((await desk.put(event.id, 'online-access', 0, access)).status).toBe(200);
    const made = await copy(event.id, { startsAt: desk.inDays(60) });
    expect(made.body).toMatchObject({ attendance: 'online' });
    const { body } = await house.client.get(`/api/events/${made.body.id}/online-access`);
    expect(body).toEqual({ attendance: 'online', url: null, note: '', version: 1 });
  });

  test('is refused to members of some events, to strangers, and without a start', async () => {
    const event = await world.event({ organiser: house });
    const some = await world.member(house, 'manager', [event.id]);
    const stranger = await world.organiser();
    const body = { startsAt: desk.inDays(60) };
    expect((await copy(event.id, body, some.client)).body.code).toBe('forbidden');
    expect((await copy(event.id, body, stranger.client)).status).toBe(404);
    expect((await copy(event.id, {})).body.code).toBe('invalid_request');
  });
});
