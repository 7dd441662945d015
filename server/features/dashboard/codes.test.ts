import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { hold, list, make, withHidden } from '../codes/testing/codes.ts';
import { buy } from '../tickets/testing/buy.ts';
import { recountEvent } from './count-orders.ts';

/* Codes in the figures of their event. */
let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterEach(async () => {
  await world.drain();
  expect(await audit(world.app.db, { acknowledged: [], now: world.clock.now() })).toEqual([]);
});
afterAll(() => world.close());

test('figures name tags and no codes that the team made, also after a recount', async () => {
  const { event, open } = await withHidden(world, 20);
  await make(event, { csv: 'SECRET-1,Radio\nSECRET-2,Radio\nSECRET-3,', uses: 5, percentOff: 10 });
  for (const code of ['SECRET-1', 'SECRET-2', 'SECRET-3', undefined]) {
    const ada = await world.guest();
    const { body } = await hold(ada, event, open, 1, code);
    await buy(world, ada, event, { holdId: body.id });
  }
  const finance = await world.member(event.organiser, 'finance');
  for (const counts of ['as they came', 'anew']) {
    await world.drain();
    const { body } = await finance.client.get(`/api/events/${event.id}/dashboard`);
    expect(body.byCodeTag, counts).toMatchObject([
      { key: 'Radio', orders: 2, tickets: 2, gross: { amount: 4500 } },
      { key: '', orders: 1, gross: { amount: 2250 } },
    ]);
    expect(body.byPromoCode, counts).toMatchObject([{ key: '', orders: 1, gross: { amount: 2500 } }]);
    expect(JSON.stringify(body)).not.toContain('SECRET');
    await recountEvent(world.app, event.id);
  }
});

test('figures show the hundred tags with the most money', async () => {
  const { event, open } = await withHidden(world, 200);
  const tags = Array.from({ length: 103 }, (_, i) => `T-CODE-${i},tag ${i}`);
  await make(event, { csv: tags.join('\n'), amountOffMinor: 100 });
  const ada = await world.guest();
  const { body } = await hold(ada, event, open, 1, 'T-CODE-7');
  await buy(world, ada, event, { holdId: body.id });
  await world.drain();
  await world.app.db.run(
    `insert into event_figures (event_id, by, key, paid, tickets, gross)
      select $1, 'tag', 'other ' || i, 1, 1, 10000 + i from generate_series(1, 100) as i`,
    [event.id],
  );
  const figures = await event.organiser.client.get(`/api/events/${event.id}/dashboard`);
  expect(figures.body.byCodeTag).toHaveLength(100);
  expect(figures.body.byCodeTag[0]).toMatchObject({ key: 'other 100' });
});

test('places that are kept for codes are no buyers, however often the funnel is counted', async () => {
  const { event, open } = await withHidden(world, 20);
  await make(event, { count: 5, ticketTypeIds: [open], uses: 2, keepsPlaces: true });
  const [{ code }] = (await list(event)).items;
  const ada = await world.guest();
  // The places come back and are kept by another hold.
  const first = await hold(ada, event, open, 2, code);
  await ada.client.delete(`/api/holds/${first.body.id}`);
  await buy(world, ada, event, { holdId: (await hold(ada, event, open, 1, code)).body.id });
  await world.drain();
  const holds = async () =>
    (await event.organiser.client.get(`/api/events/${event.id}/dashboard`)).body.funnel.holds;
  expect(await holds()).toBe(2);
  await recountEvent(world.app, event.id);
  expect(await holds()).toBe(2);
});
