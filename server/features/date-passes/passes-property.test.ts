import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { runs } from '../../testing/thorough.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { makePass, readPass, setPlaces } from './testing/make-pass.ts';

/*
 * Any sequence of sales of a pass and of its dates, of changes of its places and of refunds, some of them at the same time: no date sells
 * more places than it has, each date has a place for each pass at every instant, and in the end each sold pass has one ticket per date.
 */
let world: World;
let people: Person[];
beforeAll(async () => {
  world = await createWorld({ DATABASE_POOL_SIZE: '20' });
  people = await Promise.all([1, 2, 3].map(() => world.guest()));
});
afterAll(() => world.close());

type Step = { kind: 'pass' | 'date' | 'places' | 'refund' | 'work'; pick: number; at: number };
const step = fc.record({
  kind: fc.constantFrom<Step['kind']>('pass', 'pass', 'date', 'places', 'refund', 'work'),
  pick: fc.nat({ max: 7 }),
  at: fc.nat({ max: 2 }),
});
/** Steps of one group run at the same time. */
const history = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 3, maxLength: 8 });

interface Scene {
  dates: TestEvent[];
  pass: TestEvent;
  bought: string[];
  /** What came about, so that no run is empty. */
  happened: Set<string>;
}

async function take({ kind, pick, at }: Step, scene: Scene): Promise<void> {
  const { pass, dates, bought, happened } = scene;
  const { client } = people[at] as Person;
  if (kind === 'work') return world.drain();
  if (kind === 'places') {
    const { status, body } = await setPlaces(pass, pick);
    expect([200, 409], JSON.stringify(body)).toContain(status);
    happened.add(status === 200 ? 'places set' : body.code);
    return;
  }
  if (kind === 'refund') {
    const orderId = bought[pick % Math.max(1, bought.length)];
    if (orderId) await pass.organiser.client.post(`/api/orders/${orderId}/refunds`, { reason: 'Ill' });
    return;
  }
  const event = kind === 'pass' ? pass : (dates[pick % dates.length] as TestEvent);
  const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 + (pick % 2) }];
  const held = await client.post(`/api/events/${event.id}/holds`, { items });
  if (held.status !== 201) return void happened.add(held.body.code);
  const buyer = { name: 'Ada Osei', email: `ada-${at}@example.com` };
  const ordered = await client.post('/api/orders', { holdId: held.body.id, buyer });
  if (ordered.status !== 201) return void happened.add(ordered.body.code);
  if (kind === 'pass') bought.push(ordered.body.order.id);
  happened.add(`${kind} sold`);
}

const seen = new Set<string>();
const fixed: Step[][] = [
  [{ kind: 'pass', pick: 1, at: 0 }],
  [
    { kind: 'places', pick: 5, at: 0 },
    { kind: 'date', pick: 1, at: 1 },
    { kind: 'pass', pick: 1, at: 2 },
  ],
  [{ kind: 'places', pick: 7, at: 0 }],
  [
    { kind: 'refund', pick: 0, at: 0 },
    { kind: 'date', pick: 0, at: 1 },
  ],
  [{ kind: 'pass', pick: 1, at: 1 }],
];

test('whatever happens, each date has a place for each pass and sells no place twice', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (groups) => {
      const organiser = await world.organiser();
      const date = (capacity: number) =>
        world.event({ organiser, capacity, priceMinor: 0, fields: { maxPerBuyer: 50 } });
      const dates = [await date(6), await date(8)];
      const pass = await makePass(world, dates, { places: 3, priceMinor: 0 });
      const scene: Scene = { dates, pass, bought: [], happened: seen };
      for (const group of groups) {
        await Promise.all(group.map((each) => take(each, scene)));
        expect(await audit(world.app.db, { settled: false, now: world.clock.now() })).toEqual([]);
      }
      await world.drain();
      const { sold, places, dates: shown } = await readPass(pass);
      for (const each of shown) {
        expect(each.tickets).toBe(sold);
        expect(each.kept + each.tickets).toBeGreaterThanOrEqual(places);
      }
    }),
    { numRuns: runs(6, 150), examples: [[fixed]] },
  );
  expect([...seen]).toEqual(
    expect.arrayContaining(['pass sold', 'date sold', 'places set', 'pass_date_full']),
  );
});
