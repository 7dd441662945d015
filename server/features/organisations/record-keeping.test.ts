import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer } from '../../testing/client.ts';
import { days } from '../../testing/clock.ts';
import { createWorld, type Organiser, type World } from '../../testing/world.ts';
import { forgetOld } from '../../work/forget-old.ts';
import { buy } from '../tickets/testing/buy.ts';

let world: World;
let house: Organiser;
beforeAll(async () => {
  world = await createWorld();
  house = await world.organiser();
});
afterAll(() => world.close());

const pathOf = ({ organisationId }: Organiser) => `/api/organisations/${organisationId}/record-keeping`;
/** Saves on top of the present version. */
async function save(of: Organiser, body: object): Promise<Answer> {
  const { version } = (await of.client.get(pathOf(of))).body;
  return of.client.put(pathOf(of), body, { 'if-match': `"${version}"` });
}

test('an owner reads and changes it; the country decides the years', async () => {
  const path = pathOf(house);
  expect((await house.client.get(path)).body).toEqual({
    country: null,
    namesKeptDays: 365,
    recordYears: 10,
    version: 1,
  });
  let version = 1;
  for (const [country, recordYears] of [
    ['NL', 7],
    ['DK', 5],
    ['ZZ', 10],
    [null, 10],
  ]) {
    const kept = { country, namesKeptDays: 30 };
    version++;
    const saved = await save(house, kept);
    expect(saved.body).toEqual({ ...kept, recordYears, version });
    expect(saved.headers.get('etag')).toBe(`"${version}"`);
    expect((await house.client.get(path)).body).toEqual(saved.body);
  }
  const other = await world.organiser();
  expect((await other.client.get(pathOf(other))).body.namesKeptDays).toBe(365);
});

test('what is out of range changes nothing', async () => {
  const path = pathOf(house);
  const before = (await house.client.get(path)).body;
  for (const wrong of [
    { namesKeptDays: 29 },
    { namesKeptDays: 3651 },
    { namesKeptDays: 30.5 },
    { country: 'de' },
  ]) {
    const { status } = await save(house, { country: 'DE', namesKeptDays: 90, ...wrong });
    expect([wrong, status]).toEqual([wrong, 400]);
  }
  expect((await house.client.get(path)).body).toEqual(before);
});

test('a manager is refused, a stranger sees nothing', async () => {
  const manager = await world.member(house, 'manager');
  expect((await manager.client.get(pathOf(house))).status).toBe(403);
  expect(
    (
      await (
        await world.organiser()
      ).client.put(pathOf(house), { country: null, namesKeptDays: 30 }, { 'if-match': '"1"' })
    ).status,
  ).toBe(404);
});

test('names of buyers go when the days are over that the owner has set', async () => {
  const event = await world.event({ organiser: house });
  const buyer = await world.guest();
  const { orderId } = await buy(world, buyer, event);
  expect((await save(house, { country: 'DE', namesKeptDays: 60 })).status).toBe(200);
  const name = async () => (await buyer.client.get(`/api/orders/${orderId}`)).body.buyer.name;
  world.clock.advance(days(30 + 59));
  await forgetOld(world.app);
  expect(await name()).toBe('Ada Osei');
  world.clock.advance(days(2));
  await forgetOld(world.app);
  expect(await name()).toBe('');
});
