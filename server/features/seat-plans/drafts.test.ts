import { afterAll, beforeAll, expect, test } from 'vitest';
import { seatId } from '../../../contract/ids.ts';
import { newRows } from '../../../seat-map/make-objects.ts';
import type { PlanCommand } from '../../../seat-map/plan-command.ts';
import { audit } from '../../audit/audit.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';
import { apply, edit, hall, layout, must, path, quoted, save } from './testing/draw.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
  await world.close();
});

/** A draft whose seat map is the drawing `hall`. */
async function draft(): Promise<TestEvent> {
  const event = await world.event({
    publish: false,
    fields: {
      seatLayout: layout(),
      pools: [],
      ticketTypes: [{ name: 'Gold', priceMinor: 2000, zone: 'gold' }],
    },
  });
  await save(event, hall());
  await must(apply(event));
  return event;
}

/** The rows of `hall` are B and C, behind a new row A. */
const rowInFront: PlanCommand[] = [
  { do: 'number', objects: ['block1'], rowNames: { scheme: 'letters', start: 2, from: 'front' } },
  {
    do: 'add',
    objects: [newRows({ id: 'block2', section: 'stalls', zone: 'gold', x: 100, y: 60, rows: 1, seats: 4 })],
  },
];

test('a draft whose seat is blocked or has a code is drawn anew: both go on meaning this seat, by its new name', async () => {
  const event = await draft();
  const { client } = event.organiser;
  const [first, second, third] = [0, 1, 2].map((index) => seatId(event.id as never, index));
  await must(
    client.post(`/api/events/${event.id}/blocks`, { label: 'Press', seats: [{ seatId: first }] }),
    201,
  );
  const code = { priceMinor: 1000 };
  await must(
    client.post(`/api/events/${event.id}/vouchers`, { ...code, seatIds: [second], keepsPlaces: true }),
    201,
  );
  await must(client.post(`/api/events/${event.id}/vouchers`, { ...code, seatIds: [third] }), 201);

  await save(event, edit(hall(), ...rowInFront));
  expect(await must(client.get(path(event, '/changes')))).toMatchObject({ added: 4, vanishing: [] });
  await must(apply(event));
  const { blocked } = await must(client.get(path(event, '/taken')));
  expect(blocked.sort()).toEqual(['block1.r1.-1', 'block1.r1.-2']);
  const { items } = await must(client.get(`/api/events/${event.id}/blocks`));
  const press = items.find(({ label }: { label: string }) => label === 'Press');
  expect(press.lines[0].seats).toEqual([{ seatId: first, section: 'Stalls', row: 'B', seat: '1' }]);
  const codes = await must(client.get(`/api/events/${event.id}/vouchers`));
  const seats = codes.items.map(({ seat }: { seat: { row: string; seat: string } }) => seat.row + seat.seat);
  expect(seats.sort()).toEqual(['B2', 'B3']);
  // A code that blocks its seat once more writes the new name.
  const kept = await world.app.db.query<{ names: unknown }>(
    `select keeps -> 'seatNames' as names from vouchers where event_id = $1 and seat_index = 1`,
    [event.id],
  );
  expect(kept).toEqual([{ names: [{ section: 'Stalls', row: 'B', seat: '2' }] }]);
});

test('a draft with a code for a seat that loses all its seats and gets others: the code is for none of them', async () => {
  const event = await draft();
  const { client } = event.organiser;
  const code = { priceMinor: 1000, seatIds: [seatId(event.id as never, 0)] };
  await must(client.post(`/api/events/${event.id}/vouchers`, code), 201);
  const patch = async (body: object) => {
    const { eventVersion } = await must(client.get(path(event)));
    await must(client.patch(`/api/events/${event.id}`, body, quoted(eventVersion)));
  };
  const floor = { key: 'floor', name: 'Floor', capacity: 5 };
  await patch({
    seatLayout: null,
    pools: [floor],
    ticketTypes: [{ name: 'Any', priceMinor: 2000, pools: ['floor'] }],
  });
  const other = layout();
  other.sections[0]!.rows[0]!.label = 'Z';
  await patch({
    seatLayout: other,
    pools: [],
    ticketTypes: [{ name: 'Gold', priceMinor: 2000, zone: 'gold' }],
  });
  const [{ seat }] = (await must(client.get(`/api/events/${event.id}/vouchers`))).items;
  expect(seat?.row).not.toBe('Z');
});
