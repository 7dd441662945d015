import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { managedEventSchema } from '../../../contract/events.ts';
import { seatId } from '../../../contract/ids.ts';
import { days, hours } from '../../testing/clock.ts';
import { createWorld, type Organiser, type World } from '../../testing/world.ts';
import { publishScheduled } from './publish-scheduled.ts';
import { createDesk, room } from './testing/drafts.ts';

let world: World;
let house: Organiser;
let desk: ReturnType<typeof createDesk>;
beforeAll(async () => {
  world = await createWorld();
  house = await world.organiser();
  desk = createDesk(world, house);
});
afterAll(() => world?.close());

const remove = (id: string, what: string, version: number) =>
  house.client.delete(`/api/events/${id}${what && `/${what}`}`, desk.match(version));
const bare = (more: Record<string, unknown> = {}) =>
  house.client.post('/api/events', { organisationId: house.organisationId, title: 'Bare', ...more });

describe('a draft with only a title', () => {
  test('exists, and says step by step what it lacks', async () => {
    const { status, body } = await bare({ timeZone: 'Europe/Berlin' });
    expect(status).toBe(201);
    expect(managedEventSchema.parse(body)).toEqual(body);
    expect(body.undecided).toEqual(['startsAt', 'endsAt']);
    expect(body.gaps).toEqual([
      { code: 'start', step: 'when' },
      { code: 'end', step: 'when' },
      { code: 'venue', step: 'when' },
      { code: 'city', step: 'when' },
      { code: 'country', step: 'when' },
      { code: 'ticket_type', step: 'tickets' },
    ]);
    const refused = await desk.publish(body.id, 1);
    expect([refused.status, refused.body.code]).toEqual([409, 'event_not_publishable']);
    expect(refused.body.gaps).toEqual(body.gaps);
    expect(refused.body.missing).toContain('a venue');
    // The stand-ins are in the list of the team, which says that they are none.
    const { items } = (await house.client.get(`/api/organisations/${house.organisationId}/events`)).body;
    expect(items.find(({ id }: { id: string }) => id === body.id).undecided).toEqual(['startsAt', 'endsAt']);
  });

  test('is completed field by field until it can be published', async () => {
    let { body: event } = await bare({ timeZone: 'Europe/Berlin' });
    const change = async (fields: Record<string, unknown>) => {
      const changed = await desk.patch(event.id, event.version, fields);
      expect([fields, changed.status]).toEqual([fields, 200]);
      event = changed.body;
    };
    await change({ startsAt: desk.inDays(12) });
    // The end is still open, and its stand-in follows the start.
    expect(event.undecided).toEqual(['endsAt']);
    expect(Date.parse(event.endsAt) - Date.parse(event.startsAt)).toBe(hours(3));
    // No rule compares with a stand-in.
    await change({ saleEndsAt: new Date(Date.parse(event.endsAt) + hours(1)).toISOString() });
    await change({ endsAt: new Date(Date.parse(event.startsAt) + hours(5)).toISOString() });
    expect(event.undecided).toEqual([]);
    await change({ venue: { name: 'Kesselhaus' } });
    await change({ venue: { name: 'Kesselhaus', city: 'Berlin', country: 'DE' } });
    await change({
      ticketTypes: [{ name: 'One', priceMinor: 0, pools: ['a'] }],
      pools: [{ key: 'a', name: 'A', capacity: 0 }],
    });
    expect(event.gaps).toEqual([{ code: 'places', step: 'tickets' }]);
    await change({ pools: [{ key: 'a', name: 'A', capacity: 3 }] });
    expect(event.gaps).toEqual([]);
    expect((await desk.publish(event.id, event.version)).status).toBe(200);
    // What a published event needs it can not lose.
    const worse = await desk.patch(event.id, event.version + 1, { venue: { name: '' } });
    expect([worse.status, worse.body.missing]).toEqual([409, ['a venue', 'a city', 'a country']]);
  });

  test('an end alone puts the start before it, and the audit log shows no stand-in', async () => {
    const { body } = await bare({ endsAt: desk.inDays(3) });
    expect(body.undecided).toEqual(['startsAt']);
    expect(Date.parse(body.endsAt) - Date.parse(body.startsAt)).toBe(hours(3));
    const { items } = (await house.client.get(`/api/organisations/${house.organisationId}/audit-log`)).body;
    const entry = items.find(({ subject }: { subject: { id: string } }) => subject.id === body.id);
    expect(entry.after).toMatchObject({ startsAt: null, endsAt: body.endsAt });
  });
});

describe('publishing at a time', () => {
  const schedule = (id: string, version: number, inDays: number) =>
    desk.put(id, 'scheduled-publication', version, { at: desk.inDays(inDays) });

  test('publishes the event then, and the log says that the clock did', async () => {
    const { body: event } = await desk.create({ title: 'Timed' });
    const set = await schedule(event.id, 1, 2);
    expect(set.body).toMatchObject({
      version: 2,
      scheduledPublication: { at: desk.inDays(2), failedAt: null },
    });
    await world.drain();
    expect((await desk.manage(event.id)).body.status).toBe('draft');
    world.clock.advance(days(2));
    await world.drain();
    const { body: after } = await desk.manage(event.id);
    expect(after).toMatchObject({ status: 'published', scheduledPublication: null });
    expect((await world.client().get(`/api/events/${event.slug}`)).status).toBe(200);
    expect(await desk.acts(event.id)).toEqual([
      'event.created',
      'event.publication_scheduled',
      'event.published',
    ]);
  });

  test('follows the newest choice: another time, none, or by hand', async () => {
    const [moved, dropped, published] = [
      (await desk.create({ title: 'Moved' })).body,
      (await desk.create({ title: 'Dropped' })).body,
      (await desk.create({ title: 'By hand' })).body,
    ];
    await schedule(moved.id, 1, 1);
    await schedule(moved.id, 2, 5);
    await schedule(dropped.id, 1, 1);
    expect((await remove(dropped.id, 'scheduled-publication', 2)).body.scheduledPublication).toBeNull();
    await schedule(published.id, 1, 1);
    await desk.publish(published.id, 2);
    await desk.unpublish(published.id, 3);
    world.clock.advance(days(1.1));
    await world.drain();
    // A job of the earlier time that comes late, because it was running when the time was changed.
    const at = new Date(world.clock.now().getTime() - days(0.1)).toISOString();
    await publishScheduled(world.app, { eventId: moved.id, at });
    for (const { id } of [moved, dropped, published])
      expect((await desk.manage(id)).body.status).toBe('draft');
    world.clock.advance(days(4));
    await world.drain();
    expect((await desk.manage(moved.id)).body.status).toBe('published');
    expect((await desk.manage(dropped.id)).body.status).toBe('draft');
  });

  test('leaves a draft that lacks something then, and tells whoever may edit it by mail', async () => {
    const manager = await world.member(house, 'manager');
    const door = await world.member(house, 'door');
    const { body: event } = await desk.create({ title: 'Half Done' });
    await schedule(event.id, 1, 1);
    await desk.patch(event.id, 2, { ticketTypes: [], pools: [] });
    world.clock.advance(days(1));
    await world.drain();
    const { body: after } = await desk.manage(event.id);
    expect(after.status).toBe('draft');
    expect(after.scheduledPublication).toMatchObject({
      failedAt: world.clock.now().toISOString(),
      gaps: [{ code: 'ticket_type', step: 'tickets' }],
    });
    const mailsTo = async (to: string) =>
      (await world.client().get(`/api/mailbox?to=${encodeURIComponent(to)}`)).body.items;
    expect((await mailsTo(manager.email))[0].subject).toBe('Not published: Half Done');
    expect(await desk.acts(event.id)).toContain('event.publication_failed');
    expect(await mailsTo(door.email)).toEqual([]);
    // It is not tried again by itself.
    await desk.patch(event.id, 3, desk.club());
    world.clock.advance(days(1));
    await world.drain();
    expect((await desk.manage(event.id)).body.status).toBe('draft');
  });

  test('is refused for the past, after the start, for what is incomplete, and for what is published', async () => {
    const { body: event } = await desk.create();
    for (const inDays of [-1, 25])
      expect((await schedule(event.id, 1, inDays)).body.code).toBe('invalid_request');
    expect((await schedule((await bare()).body.id, 1, 1)).body.code).toBe('event_not_publishable');
    await desk.publish(event.id, 1);
    expect((await schedule(event.id, 2, 1)).body.code).toBe('already_published');
    expect((await schedule(event.id, 1, 1)).status).toBe(412);
  });

  test('is refused for a time at which the sale will be over', async () => {
    const { body: event } = await desk.create({ saleEndsAt: desk.inDays(3) });
    expect((await schedule(event.id, 1, 3)).body).toMatchObject({
      code: 'event_not_publishable',
      gaps: [{ code: 'sale_end_in_future', step: 'tickets' }],
    });
    expect((await desk.manage(event.id)).body).toMatchObject({ version: 1, scheduledPublication: null });
    expect((await schedule(event.id, 1, 2)).status).toBe(200);
  });
});

describe('taking an event off sale', () => {
  test('stops the sale at once and keeps page, list and tickets; later it goes on until the same end', async () => {
    const saleEndsAt = desk.inDays(10);
    const event = await world.event({ organiser: house, fields: { saleEndsAt, title: 'Paused' } });
    expect((await desk.hold(event)).status).toBe(201);
    const stopped = await desk.put(event.id, 'sale-stop', event.version);
    expect(stopped.body).toMatchObject({ saleEndsAt, takenOffSaleAt: world.clock.now().toISOString() });
    expect((await desk.hold(event)).body.code).toBe('sale_ended');
    const page = await world.client().get(`/api/events/${event.id}`);
    expect([page.status, page.body.saleEndsAt]).toEqual([200, world.clock.now().toISOString()]);
    // A second click changes nothing; a change of another field does not put it on sale.
    expect((await desk.put(event.id, 'sale-stop', stopped.body.version)).body.version).toBe(
      stopped.body.version,
    );
    const later = desk.inDays(11);
    const edited = await desk.patch(event.id, stopped.body.version, {
      summary: 'Soon more.',
      saleEndsAt: later,
    });
    expect(edited.body).toMatchObject({ saleEndsAt: later, takenOffSaleAt: expect.any(String) });
    expect((await desk.hold(event)).body.code).toBe('sale_ended');
    const again = await remove(event.id, 'sale-stop', edited.body.version);
    expect(again.body).toMatchObject({ saleEndsAt: later, takenOffSaleAt: null });
    expect((await desk.hold(event)).status).toBe(201);
    expect(await desk.acts(event.id)).toEqual([
      'event.changed',
      'event.created',
      'event.published',
      'event.put_on_sale',
      'event.taken_off_sale',
    ]);
  });

  test('of a hundred buyers at the moment of the stop, none gets a place after it', async () => {
    const event = await world.event({ organiser: house, capacity: 500 });
    const buyers = await Promise.all(Array.from({ length: 20 }, () => world.guest()));
    const body = { items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }] };
    let stopped = false;
    const afterStop: number[] = [];
    const stopping = desk.put(event.id, 'sale-stop', event.version).then(() => {
      stopped = true;
    });
    await Promise.all(
      buyers.map(async ({ client }) => {
        for (let i = 0; i < 5; i++) {
          const isAfter = stopped;
          const { status } = await client.post(`/api/events/${event.id}/holds`, body);
          if (isAfter) afterStop.push(status);
        }
      }),
    );
    await stopping;
    expect(afterStop.filter((status) => status === 201)).toEqual([]);
    expect((await desk.hold(event)).body.code).toBe('sale_ended');
  });

  test('is refused for a draft and after the end, and ends with a new publication', async () => {
    const { body: draft } = await desk.create();
    expect((await desk.put(draft.id, 'sale-stop', 1)).body.code).toBe('event_not_on_sale');
    const event = await world.event({ organiser: house });
    const { version } = (await desk.put(event.id, 'sale-stop', event.version)).body;
    await desk.unpublish(event.id, version);
    const { body: back } = await desk.publish(event.id, version + 1);
    expect(back).toMatchObject({ status: 'published', takenOffSaleAt: null, saleEndsAt: null });
    expect((await desk.hold(event)).status).toBe(201);
  });
});

describe('archive and deletion', () => {
  test('an archived event is only in the archive, and comes back with its publication', async () => {
    const { body: event } = await desk.create({ title: 'Shelved' });
    const list = async (query = '') => {
      const path = `/api/organisations/${house.organisationId}/events${query}`;
      return (await house.client.get(path)).body.items.some(({ id }: { id: string }) => id === event.id);
    };
    await desk.put(event.id, 'scheduled-publication', 1, { at: desk.inDays(1) });
    const archived = await desk.put(event.id, 'archive', 2);
    expect(archived.body).toMatchObject({
      archivedAt: world.clock.now().toISOString(),
      scheduledPublication: null,
    });
    expect([await list(), await list('?archived=only'), await list('?archived=with')]).toEqual([
      false,
      true,
      true,
    ]);
    expect((await desk.put(event.id, 'archive', 3)).body.version).toBe(3);
    const acts = ['event.publication_unscheduled', 'event.archived'];
    expect(await desk.acts(event.id)).toEqual(expect.arrayContaining(acts));
    expect((await remove(event.id, 'archive', 3)).body.archivedAt).toBeNull();
    expect([await list(), await list('?archived=only')]).toEqual([true, false]);
    await desk.put(event.id, 'archive', 4);
    expect((await desk.publish(event.id, 5)).body.archivedAt).toBeNull();
    expect((await desk.put(event.id, 'archive', 6)).body.code).toBe('event_on_sale');
  });

  test('to archive an event again cancels a publication that was scheduled since', async () => {
    const { body: event } = await desk.create({ title: 'Shelved Twice' });
    const { archivedAt } = (await desk.put(event.id, 'archive', 1)).body;
    await desk.put(event.id, 'scheduled-publication', 2, { at: desk.inDays(1) });
    world.clock.advance(days(0.1));
    const again = await desk.put(event.id, 'archive', 3);
    expect(again.body).toMatchObject({ version: 4, archivedAt, scheduledPublication: null });
    expect(await desk.acts(event.id)).toContain('event.publication_unscheduled');
  });

  test('a draft that was never published can be deleted with all that belongs to it', async () => {
    const { body: event } = await desk.create({
      seatLayout: room(),
      ticketTypes: [{ name: 'Front', priceMinor: 100, zone: 'front' }],
    });
    await house.client.post(`/api/events/${event.id}/preview-links`, {});
    await desk.put(event.id, 'scheduled-publication', 1, { at: desk.inDays(1) });
    expect((await remove(event.id, '', 1)).status).toBe(412);
    const key = { 'idempotency-key': 'delete-it-once' };
    const path = `/api/events/${event.id}`;
    const answers = await Promise.all(
      [1, 2].map(() => house.client.delete(path, { ...desk.match(2), ...key })),
    );
    expect(answers.map(({ status }) => status)).toEqual([204, 204]);
    expect((await desk.manage(event.id)).status).toBe(404);
    expect(await desk.acts(event.id)).toContain('event.deleted');
    world.clock.advance(days(1));
    await world.drain();
    for (const table of [
      'seat_maps',
      'ticket_types',
      'pools',
      'seats',
      'preview_links',
      'scheduled_publications',
    ]) {
      const [row] = await world.app.db.query<{ count: number }>(
        `select count(*)::int as count from ${table} where event_id = $1`,
        [event.id],
      );
      expect([table, row?.count]).toEqual([table, 0]);
    }
  });

  test('a draft goes with the codes that were made for it and the places that were blocked', async () => {
    const { body: event } = await desk.create({
      seatLayout: room(),
      ticketTypes: [{ name: 'Front', priceMinor: 100, zone: 'front' }],
    });
    const add = async (what: string, body: unknown) => {
      const made = await house.client.post(`/api/events/${event.id}/${what}`, body);
      expect(made.status, JSON.stringify(made.body)).toBe(201);
      return made.body;
    };
    await add('vouchers', { seatIds: [seatId(event.id, 0)], keepsPlaces: true });
    await add('vouchers', { count: 2, percentOff: 10 });
    await add('blocks', { label: 'Camera', seats: [{ seatId: seatId(event.id, 2) }] });
    const released = await add('blocks', { label: 'Sponsor', seats: [{ seatId: seatId(event.id, 3) }] });
    expect((await house.client.delete(`/api/events/${event.id}/blocks/${released.id}`)).status).toBe(204);
    const { version } = (await desk.manage(event.id)).body;
    expect((await remove(event.id, '', version)).status).toBe(204);
    for (const table of ['vouchers', 'voucher_batches', 'holds', 'blocks', 'seats', 'ledgers'])
      expect([
        table,
        await world.app.db.query(`select from ${table} where event_id = $1`, [event.id]),
      ]).toEqual([table, []]);
  });

  test('an event that was published once can not be deleted', async () => {
    const event = await world.event({ organiser: house });
    expect((await remove(event.id, '', event.version)).body.code).toBe('event_not_deletable');
    await desk.unpublish(event.id, event.version);
    expect((await remove(event.id, '', event.version + 1)).body.code).toBe('event_not_deletable');
  });
});
