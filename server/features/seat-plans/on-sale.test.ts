import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seatId } from '../../../contract/ids.ts';
import { newRows } from '../../../seat-map/make-objects.ts';
import type { PlanCommand } from '../../../seat-map/plan-command.ts';
import { audit } from '../../audit/audit.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { buyAtOnce, reviewed } from '../order-reviews/testing/held-order.ts';
import { buy } from '../tickets/testing/buy.ts';
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

type Seat = { section: string; row: string; seat: string };
type MapSeat = { id: string; label: string; x: number };

const hold = (person: Person, event: TestEvent, seats: number[]) =>
  person.client.post(`/api/events/${event.id}/holds`, {
    seats: seats.map((index) => ({ seatId: seatId(event.id as never, index) })),
  });
const mapOf = async (event: TestEvent) => must(world.client().get(`/api/events/${event.id}/seat-map`));
const seatsOf = async (event: TestEvent): Promise<{ id: string; name: string; x: number }[]> =>
  (await mapOf(event)).sections.flatMap(
    (section: { name: string; rows: { label: string; seats: MapSeat[] }[] }) =>
      section.rows.flatMap((row: { label: string; seats: MapSeat[] }) =>
        row.seats.map((seat: MapSeat) => ({
          id: seat.id,
          name: `${section.name} ${row.label}${seat.label}`,
          x: seat.x,
        })),
      ),
  );
const numberOf = (id: string) => Number(id.slice(id.lastIndexOf('_') + 1));
/** The texts of the mails about changed seats. */
async function letters(email: string): Promise<string[]> {
  await world.drain();
  const { items } = await must(world.client().get(`/api/mailbox?to=${email}`));
  const about = items.filter(({ subject }: { subject: string }) => subject.startsWith('New seat'));
  const mails = await Promise.all(
    about.map(({ id }: { id: string }) => must(world.client().get(`/api/mailbox/${id}`))),
  );
  return mails.map(({ text }) => text);
}

describe('an event on sale', () => {
  test('a sold seat that gets another name keeps its holder, who is told; what others hold and what they were sold stays', async () => {
    const event = await drawn(world);
    const seats = await seatsOf(event);
    const at = (name: string) => numberOf(seats.find((seat) => seat.name === name)!.id);
    const [ada, bob] = [await world.guest(), await world.guest()];
    const email = 'ada.plan@example.com';
    const bought = await buy(world, ada, event, {
      seats: [at('Stalls A1'), at('Stalls A2')],
      buyer: { name: 'Ada Osei', email },
    });
    const held = await must(hold(bob, event, [at('Stalls A3')]), 201);

    // The rows are called B and C now, and a new row A stands in front of them.
    const next = edit(
      hall(),
      { do: 'number', objects: ['block1'], rowNames: { scheme: 'letters', start: 2, from: 'front' } },
      {
        do: 'add',
        objects: [
          newRows({ id: 'block2', section: 'stalls', zone: 'gold', x: 100, y: 60, rows: 1, seats: 4 }),
        ],
      },
    );
    await save(event, next);
    const changes = await must(event.organiser.client.get(path(event, '/changes')));
    expect(changes).toMatchObject({
      added: 4,
      removed: 0,
      vanishing: [],
      renamedTaken: 3,
      movedTaken: 0,
      issues: [],
    });
    expect(
      changes.renamed
        .filter(({ taken }: { taken: boolean }) => taken)
        .map(({ after }: { after: Seat }) => after.row),
    ).toEqual(['B', 'B', 'B']);
    await must(apply(event));

    const order = await must(ada.client.get(`/api/orders/${bought.orderId}`));
    const names = order.lines.flatMap((line: { seats: Seat[] }) =>
      line.seats.map((seat: Seat) => `${seat.section} ${seat.row}${seat.seat}`),
    );
    expect(names).toEqual(['Stalls B1', 'Stalls B2']);
    expect(order.tickets.map(({ place }: { place: Seat }) => `${place.row}${place.seat}`)).toEqual([
      'B1',
      'B2',
    ]);
    const [letter, ...more] = await letters(email);
    expect(more).toEqual([]);
    expect(letter).toMatch(/Stalls, row B, seat 1/);
    expect(letter).toMatch(/Before: .*Stalls, row A, seat 1/);
    // The seat is the same: the new A1 is another one, and free.
    const now = await seatsOf(event);
    expect(now.find(({ name }) => name === 'Stalls B1')!.id).toBe(
      seats.find(({ name }) => name === 'Stalls A1')!.id,
    );
    expect((await hold(bob, event, [at('Stalls A1')])).body.code).toBe('seats_taken');
    const free = numberOf(now.find(({ name }) => name === 'Stalls A1')!.id);
    await must(hold(await world.guest(), event, [free]), 201);

    // Whoever held a seat meanwhile buys it by its new name.
    const mine = await must(bob.client.get(`/api/holds/${held.id}`));
    expect(mine.lines[0].seats[0]).toMatchObject({ row: 'B', seat: '3' });
    const placed = await must(
      bob.client.post('/api/orders', {
        holdId: held.id,
        buyer: { name: 'Bob', email: 'bob.plan@example.com' },
      }),
      201,
    );
    const card = { clientSecret: placed.payment.clientSecret, card: { number: '4242424242424242' } };
    await must(bob.client.post(`/api/sandbox/payments/${placed.payment.id}/confirmation`, card));
    await world.drain();
    const theirs = await must(bob.client.get(`/api/orders/${placed.order.id}`));
    expect(theirs.tickets[0].place).toEqual({ section: 'Stalls', row: 'B', seat: '3' });
    expect(await letters('bob.plan@example.com')).toEqual([]);
    // The door knows the ticket by its new name.
    const scan = await event.organiser.client.post(`/api/events/${event.id}/check-ins`, {
      code: bought.tickets[0]?.code,
      nonce: 'nonce-plan-0001',
    });
    expect(scan.body).toMatchObject({ place: { row: 'B', seat: '1' } });
  });

  test('a ticket that was passed on: its holder is told, and the buyer is not', async () => {
    const event = await drawn(world);
    const ada = await world.user();
    const email = 'ada.passes@example.com';
    const bought = await buy(world, ada, event, { seats: [0], buyer: { name: 'Ada', email } });
    const friend = 'friend.plan@example.com';
    const offered = await must(
      ada.client.post(`/api/tickets/${bought.tickets[0]?.id}/transfers`, { email: friend }),
      201,
    );
    await world.drain();
    const { items } = await must(world.client().get(`/api/mailbox?to=${friend}`));
    const { text } = await must(world.client().get(`/api/mailbox/${items[0].id}`));
    const secret = /#([\w-]+)/.exec(text)?.[1];
    const receiver = await world.guest();
    await must(receiver.client.post(`/api/transfers/${offered.id}/acceptance`, { secret, name: 'Friend' }));
    await save(
      event,
      edit(hall(), {
        do: 'number',
        objects: ['block1'],
        seatNames: { scheme: 'even', start: 2, from: 'left' },
      }),
    );
    await must(apply(event));
    expect(await letters(friend)).toHaveLength(1);
    expect(await letters(email)).toEqual([]);
  });

  test('a held, sold or blocked seat that the drawing does not have is refused by name, and nothing changes', async () => {
    const event = await drawn(world);
    const ada = await world.guest();
    const seats = await seatsOf(event);
    const at = (name: string) => numberOf(seats.find((seat) => seat.name === name)!.id);
    await buy(world, ada, event, {
      seats: [at('Stalls A2')],
      buyer: { name: 'Ada', email: 'ada.refused@example.com' },
    });
    await must(hold(ada, event, [at('Stalls B3')]), 201);
    await must(
      event.organiser.client.post(`/api/events/${event.id}/blocks`, {
        label: 'Camera',
        seats: [{ seatId: seats.find(({ name }) => name === 'Stalls B4')!.id }],
      }),
      201,
    );
    const gone = edit(
      hall(),
      { do: 'remove', objects: ['block1'] },
      {
        do: 'add',
        objects: [
          newRows({ id: 'block9', section: 'stalls', zone: 'gold', x: 100, y: 80, rows: 1, seats: 2 }),
        ],
      },
    );
    await save(event, gone);
    const { vanishing } = await must(event.organiser.client.get(path(event, '/changes')));
    // A1 and A2 are drawn anew under their old names, so they are the same seats.
    expect(vanishing.map(({ row, seat }: Seat) => `${row}${seat}`)).toEqual(['B3', 'B4']);
    const refused = await apply(event);
    expect(refused.body).toMatchObject({
      code: 'event_has_sales',
      seats: [
        { section: 'Stalls', row: 'B', seat: '3' },
        { section: 'Stalls', row: 'B', seat: '4' },
      ],
    });
    expect(await seatsOf(event)).toEqual(seats);
    const taken = await must(event.organiser.client.get(path(event, '/taken')));
    expect(taken).toEqual({ held: ['block1.r2.0'], sold: ['block1.r1.-1'], blocked: ['block1.r2.1'] });
  });

  test('two seats that exchange their names keep their holders', async () => {
    const event = await drawn(world);
    const ada = await world.guest();
    const bought = await buy(world, ada, event, {
      seats: [0],
      buyer: { name: 'Ada', email: 'ada.swap@example.com' },
    });
    const swap = (serial: number, label: string): PlanCommand => ({
      do: 'mark',
      seats: [{ object: 'block1', row: 'r1', seats: [serial] }],
      mark: { label },
    });
    const before = await seatsOf(event);
    await save(event, edit(hall(), swap(-2, '2'), swap(-1, '1')));
    await must(apply(event));
    const after = await seatsOf(event);
    expect(after.find(({ name }) => name === 'Stalls A2')!.id).toBe(
      before.find(({ name }) => name === 'Stalls A1')!.id,
    );
    const order = await must(ada.client.get(`/api/orders/${bought.orderId}`));
    expect(order.tickets[0].place.seat).toBe('2');
  });

  test('seats that only stand elsewhere are told if the organiser says so', async () => {
    const event = await drawn(world);
    const ada = await world.guest();
    const email = 'ada.moved@example.com';
    await buy(world, ada, event, { seats: [0], buyer: { name: 'Ada', email } });
    const moved = (dx: number) => edit(hall(), { do: 'move', objects: ['block1'], dx, dy: 0 });
    await save(event, moved(40));
    expect(await must(event.organiser.client.get(path(event, '/changes')))).toMatchObject({
      movedTaken: 1,
      renamedTaken: 0,
    });
    await must(apply(event));
    expect(await letters(email)).toEqual([]);
    await save(event, moved(-40));
    await must(apply(event, { tellMoved: true }));
    expect(await letters(email)).toHaveLength(1);
  });

  test('a seat map without keys: the drawing that is read from it renames a sold seat, and a drawing of another event cannot', async () => {
    const event = await world.event({
      fields: {
        seatLayout: layout(),
        pools: [],
        ticketTypes: [{ name: 'Gold', priceMinor: 2000, zone: 'gold' }],
      },
    });
    const ada = await world.guest();
    const bought = await buy(world, ada, event, {
      seats: [0],
      buyer: { name: 'Ada', email: 'ada.old@example.com' },
    });
    const { plan } = await must(event.organiser.client.get(path(event)));
    const [object] = plan.objects;
    const renamed = edit(plan, {
      do: 'change-row',
      object: object.id,
      row: object.rows[0].id,
      fields: { label: 'Z' },
    });
    const other = await world.event({
      organiser: event.organiser,
      fields: {
        seatLayout: layout(),
        pools: [],
        ticketTypes: [{ name: 'Gold', priceMinor: 2000, zone: 'gold' }],
      },
    });
    await buy(world, await world.guest(), other, {
      seats: [0],
      buyer: { name: 'Bob', email: 'bob.old@example.com' },
    });
    await save(other, renamed);
    expect((await apply(other)).body.code).toBe('event_has_sales');
    await save(event, renamed);
    await must(apply(event));
    const order = await must(ada.client.get(`/api/orders/${bought.orderId}`));
    expect(order.tickets[0].place.row).toBe('Z');
  });

  test('a layout without keys in between: the seats keep their keys, so the drawing renames a sold seat and tells its holder', async () => {
    const event = await drawn(world);
    const { client } = event.organiser;
    const ada = await world.guest();
    const email = 'ada.keyless@example.com';
    const bought = await buy(world, ada, event, { seats: [0], buyer: { name: 'Ada', email } });
    const before = await must(client.get(`/api/events/${event.id}/seat-layout`));
    const keyless = (more: object = {}) => ({
      ...before,
      sections: before.sections.map((section: { rows: { keys?: string[] }[] }) => ({
        ...section,
        ...more,
        rows: section.rows.map(({ keys: _, ...row }) => row),
      })),
    });
    const patch = async (seatLayout: unknown) => {
      const { eventVersion } = await must(client.get(path(event)));
      await must(client.patch(`/api/events/${event.id}`, { seatLayout }, quoted(eventVersion)));
    };
    // The same layout is no change of the seat map, and another one keeps the keys too.
    await patch(keyless());
    expect(await must(client.get(path(event)))).toMatchObject({ layoutChanged: false });
    await patch(keyless({ name: 'Parterre' }));
    const after = await must(client.get(`/api/events/${event.id}/seat-layout`));
    expect(after.sections[0].rows).toEqual(before.sections[0].rows);
    expect(await letters(email)).toEqual([]);

    // The numbers are counted from the other side now: the seat at its place is number 4.
    await save(
      event,
      edit(hall(), {
        do: 'number',
        objects: ['block1'],
        seatNames: { scheme: 'all', start: 1, from: 'right' },
      }),
      { sees: true },
    );
    await must(apply(event));
    const order = await must(ada.client.get(`/api/orders/${bought.orderId}`));
    expect(order.tickets[0].place).toMatchObject({ row: 'A', seat: '4' });
    expect(await letters(email)).toHaveLength(1);
  });

  test('a ticket that waits for a look: its holder is told of the new name at once', async () => {
    const event = await drawn(world, hall(), reviewed);
    const ada = await world.user();
    const email = 'ada.waits@example.com';
    const seats = [0, 1].map((index) => ({ seatId: seatId(event.id as never, index) }));
    const orderId = await buyAtOnce(world, ada, event, { email, seats });
    const order = await must(ada.client.get(`/api/orders/${orderId}`));
    expect(await must(ada.client.get(`/api/tickets/${order.tickets[0].id}`))).toMatchObject({ isHeld: true });
    await save(
      event,
      edit(hall(), {
        do: 'number',
        objects: ['block1'],
        seatNames: { scheme: 'all', start: 101, from: 'left' },
      }),
    );
    await must(apply(event));
    expect(await letters(email)).toHaveLength(1);
  });
});
