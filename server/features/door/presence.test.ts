import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { minutes } from '../../testing/clock.ts';
import { openLive } from '../../testing/live.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

let nonces = 0;
const newNonce = () => `pres-${String(++nonces).padStart(6, '0')}`;

test('the team sees who is inside and what was scanned by gate and minute, and hears of each scan and conflict', async () => {
  const event = await world.event({ priceMinor: 0, capacity: 200 });
  const manager = event.organiser;
  const gate = await world.member(manager, 'door');
  const headers = { cookie: manager.client.cookie(), origin: world.url };
  const live = await openLive(world.url, { headers, organisation: manager.organisationId });
  onTestFinished(() => live.close());
  const { tickets } = await buy(world, await world.guest(), event, { quantity: 3 });
  const [one, two, three] = tickets;
  const scan = (code: string, more: Record<string, unknown>) =>
    gate.client.post(`/api/events/${event.id}/check-ins`, { code, nonce: newNonce(), ...more });
  const start = new Date(Math.floor(world.clock.now().getTime() / minutes(1)) * minutes(1));
  await scan(one!.code, { gate: 'North' });
  world.clock.advance(minutes(1));
  await scan(two!.code, { gate: 'South' });
  await scan(one!.code, { gate: 'North', direction: 'out' });
  const path = `/api/events/${event.id}/check-ins`;
  expect((await gate.client.get(`${path}/counts`)).body).toEqual({
    admitted: 2,
    tickets: 3,
    inside: 1,
    toCome: 1,
  });
  const { body } = await manager.client.get(`${path}/timeline`);
  const at = (n: number) => new Date(start.getTime() + minutes(n)).toISOString();
  expect(body.gates).toMatchObject([
    { gate: 'North', entries: 1, exits: 1, handouts: 0 },
    { gate: 'South', entries: 1, exits: 0 },
  ]);
  expect(body.minutes).toEqual([
    { at: at(0), gate: 'North', entries: 1, exits: 0, handouts: 0 },
    { at: at(1), gate: 'North', entries: 0, exits: 1, handouts: 0 },
    { at: at(1), gate: 'South', entries: 1, exits: 0, handouts: 0 },
  ]);
  await expect.poll(() => live.told('door')).toContainEqual({ about: 'scans', eventIds: [event.id] });
  const scans = [1, 2].map(() => ({ code: three!.code, nonce: newNonce(), offline: { admitted: true } }));
  await gate.client.post(`${path}/batch`, { scans });
  await expect
    .poll(() => live.told('door'), { timeout: 5000 })
    .toContainEqual({ about: 'conflicts', eventIds: [event.id] });
});
