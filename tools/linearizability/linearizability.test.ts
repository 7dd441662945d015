import { afterAll, beforeAll, expect, test } from 'vitest';
import { audit } from '../../server/audit/audit.ts';
import { createRandom } from '../../server/seeded-random.ts';
import { createWorld, type Person, type World } from '../../server/testing/world.ts';
import { boxOffice } from './box-office.ts';
import { linearize } from './check.ts';
import { type Buyer, record } from './record.ts';

let world: World;
let other: Awaited<ReturnType<World['another']>>;
let people: Person[];
beforeAll(async () => {
  world = await createWorld();
  other = await world.another();
  people = await Promise.all(Array.from({ length: 8 }, () => world.guest()));
});
afterAll(async () => {
  await other?.close();
  await world?.close();
});

const histories = Array.from({ length: 24 }, (_, i) => i + 1);

// Three seats and eight buyers. In every second history half of the buyers use another server; in the others one server
// sells alone and decides from memory. Some buyers hang up and retry with their key.
test('every history of holds, releases and reads has a valid serial order', {
  timeout: 120_000,
}, async () => {
  let unknown = 0;
  let held = 0;
  for (const seed of histories) {
    const event = await world.event({
      seats: [{ zone: 'gold', rows: 1, perRow: 3 }],
      fields: { maxPerBuyer: 100 },
    });
    const buyers: Buyer[] = people.map(({ client }, number) => ({
      number,
      client,
      url: seed % 2 && number % 2 ? other.url : world.url,
    }));
    const history = await record({
      event,
      seatCount: 3,
      buyers,
      each: 7,
      random: createRandom(seed),
      hangUpPercent: 25,
    });
    unknown += history.filter(({ output }) => output === null).length;
    held += history.filter(({ output }) => output && 'seats' in output).length;
    expect(linearize(history, boxOffice(3)), `seed ${seed}: ${JSON.stringify(history)}`).not.toBeNull();
  }
  // Without races and hang-ups the test would prove nothing.
  expect(held).toBeGreaterThan(histories.length * 3);
  expect(unknown).toBeGreaterThan(histories.length / 2);
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
});
