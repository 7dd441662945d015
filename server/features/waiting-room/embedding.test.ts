import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createShop } from '../../../tools/queue-shop/shop.ts';
import { createClient } from '../../testing/client.ts';
import { minutes } from '../../testing/clock.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { keep, keepOn, steer, withQueue } from './testing/queue.ts';

/* docs/embedding-a-queue.md: a shop of another kind behind the queue. */

let world: World;
const closing: (() => void)[] = [];
beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  for (const close of closing) close();
  await world.close();
});

async function openShop(admit: string, eventId: string) {
  const sell = (_: unknown, response: { end(text: string): void }) => response.end('Our shop');
  const shop = createShop({ admit, eventId, waitingPage: 'Please wait', sell });
  closing.push(() => shop.close());
  shop.listen(0, '127.0.0.1');
  await once(shop, 'listening');
  return `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
}

test('a shop lets in only those whose turn it is, until it is over', async () => {
  const event = await withQueue(world);
  await steer(event, { paused: true });
  const url = await openShop(world.url, event.id);
  const queue = `/api/events/${event.id}/queue`;
  const visitor = createClient(url);
  expect((await visitor.get('/')).body).toBe('Please wait');
  const joined = await visitor.post(queue, {}, { 'admit-guest-key': 'visitor-of-another-shop-1' });
  expect([joined.status, joined.body.position]).toEqual([201, 1]);
  expect((await visitor.get('/')).body).toBe('Please wait');
  expect((await visitor.get(queue)).body).toMatchObject({ state: 'paused' });

  await steer(event, { paused: false });
  // The first look only notes the time.
  await keep(world);
  await keep(world);
  expect((await visitor.get('/seats')).body).toBe('Our shop');
  // A stranger has no place, and a cookie that was made up is nobody's.
  expect((await createClient(url).get('/seats')).body).toBe('Please wait');
  const forger = createClient(url);
  forger.cookies.set('admit.caller', 'forged');
  expect((await forger.get('/seats')).body).toBe('Please wait');

  expect((await visitor.delete(`${queue}/mine`)).status).toBe(204);
  expect((await visitor.get('/seats')).body).toBe('Please wait');
  await visitor.post(queue, {});
  await keep(world);
  expect((await visitor.get('/seats')).body).toBe('Our shop');
  await keepOn(world, minutes(11));
  expect((await visitor.get('/seats')).body).toBe('Please wait');
});

test('while Admit does not answer, nobody is let in', async () => {
  const url = await openShop('http://127.0.0.1:9', 'evt_00000000000000000000000000');
  expect((await createClient(url).get('/')).status).toBe(503);
});
