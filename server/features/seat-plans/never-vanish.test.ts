import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyCommand } from '../../../seat-map/edit-plan.ts';
import { commandOf, steps } from '../../../seat-map/testing/commands.ts';
import { smallHall } from '../../../seat-map/testing/plans.ts';
import { audit } from '../../audit/audit.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';
import { apply, must, path, save } from './testing/draw.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

interface MapSeat {
  id: string;
  label: string;
}
type Rows = { label: string; seats: MapSeat[] }[];

test('whatever is drawn and applied over HTTP, a seat that is held or sold stays with its holder, under the name of its ticket', async () => {
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(steps, async (list) => {
      const event = await world.event({
        publish: false,
        fields: { pools: [{ key: 'floor', name: 'Floor', capacity: 100 }] },
      });
      const { client } = event.organiser;
      await save(event, smallHall());
      await must(apply(event));
      const { version } = await must(client.get(`/api/events/${event.id}/management`));
      const ticketTypes = ['gold', 'blue'].map((zone) => ({ name: zone, priceMinor: 0, zone }));
      const sold = await must(
        client.patch(`/api/events/${event.id}`, { ticketTypes }, { 'if-match': `"${version}"` }),
      );
      await must(
        client.post(`/api/events/${event.id}/publication`, undefined, { 'if-match': `"${sold.version}"` }),
      );
      const [gold, blue] = sold.ticketTypes;
      const typed = (type: { id: string }) => ({
        ...event,
        ticketTypeId: type.id,
        ticketTypes: sold.ticketTypes,
      });
      const buyer = await world.guest();
      const bought = await buy(world, buyer, typed(gold) as never, { quantity: 3 });
      const holder = await world.guest();
      const bestAvailable = { ticketTypeId: blue.id, quantity: 2 };
      const held = await must(holder.client.post(`/api/events/${event.id}/holds`, { bestAvailable }), 201);
      const taken = async () => {
        const order = await must(buyer.client.get(`/api/orders/${bought.orderId}`));
        const hold = await must(holder.client.get(`/api/holds/${held.id}`));
        return [...order.lines, ...hold.lines].flatMap(
          (line: { seats: { seatId: string; section: string; row: string; seat: string }[] }) => line.seats,
        );
      };
      const first = (await taken()).map(({ seatId }) => seatId);
      expect(first).toHaveLength(5);
      let plan = smallHall();
      for (const step of list.slice(0, 6)) {
        plan = applyCommand(plan, commandOf(plan, step));
        await save(event, plan);
        const answer = await apply(event);
        outcomes.add(answer.body.code ?? 'applied');
        expect(['applied', 'event_has_sales', 'invalid_request', 'capacity_below_taken']).toContain(
          answer.body.code ?? 'applied',
        );
        if (answer.status !== 200) plan = (await must(client.get(`${path(event)}?from=layout`))).plan;
        const map = await must(world.client().get(`/api/events/${event.id}/seat-map`));
        const names = new Map<string, string>(
          map.sections.flatMap(({ name, rows }: { name: string; rows: Rows }) =>
            rows.flatMap(({ label, seats }) =>
              seats.map((seat) => [seat.id, `${name} ${label} ${seat.label}`] as const),
            ),
          ),
        );
        const now = await taken();
        expect(now.map(({ seatId }) => seatId)).toEqual(first);
        for (const { seatId, section, row, seat } of now)
          expect(names.get(seatId)).toBe(`${section} ${row} ${seat}`);
      }
    }),
    {
      examples: [
        [
          [
            // Renumbers, removes seats, moves, and removes an object.
            { kind: 11, pick: 255, by: 3, back: false },
            { kind: 0, pick: 255, by: 104, back: false },
            { kind: 7, pick: 2, by: 0, back: false },
            { kind: 8, pick: 4, by: 4095, back: false },
          ],
        ],
      ],
      numRuns: 6,
    },
  );
  expect([...outcomes]).toEqual(expect.arrayContaining(['applied', 'event_has_sales']));
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
}, 120_000);
