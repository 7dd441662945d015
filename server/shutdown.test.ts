import { expect, test } from 'vitest';
import { createWorld } from './testing/world.ts';

test('a stop finishes what is in flight: whoever was answered has what they were told', async () => {
  const world = await createWorld();
  const event = await world.event({ capacity: 200 });
  const other = await world.another();
  const buyers = await Promise.all(Array.from({ length: 80 }, () => world.guest()));
  const path = `${other.url}/api/events/${event.id}/holds`;
  const body = { items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }] };
  const asked = buyers.map((buyer) =>
    buyer.client.post(path, body).then(
      (answer) => answer,
      () => null,
    ),
  );
  // The first answer triggers the shutdown while most of the others are running.
  await Promise.race(asked);
  await other.close();
  const answers = (await Promise.all(asked)).filter((answer) => answer !== null);
  const held = answers.filter((answer) => answer.status === 201).map((answer) => answer.body.id as string);
  expect(new Set(answers.map((answer) => answer.status)).size).toBeLessThanOrEqual(2);
  expect(answers.every((answer) => answer.status === 201 || answer.body.retryable === true)).toBe(true);
  expect(held.length).toBeGreaterThan(0);
  const rows = await world.app.db.query<{ id: string }>('select id from holds where id = any($1::text[])', [
    held,
  ]);
  expect(rows).toHaveLength(held.length);
  const refused = await fetch(`${other.url}/health/live`).catch(() => null);
  expect(refused).toBeNull();
  await world.close();
});
