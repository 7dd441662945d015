import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Draw, Queue } from '../../../contract/waiting-room.ts';
import { readDraw, verdictOn } from '../../../tools/verify-draw/verdict.ts';
import { hours } from '../../testing/clock.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { join, keep, queueOf, withOpening } from './testing/queue.ts';

/* `npm run verify-draw` over HTTP: a published draw holds, and one that was changed anywhere does not. */

let world: World;
let before: Queue;
let draw: Draw;
beforeAll(async () => {
  world = await createWorld();
  const event = await withOpening(world);
  for (let i = 0; i < 20; i++) await join(await world.guest(), event);
  before = await queueOf(world, event);
  await keep(world, hours(1));
  draw = await readDraw(`${world.url}/api/events/${event.id}/queue`);
});
afterAll(() => world.close());

test('a published draw holds, also against the hash from before the opening', async () => {
  const [id] = draw.entries[4] ?? [];
  const { holds, lines } = await verdictOn(draw, { commitment: before.commitment, entry: id });
  expect(holds).toBe(true);
  expect(lines).toContain('THE DRAW HOLDS');
  expect(lines).toContain(`${id} has position 5.`);
});

test.each<[string, (draw: Draw) => Draw]>([
  [
    'two people changed places',
    (of) => ({ ...of, entries: [of.entries[1]!, of.entries[0]!, ...of.entries.slice(2)] }),
  ],
  ['somebody was left out', (of) => ({ ...of, entries: of.entries.slice(1), count: of.count - 1 })],
  ['a page is missing', (of) => ({ ...of, entries: of.entries.slice(0, -1) })],
  ['another seed', (of) => ({ ...of, seed: of.seed.replace(/^./, (first) => (first === '0' ? '1' : '0')) })],
  [
    'another salt',
    (of) => ({ ...of, entries: of.entries.map(([id, salt], i) => [id, i ? salt : '0'.repeat(32)]) }),
  ],
  ['other rules', (of) => ({ ...of, method: 'admit-draw-0' })],
])('a draw does not hold: %s', async (_what, change) => {
  expect((await verdictOn(change(draw))).holds).toBe(false);
});

test('a draw with a seed that was chosen afterwards does not hold against the hash from before', async () => {
  expect((await verdictOn(draw, { commitment: 'f'.repeat(64) })).lines.join()).toContain('promised');
  expect((await verdictOn(draw, { entry: 'que_01K9ZC4V7R8W3T5XN2M6QHJDEF' })).holds).toBe(false);
});
