import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seatId } from '../../../contract/ids.ts';
import { createClient } from '../../testing/client.ts';
import { minutes } from '../../testing/clock.ts';
import { createWorld, type World } from '../../testing/world.ts';

let world: World;
let second: Awaited<ReturnType<World['another']>>;

beforeAll(async () => {
  world = await createWorld();
  second = await world.another();
});
afterAll(() => world?.close());

const availabilityOf = async (eventId: string) =>
  (await createClient(second.url).get(`/api/events/${eventId}/availability`)).body;
const pageOf = (ref: string, headers: Record<string, string> = {}) =>
  createClient(second.url).get(`/api/events/${ref}`, headers);

describe('what a process keeps of an event is never older than the question', () => {
  test('of places and seats that another process sold', async () => {
    const event = await world.event({ seats: [{ zone: 'gold', rows: 1, perRow: 10 }] });
    const ann = await world.guest();
    for (let index = 0; index < 10; index++) {
      await availabilityOf(event.id);
      const seats = [{ seatId: seatId(event.id, index) }];
      expect((await ann.client.post(`/api/events/${event.id}/holds`, { seats })).status).toBe(201);
      const shown = await availabilityOf(event.id);
      const bits = Buffer.from(shown.seats, 'base64').readUInt16LE(0);
      expect([shown.ticketTypes[0].available, bits]).toEqual([9 - index, (0x3ff << (index + 1)) & 0x3ff]);
    }
    expect((await pageOf(event.id)).body.soldOut).toBe(true);
  });

  test('of holds that run out though nobody sweeps them', async () => {
    const event = await world.event({ seats: [{ zone: 'gold', rows: 1, perRow: 8 }] });
    const ann = await world.guest();
    const seats = [{ seatId: seatId(event.id, 3) }, { seatId: seatId(event.id, 4) }];
    await ann.client.post(`/api/events/${event.id}/holds`, { seats });
    const path = `/api/events/${event.id}/availability`;
    const held = await world.client().get(path);
    expect(held.body.ticketTypes[0].available).toBe(6);
    world.clock.advance(minutes(11));
    const headers = { 'if-none-match': held.headers.get('etag') ?? '' };
    const free = await world.client().get(path, headers);
    expect([free.status, free.body.ticketTypes[0].available]).toEqual([200, 8]);
    expect([...Buffer.from(free.body.seats, 'base64')]).toEqual([0xff]);
    // The sweep changes the version. The shown counts stay the same.
    await second.app.ledger.submit(event.id, { kind: 'expire' });
    const swept = await availabilityOf(event.id);
    expect(swept).toEqual({ ...free.body, version: expect.any(Number) });
  });

  test('of the page: edited, sold out, taken back', async () => {
    const event = await world.event({ capacity: 2 });
    const first = await pageOf(event.slug);
    const etag = first.headers.get('etag') ?? '';
    expect(first.body).toMatchObject({ id: event.id, soldOut: false });
    expect((await pageOf(event.slug, { 'if-none-match': etag })).status).toBe(304);

    const ann = await world.guest();
    const items = [{ ticketTypeId: event.ticketTypeId, quantity: 2 }];
    const hold = await ann.client.post(`/api/events/${event.id}/holds`, { items });
    expect(hold.status).toBe(201);
    const soldOut = await pageOf(event.slug, { 'if-none-match': etag });
    expect([soldOut.status, soldOut.body.soldOut]).toEqual([200, true]);

    const edit = { title: 'Second Night' };
    const edited = await event.organiser.client.patch(`/api/events/${event.id}`, edit, {
      'if-match': `"${event.version}"`,
    });
    expect(edited.status).toBe(200);
    expect((await pageOf(event.slug)).body).toMatchObject({ title: 'Second Night', soldOut: true });

    const taken = await event.organiser.client.delete(`/api/events/${event.id}/publication`, {
      'if-match': `"${edited.body.version}"`,
    });
    expect(taken.status).toBe(200);
    expect((await pageOf(event.slug)).status).toBe(404);
    expect((await pageOf(event.id)).status).toBe(404);
  });
});
