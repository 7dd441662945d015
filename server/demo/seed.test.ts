import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoSlugs } from '../../contract/demo.ts';
import { categories } from '../../contract/event-fields.ts';
import { cardCoverFolder } from '../../web/src/ui/cover-set.ts';
import { audit } from '../audit/audit.ts';
import { createApp } from '../create-app.ts';
import { createWorld, secrets, type World } from '../testing/world.ts';
import { demoAccounts, demoPassword } from './accounts.ts';
import { instantOf } from './demo-event.ts';
import { type DemoSummary, programme, seedDemo } from './seed.ts';

let world: World;
let summary: DemoSummary;
beforeAll(async () => {
  world = await createWorld();
  summary = await seedDemo(world.app, (clock) =>
    createApp({
      config: world.app.config,
      connectionString: world.connectionString,
      secrets,
      clock,
      log: world.app.log,
    }),
  );
});
afterAll(() => world?.close());

const list = async (query = '') => (await world.client().get(`/api/events?limit=100${query}`)).body.items;

describe('the demo', () => {
  test('shows every event of the programme in every category, in many currencies', async () => {
    const items = await list();
    expect(items).toHaveLength(programme.length);
    expect(programme.length).toBeGreaterThanOrEqual(23);
    const shown = new Set(items.map((item: { category: string }) => item.category));
    expect([...shown].sort()).toEqual([...categories].sort());
    expect(
      new Set(items.map((item: { priceFrom: { currency: string } }) => item.priceFrom.currency)).size,
    ).toBeGreaterThan(7);
    expect(items.filter((item: { soldOut: boolean }) => item.soldOut)).toMatchObject([
      { slug: demoSlugs.soldOut },
    ]);
  });

  test('has a picture for every event, and no two share one', () => {
    const covers = summary.events.map((event) => event.cover);
    expect(new Set(covers).size).toBe(covers.length);
    const isThere = (path: string) => existsSync(new URL(`../../web/public${path}`, import.meta.url));
    const missing = covers.filter(
      (cover) => !isThere(`/covers/${cover}.webp`) || !isThere(`${cardCoverFolder}${cover}.webp`),
    );
    expect(missing).toEqual([]);
  });

  test('is at real scale: a club, a theatre, an arena', async () => {
    const availability = async (cover: string) => {
      const slug = summary.events.find((event) => event.cover === cover)?.slug;
      const { body: event } = await world.client().get(`/api/events/${slug}`);
      const { body } = await world.client().get(`/api/events/${event.id}/availability`);
      return body.ticketTypes.map((type: { available: number }) => type.available);
    };
    expect(await availability('night-shift')).toEqual([600, 600]);
    expect(await availability('cartographers-daughter')).toEqual([296, 501, 501, 398, 398]);
    expect(
      (await availability('aurora-lines')).slice(1).reduce((sum: number, count: number) => sum + count),
    ).toBe(18_000);
  });

  test('has what its front page leads to', async () => {
    const page = async (slug: string) => (await world.client().get(`/api/events/${slug}`)).body;
    expect((await page(demoSlugs.seats)).hasSeatMap).toBe(true);
    expect(await page(demoSlugs.standing)).toMatchObject({ hasSeatMap: false, soldOut: false });
  });

  test('has events that are nearly sold, by orders that were paid', async () => {
    const pools = await world.app.db.query<{ capacity: number; sold: number; held: number }>(
      'select capacity, sold, held from pools where sold > 0 order by capacity, sold desc',
    );
    expect(pools).toEqual([
      { capacity: 24, sold: 24, held: 0 },
      { capacity: 40, sold: 34, held: 0 },
      { capacity: 60, sold: 54, held: 0 },
      { capacity: 60, sold: 48, held: 0 },
      { capacity: 80, sold: 70, held: 0 },
    ]);
    const [unpaid] = await world.app.db.query<{ count: number }>(
      "select count(*)::int as count from orders where status not in ('confirmed', 'cancelled')",
    );
    expect(unpaid?.count).toBe(0);
  });

  test('has an event that is over, with sales over weeks, check-ins, a refund, and money that is due', async () => {
    await world.drain();
    const client = world.client();
    const [, organiser] = demoAccounts;
    await client.post('/api/auth/sign-in/email', { email: organiser.email, password: demoPassword });
    const [past] = await world.app.db.query<{ id: string; organisation_id: string }>(
      'select id, organisation_id from events where ends_at < $1',
      [world.clock.now()],
    );
    const { body: figures } = await client.get(`/api/events/${past?.id}/dashboard`);
    expect(figures).toMatchObject({
      counts: { sold: 70, admitted: 67, held: 0 },
      funnel: { views: 130, orders: 26, paid: 26 },
      unsettled: { orders: 0, refunds: { amount: 0 } },
    });
    expect(figures.sales.points.length).toBeGreaterThan(15);
    const { body: payouts } = await client.get(`/api/organisations/${past?.organisation_id}/payouts`);
    expect(payouts.balances).toMatchObject([{ due: figures.revenue.net }]);
    expect(await audit(world.app.db)).toEqual([]);
  });

  test.each(demoAccounts)('lets its $role sign in', async ({ role, email }) => {
    const client = world.client();
    const signedIn = await client.post('/api/auth/sign-in/email', { email, password: demoPassword });
    expect(signedIn.status).toBe(200);
    const { body: me } = await client.get('/api/me');
    expect(me.organisations.map((each: { role: string }) => each.role)).toEqual(
      role === 'organiser' ? ['owner', 'owner', 'owner'] : role === 'door' ? ['door', 'door', 'door'] : [],
    );
    expect(me.role).toBe(role === 'admin' ? 'admin' : role === 'organiser' ? 'organizer' : 'user');
  });
});

test.each([
  ['2026-11-21T10:00:00Z', 1, 5, '23:00', 'Europe/Berlin', '2026-11-27T22:00:00.000Z'],
  // A Sunday belongs to the week that it ends, and by then daylight saving time has begun.
  ['2026-03-15T23:30:00Z', 2, 7, '20:00', 'Europe/Berlin', '2026-03-29T18:00:00.000Z'],
  ['2026-11-21T10:00:00Z', 30, 4, '16:00', 'Europe/Madrid', '2027-06-17T14:00:00.000Z'],
  ['2026-11-21T10:00:00Z', 1, 1, '19:00', 'Europe/London', '2026-11-23T19:00:00.000Z'],
])('from %s, %i weeks ahead on day %i at %s in %s is %s', (now, inWeeks, weekday, at, zone, instant) => {
  expect(instantOf(new Date(now), { inWeeks, weekday, at, hours: 1 }, zone).toISOString()).toBe(instant);
});
