import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smallHall } from '../../../seat-map/testing/plans.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { edit, hall, must, quoted } from './testing/draw.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

describe('the library of an organisation', () => {
  const library = (organisationId: string) => `/api/organisations/${organisationId}/seat-plans`;

  test('keeps plans with their versions, and an event takes a copy', async () => {
    const house = await world.organiser();
    const at = library(house.organisationId);
    const created = await must(house.client.post(at, { name: 'Great hall', plan: smallHall() }), 201);
    expect(created).toMatchObject({ name: 'Great hall', version: 1, seatCount: 4 * 10 + 3 * 8 + 8 + 6 });
    const next = edit(smallHall(), { do: 'remove', objects: ['table1'] });
    const saved = await must(
      house.client.put(`${at}/${created.id}`, { name: 'Great hall', plan: next }, quoted(1)),
    );
    expect(saved).toMatchObject({ version: 2, seatCount: 70 });
    expect(
      (await house.client.put(`${at}/${created.id}`, { name: 'Hall', plan: next }, quoted(1))).body,
    ).toMatchObject({ code: 'version_mismatch', version: 2 });
    const read = await must(house.client.get(`${at}/${created.id}`));
    expect(read).toMatchObject({ plan: next, versions: [{ version: 2 }, { version: 1 }] });
    expect((await must(house.client.get(`${at}/${created.id}?version=1`))).plan).toEqual(smallHall());
    expect((await house.client.get(`${at}/${created.id}?version=7`)).status).toBe(404);
    expect((await house.client.post(at, { name: 'great HALL', plan: next })).body.code).toBe(
      'plan_name_taken',
    );
    const { items } = await must(house.client.get(at));
    expect(items).toMatchObject([{ id: created.id, version: 2 }]);

    const stranger = await world.organiser();
    expect((await stranger.client.get(`${at}/${created.id}`)).status).toBe(404);
    expect((await stranger.client.get(`${library(stranger.organisationId)}/${created.id}`)).status).toBe(404);
    expect(
      (
        await stranger.client.put(
          `${library(stranger.organisationId)}/${created.id}`,
          { name: 'x', plan: next },
          quoted(2),
        )
      ).status,
    ).toBe(404);
    // A version that somebody saved a moment ago is not deleted unseen.
    expect((await house.client.delete(`${at}/${created.id}`, quoted(1))).body).toMatchObject({
      code: 'version_mismatch',
      version: 2,
    });
    expect((await house.client.delete(`${at}/${created.id}`, quoted(2))).status).toBe(204);
    expect((await house.client.get(`${at}/${created.id}`)).status).toBe(404);
  });

  test('keeps the last twenty versions, and fifty plans', async () => {
    const house = await world.organiser();
    const at = library(house.organisationId);
    const { id } = await must(house.client.post(at, { name: 'Hall', plan: hall() }), 201);
    for (let version = 1; version <= 21; version++)
      await must(house.client.put(`${at}/${id}`, { name: 'Hall', plan: hall() }, quoted(version)));
    const { versions } = await must(house.client.get(`${at}/${id}`));
    expect(versions.map(({ version }: { version: number }) => version)).toEqual(
      Array.from({ length: 20 }, (_, i) => 22 - i),
    );
    await world.app.db.run(
      `insert into library_plans (id, organisation_id, name, version, created_at)
       select 'spl_filler_' || n, $1, 'Filler ' || n, 1, now() from generate_series(1, 48) as n`,
      [house.organisationId],
    );
    const answers = await Promise.all(
      ['One', 'Two'].map((name) => house.client.post(at, { name, plan: hall() })),
    );
    expect(answers.map(({ body }) => body.code).sort()).toEqual(['too_many_plans', undefined]);
  });
});
