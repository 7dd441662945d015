import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { putSellerDetails } from '../../../contract/documents.ts';
import { createWorld, type Organiser, type World } from '../../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const seller = putSellerDetails.example?.body as object;

describe.each([
  ['record-keeping', { country: 'DE', namesKeptDays: 60 }, { country: 'NL', namesKeptDays: 90 }],
  ['seller-details', seller, { ...seller, city: 'Potsdam' }],
])('the %s of an organisation', (settings, first, second) => {
  const pathOf = ({ organisationId }: Organiser) => `/api/organisations/${organisationId}/${settings}`;
  const seenAt = (version: number) => ({ 'if-match': `"${version}"` });

  test('a save of an old version is refused with the present version, and changes nothing', async () => {
    const house = await world.organiser();
    const path = pathOf(house);
    expect((await house.client.put(path, first, seenAt(1))).status).toBe(200);
    const saved = (await house.client.get(path)).body;
    const late = await house.client.put(path, second, seenAt(1));
    expect([late.status, late.body]).toMatchObject([412, { code: 'version_mismatch', version: 2 }]);
    expect((await house.client.get(path)).body).toEqual(saved);
    expect((await house.client.put(path, second)).body.code).toBe('version_required');
    expect((await house.client.put(path, second, seenAt(2))).status).toBe(200);
  });

  test('of many owners who save the same version at once, one succeeds', async () => {
    const house = await world.organiser();
    const path = pathOf(house);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => house.client.put(path, i % 2 ? first : second, seenAt(1))),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array(7).fill(412)]);
    expect((await house.client.get(path)).body.version).toBe(2);
  });

  test('a save that is sent again because its answer was lost gets the first answer', async () => {
    const house = await world.organiser();
    const again = { ...seenAt(1), 'idempotency-key': 'the-same-save' };
    const [saved, repeated] = [
      await house.client.put(pathOf(house), first, again),
      await house.client.put(pathOf(house), first, again),
    ];
    expect([repeated.status, repeated.body]).toEqual([200, saved.body]);
  });
});
