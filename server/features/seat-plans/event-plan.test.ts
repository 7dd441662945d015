import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';
import { apply, drawn, edit, hall, layout, must, path, quoted, save } from './testing/draw.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
// After all edits of plans, every count and every owner must be right.
afterAll(async () => {
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
  await world.close();
});

const mapOf = (event: TestEvent) => must(world.client().get(`/api/events/${event.id}/seat-map`));

describe('the drawing of an event', () => {
  test('begins as the seat map of the event, is saved unfinished, and sells nothing until it is applied', async () => {
    const event = await world.event({
      fields: {
        seatLayout: layout(),
        pools: [],
        ticketTypes: [{ name: 'Gold', priceMinor: 2000, zone: 'gold' }],
      },
    });
    const { client } = event.organiser;
    const first = await must(client.get(path(event)));
    expect(first).toMatchObject({ version: 0, appliedVersion: null, layoutChanged: false, savedBy: null });
    expect(first.plan.objects).toMatchObject([{ kind: 'free', section: 'stalls', zone: 'gold' }]);
    const before = await mapOf(event);
    const unfinished = { ...first.plan, zones: [] };
    const saved = await must(client.put(path(event), { plan: unfinished }, quoted(0)));
    expect(saved).toMatchObject({ version: 1, appliedVersion: null });
    expect((await must(client.get(path(event)))).plan).toEqual(unfinished);
    expect(await mapOf(event)).toEqual(before);
    const refused = await apply(event);
    expect(refused.body).toMatchObject({
      code: 'invalid_request',
      issues: expect.arrayContaining([{ path: 'plan', message: 'has no price zone' }]),
    });
    expect((await must(client.get(`${path(event)}?from=layout`))).plan).toEqual(first.plan);
  });

  test('an event without numbered seats begins with an empty plan, and gets its seats by it', async () => {
    const event = await world.event({ publish: false });
    const { client } = event.organiser;
    expect((await must(client.get(path(event)))).plan).toMatchObject({ objects: [], zones: [] });
    await save(event, hall());
    const applied = await must(apply(event));
    expect(applied.seatMapId ?? applied.id).toBeTruthy();
    const layoutNow = await must(client.get(`/api/events/${event.id}/seat-layout`));
    expect(layoutNow.sections[0].rows[0].keys).toEqual([
      'block1.r1.-2',
      'block1.r1.-1',
      'block1.r1.0',
      'block1.r1.1',
    ]);
    expect(await must(client.get(path(event)))).toMatchObject({ appliedVersion: 1, layoutChanged: false });
  });

  test('two members who save at once: one is told, and reads the other’s', async () => {
    const event = await world.event();
    const { client } = event.organiser;
    const answers = await Promise.all(
      [1, 2, 3].map(() => client.put(path(event), { plan: hall() }, quoted(0))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    expect(answers.find(({ status }) => status === 412)?.body).toMatchObject({
      code: 'version_mismatch',
      version: 1,
    });
  });

  test('a drawing that was saved again is not applied unseen, and a retry applies it once', async () => {
    const event = await drawn(world);
    const { client } = event.organiser;
    const { version, eventVersion } = await must(client.get(path(event)));
    await save(event, edit(hall(), { do: 'move', objects: ['block1'], dx: 1, dy: 0 }));
    const stale = await client.post(
      path(event, '/applications'),
      { version, tellMoved: false },
      quoted(eventVersion),
    );
    expect(stale.body.code).toBe('seat_plan_changed');
    const retry = { ...quoted(eventVersion), 'idempotency-key': 'apply-the-plan-once' };
    const body = { version: version + 1, tellMoved: false };
    const [one, two] = await Promise.all([
      client.post(path(event, '/applications'), body, retry),
      client.post(path(event, '/applications'), body, retry),
    ]);
    expect([one.status, two.status, two.body.version]).toEqual([200, 200, one.body.version]);
    expect((await client.post(path(event, '/applications'), body, quoted(eventVersion))).body.code).toBe(
      'version_mismatch',
    );
    // The answer was lost, and somebody saves the drawing before the retry.
    await save(event, edit(hall(), { do: 'move', objects: ['block1'], dx: 2, dy: 0 }));
    const late = await client.post(path(event, '/applications'), body, retry);
    expect([late.status, late.body]).toEqual([200, one.body]);
  });

  test('says when the layout was changed in another way since', async () => {
    const event = await drawn(world);
    const { client } = event.organiser;
    const { eventVersion } = await must(client.get(path(event)));
    const other = layout();
    other.sections[0]!.name = 'Parterre';
    await must(client.patch(`/api/events/${event.id}`, { seatLayout: other }, quoted(eventVersion)));
    expect(await must(client.get(path(event)))).toMatchObject({ layoutChanged: true });
  });

  test('a seat map that was changed in another way is not overwritten unseen', async () => {
    const event = await drawn(world);
    const { client } = event.organiser;
    const change = async (name: string) => {
      const { eventVersion } = await must(client.get(path(event)));
      const other = layout();
      other.sections[0]!.name = name;
      await must(client.patch(`/api/events/${event.id}`, { seatLayout: other }, quoted(eventVersion)));
      return must(client.get(path(event)));
    };
    const first = await change('Parterre');
    await save(event, edit(hall(), { do: 'move', objects: ['block1'], dx: 1, dy: 0 }));
    expect(await apply(event)).toMatchObject({ status: 409, body: { code: 'seat_layout_changed' } });
    expect((await mapOf(event)).sections[0].name).toBe('Parterre');
    // Another change came after the one that the person saw.
    await change('Stalls left');
    const { version } = await must(client.get(path(event)));
    const stale = { plan: hall(), seenSeatMapId: first.seatMapId };
    expect(await must(client.put(path(event), stale, quoted(version)))).toMatchObject({
      layoutChanged: true,
    });
    expect((await apply(event)).body.code).toBe('seat_layout_changed');
    expect(await save(event, hall(), { sees: true })).toMatchObject({ layoutChanged: false });
    await must(apply(event));
    expect((await mapOf(event)).sections[0].name).toBe('Stalls');
  });

  test('a drawing with other zones says which ticket types have none, and gets them in the same change', async () => {
    const event = await world.event({
      fields: {
        seatLayout: layout(),
        pools: [],
        ticketTypes: [
          { name: 'Adults', priceMinor: 2000, zone: 'gold' },
          { name: 'Children', priceMinor: 1000, zone: 'gold' },
        ],
      },
    });
    const { client } = event.organiser;
    const plan = hall();
    plan.zones[0]!.key = 'best';
    const [block] = plan.objects;
    await save(event, { ...plan, objects: [{ ...block, zone: 'best' }] });
    const changes = await must(client.get(path(event, '/changes')));
    expect(changes.withoutZone).toEqual([
      { ticketTypeId: event.ticketTypes[0]!.id, name: 'Adults', zone: 'gold', taken: false },
      { ticketTypeId: event.ticketTypes[1]!.id, name: 'Children', zone: 'gold', taken: false },
    ]);
    expect((await apply(event)).body).toMatchObject({
      code: 'invalid_request',
      issues: [{ path: expect.stringMatching(/ticketTypes\.0\.zone$/) }, {}],
    });
    const moved = { id: event.ticketTypes[0]!.id, name: 'Adults', priceMinor: 2000, pools: [], zone: 'best' };
    const added = { name: 'Box', priceMinor: 500, pools: [], zone: 'best' };
    const applied = await must(apply(event, { ticketTypes: [moved, added] }));
    expect(applied.ticketTypes.map((type: { name: string; zone: string }) => [type.name, type.zone])).toEqual(
      [
        ['Adults', 'best'],
        ['Box', 'best'],
      ],
    );
    expect((await must(client.get(path(event, '/changes')))).withoutZone).toEqual([]);
  });

  test('says of each problem its code and its place in the drawing', async () => {
    const event = await world.event({ publish: false });
    const [block] = hall().objects;
    await save(event, { ...hall(), objects: [block, { ...block, id: 'block2', zone: 'silver' }] });
    const { issues } = await must(event.organiser.client.get(path(event, '/changes')));
    expect(issues).toContainEqual(
      expect.objectContaining({ code: 'unknown_zone', object: 'block2', path: 'plan.objects.1' }),
    );
  });

  test.each<[string, unknown]>([
    ['another format', { ...hall(), format: 2 }],
    ['an unknown kind', { ...hall(), objects: [{ kind: 'sofa' }] }],
    [
      'a hundred million seats',
      {
        ...hall(),
        objects: Array.from({ length: 1000 }, (_, i) => ({
          ...hall().objects[0],
          id: `block${i}`,
          rows: Array.from({ length: 1 }, () => ({ id: 'r1', from: 0, count: 500 })),
        })),
      },
    ],
    [
      'a mark that is none',
      {
        ...hall(),
        objects: [
          {
            ...(hall().objects[0] as object),
            rows: [{ id: 'r1', from: 0, count: 2, marks: { 0: { free: true } } }],
          },
        ],
      },
    ],
    [
      'a picture of somebody else',
      {
        ...hall(),
        background: {
          picture: 'pic_01K9ZC4V7R8W3T5XN2M6QHJDEF',
          x: 0,
          y: 0,
          width: 10,
          height: 10,
          opacity: 1,
        },
      },
    ],
    ['no number', { ...hall(), width: '200' }],
  ])('refuses %s', async (_, plan) => {
    const event = await world.event({ publish: false });
    const refused = await event.organiser.client.put(path(event), { plan }, quoted(0));
    expect([refused.status, refused.body.code]).toEqual([400, 'invalid_request']);
  });
});
