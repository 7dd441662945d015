import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FiguresRow } from '../../../contract/dashboard.ts';
import { days } from '../../testing/clock.ts';
import { openLive } from '../../testing/live.ts';
import { createWorld, type Organiser, type TestEvent, type World } from '../../testing/world.ts';
import { forgetOld } from '../../work/forget-old.ts';
import { buy } from '../tickets/testing/buy.ts';
import { keepRooms } from '../waiting-room/keep-rooms.ts';
import { recountEvent } from './count-orders.ts';
import { countryOfZone } from './country-of-zone.ts';
import { createVisits } from './visits.ts';

let world: World;
let organiser: Organiser;
beforeAll(async () => {
  world = await createWorld();
  organiser = await world.organiser();
});
afterAll(() => world.close());

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const dashboard = async (event: TestEvent) =>
  (await event.organiser.client.get(`/api/events/${event.id}/dashboard`)).body;
const pageOf = ({ client }: Organiser) => ({ origin: world.url, cookie: client.cookie() });

test('figures of an event: places, money and tickets by type and zone', async () => {
  const event = await world.event({
    organiser,
    seats: [{ zone: 'gold', rows: 2, perRow: 5, priceMinor: 4000 }],
    tax: { name: 'VAT', ratePercent: 25, included: true },
  });
  const buyer = await world.guest();
  const bought = await buy(world, buyer, event, { quantity: 3 });
  await buyer.client.post(`/api/events/${event.id}/holds`, {
    bestAvailable: { ticketTypeId: event.ticketTypeId, quantity: 2 },
  });
  const [used, refunded] = bought.tickets;
  await organiser.client.post(`/api/events/${event.id}/check-ins`, {
    code: used?.code,
    nonce: 'let-in-once',
  });
  await organiser.client.post(`/api/orders/${bought.orderId}/refunds`, {
    reason: 'Ill',
    tickets: [refunded?.id],
  });
  await world.drain();
  const figures = await dashboard(event);
  expect(figures.counts).toEqual({
    capacity: 10,
    sold: 2,
    held: 2,
    free: 6,
    blocked: 0,
    admitted: 1,
    waiting: 0,
  });
  expect(figures.revenue).toEqual({
    gross: eur(12_000),
    tax: eur(2400),
    fees: eur(0),
    refunds: eur(4000),
    disputed: eur(0),
    net: eur(6400),
  });
  expect(figures.unsettled).toEqual({ orders: 0, refunds: eur(0), counting: false });
  expect(figures.funnel).toMatchObject({ holds: 2, orders: 1, paid: 1 });
  const row = { orders: 1, tickets: 2, gross: eur(12_000), refunds: eur(4000), admitted: 1, visits: 0 };
  expect(figures.byTicketType).toEqual([{ key: event.ticketTypeId, name: 'Seat gold', ...row }]);
  expect(figures.byZone).toEqual([{ key: 'gold', name: 'gold', ...row }]);
  const { body: seats } = await organiser.client.get(`/api/events/${event.id}/dashboard/seats`);
  expect([seats.sold.length, seats.soldAt.length, seats.held.length, seats.seats]).toEqual([2, 2, 2, 10]);
  expect(seats.soldAt[0]).toBe(Math.floor(world.clock.now().getTime() / 1000));
});

test('the people who wait in a waiting room are among the figures, and null says that there is none', async () => {
  const event = await world.event({ organiser, fields: { waitingRoom: { mode: 'always' } } });
  expect((await dashboard(event)).queue).toEqual({ waiting: 0 });
  for (let n = 0; n < 3; n++) {
    const { client } = await world.guest();
    expect((await client.post(`/api/events/${event.id}/queue`, {})).status).toBe(201);
  }
  await keepRooms(world.app);
  await world.app.notices.catchUp();
  // All but those who were let in at once.
  const { body: queue } = await organiser.client.get(`/api/events/${event.id}/queue`);
  expect((await dashboard(event)).queue).toEqual({ waiting: queue.waiting });
  expect(queue.waiting + queue.nowServing).toBe(3);
  const { client } = organiser;
  const off = { waitingRoom: { mode: 'off' } };
  const headers = { 'if-match': `"${event.version}"` };
  expect((await client.patch(`/api/events/${event.id}`, off, headers)).status).toBe(200);
  await world.app.notices.catchUp();
  expect((await dashboard(event)).queue).toBe(null);
});

test('an order that waits for its payment, and a refund on its way, are said to be unsettled', async () => {
  const event = await world.event({ organiser });
  const buyer = await world.guest();
  const bought = await buy(world, buyer, event, { quantity: 2 });
  await organiser.client.post(`/api/orders/${bought.orderId}/refunds`, {
    reason: 'Ill',
    tickets: [bought.tickets[0]?.id],
  });
  const other = await world.guest();
  const hold = await other.client.post(`/api/events/${event.id}/holds`, {
    items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }],
  });
  await other.client.post('/api/orders', {
    holdId: hold.body.id,
    buyer: { name: 'Grace', email: 'grace@example.com' },
  });
  await world.app.relay.drain();
  expect((await dashboard(event)).unsettled).toEqual({ orders: 1, refunds: eur(2500), counting: false });
  await world.drain();
  expect((await dashboard(event)).unsettled.refunds).toEqual(eur(0));
});

test('a recount that a crash has interrupted goes on, and sales meanwhile are counted once', async () => {
  const event = await world.event({ organiser });
  for (let i = 0; i < 3; i++) await buy(world, await world.guest(), event);
  await world.drain();
  const { db } = world.app;
  const [, second] = await db.query<{ id: string }>('select id from orders where event_id = $1 order by id', [
    event.id,
  ]);
  // The process died after it had cleared the counters and counted nothing, but noted that two orders are done.
  await db.run('update figure_states set counting_after = $2 where event_id = $1', [event.id, second?.id]);
  await db.run('delete from order_figures where event_id = $1', [event.id]);
  await db.run('delete from event_figures where event_id = $1', [event.id]);
  expect((await dashboard(event)).unsettled.counting).toBe(true);
  const of = `/api/organisations/${organiser.organisationId}/dashboard`;
  expect((await organiser.client.get(of)).body.unsettled.counting).toBe(true);
  // Nobody has it counted twice at once: the job that was interrupted is tried again.
  const jobs = `select from graphile_worker._private_jobs where key = 'count-figures:${event.id}'`;
  expect(await db.query(jobs)).toEqual([]);
  await buy(world, await world.guest(), event);
  await world.app.relay.drain();
  await Promise.all([recountEvent(world.app, event.id), recountEvent(world.app, event.id)]);
  // One goes on where the count was interrupted. The other waits for it, or comes after its end and counts all anew.
  expect([2, 4]).toContain((await dashboard(event)).funnel.paid);
  expect((await dashboard(event)).unsettled.counting).toBe(false);
  await recountEvent(world.app, event.id);
  expect((await dashboard(event)).funnel.paid).toBe(4);
});

test('views and orders are counted by link, country and device, and views become a funnel', async () => {
  const event = await world.event({ organiser });
  const source = { link: 'newsletter', device: 'phone', timeZone: 'Asia/Kolkata' };
  const buyer = await world.guest();
  const view = () => buyer.client.post(`/api/events/${event.id}/views`, { kind: 'view', ...source });
  expect((await view()).status).toBe(204);
  // The same visitor counts once an hour.
  expect((await view()).status).toBe(204);
  const stranger = await world.guest();
  expect((await stranger.client.post(`/api/events/${event.id}/views`)).status).toBe(204);
  const click = () => buyer.client.post(`/api/events/${event.id}/views`, { kind: 'click', ...source });
  expect((await click()).status).toBe(204);
  expect((await click()).status).toBe(204);
  const hold = await buyer.client.post(`/api/events/${event.id}/holds`, {
    items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }],
  });
  const { body } = await buyer.client.post('/api/orders', {
    holdId: hold.body.id,
    buyer: { name: 'Ada', email: 'ada.source@example.com' },
    source,
  });
  await buyer.client.post(`/api/sandbox/payments/${body.payment.id}/confirmation`, {
    clientSecret: body.payment.clientSecret,
    card: { number: '4242424242424242' },
  });
  await world.drain();
  // The origin is written later than the order, which is then counted again.
  await world.app.visits.flush();
  const { funnel, byLink, byCountry, byDevice } = await dashboard(event);
  expect(funnel).toEqual({ views: 2, clicks: 1, holds: 1, orders: 1, paid: 1 });
  const shown = (rows: FiguresRow[]) => rows.map(({ key, orders, visits }) => [key, orders, visits]);
  expect(shown(byLink)).toEqual([
    ['newsletter', 1, 1],
    ['', 0, 1],
  ]);
  expect(shown(byCountry)[0]).toEqual(['IN', 1, 1]);
  expect(shown(byDevice)[0]).toEqual(['phone', 1, 1]);
});

test('single visits are deleted after 90 days, and their sums stay', async () => {
  const event = await world.event({ organiser });
  const visitor = await world.guest();
  await visitor.client.post(`/api/events/${event.id}/views`, { kind: 'view', link: 'poster' });
  await world.app.visits.flush();
  const rows = () => world.app.db.query('select from visits where event_id = $1', [event.id]);
  await forgetOld(world.app);
  expect(await rows()).toHaveLength(1);
  world.clock.advance(days(91));
  await forgetOld(world.app);
  expect(await rows()).toHaveLength(0);
  expect((await dashboard(event)).funnel.views).toBe(1);
  world.clock.advance(-days(91));
});

test('a full buffer drops visits, counts them and never waits', async () => {
  let dropped = 0;
  const visits = createVisits({
    ...world.app,
    metrics: {
      visitsDropped: {
        inc(count = 1) {
          dropped += count as number;
        },
      } as never,
    },
    recount: async () => {},
  });
  const event = await world.event({ organiser });
  for (let i = 0; i < 20_050; i++) visits.note(event.id, 'view', { link: `l${i}` });
  expect(dropped).toBe(50);
  await visits.flush();
  const links = await world.app.db.query(
    'select link, count from visit_days where event_id = $1 order by count desc limit 1',
    [event.id],
  );
  // Invented links can't fill the table.
  expect(links).toEqual([{ link: 'other', count: 19_800 }]);
});

test('the last comparable event and the sales of the organisation', async () => {
  const owner = await world.organiser();
  const first = await world.event({ organiser: owner, fields: { title: 'First' } });
  await buy(world, await world.guest(), first);
  world.clock.advance(days(1));
  const second = await world.event({ organiser: owner, fields: { title: 'Second' } });
  await buy(world, await world.guest(), second, { quantity: 2 });
  const { comparison, sales } = await dashboard(second);
  expect(comparison).toMatchObject({ eventId: first.id, title: 'First', points: [{ tickets: 1 }] });
  expect(sales.points).toMatchObject([{ tickets: 2, gross: eur(5000) }]);
  expect((await dashboard(first)).comparison).toBeNull();
  const { body } = await owner.client.get(`/api/organisations/${owner.organisationId}/dashboard`);
  expect(body.counts).toMatchObject({ capacity: 200, sold: 3, held: 0, free: 197 });
  expect(body.revenue).toMatchObject([{ gross: eur(7500) }]);
  expect(body.events.map(({ title, sold }: { title: string; sold: number }) => [title, sold])).toEqual([
    ['First', 1],
    ['Second', 2],
  ]);
});

test('a team hears at once that its figures have changed, and a stranger hears nothing', async () => {
  const event = await world.event({ organiser });
  const stranger = await world.organiser();
  const { organisationId: organisation } = organiser;
  const mine = await openLive(world.url, {
    organisation,
    headers: pageOf(organiser),
  });
  const foreign = await openLive(world.url, {
    organisation,
    headers: pageOf(stranger),
  });
  await buy(world, await world.guest(), event);
  await expect
    .poll(() => mine.told('figures'), { timeout: 30_000 })
    .toContainEqual({
      eventId: event.id,
      counters: { views: 0, checkIns: 0, sold: 1 },
    });
  expect(foreign.told('figures')).toEqual([]);
});

test('only roles that may read figures have them, and another team has none', async () => {
  const event = await world.event({ organiser });
  const paths = [`/api/events/${event.id}/dashboard`, `/api/events/${event.id}/dashboard/seats`];
  paths.push(`/api/organisations/${organiser.organisationId}/dashboard`);
  const stranger = await world.organiser();
  const door = await world.member(organiser, 'door');
  for (const path of paths) {
    expect((await organiser.client.get(path)).status).toBe(200);
    expect((await stranger.client.get(path)).status).toBe(404);
    expect((await door.client.get(path)).status).toBe(403);
    expect((await world.client().get(path)).status).toBe(401);
  }
});

test('the country of a time zone, by any of its names', () => {
  expect(['Europe/Berlin', 'Asia/Kolkata', 'UTC', '../etc'].map(countryOfZone)).toEqual(['DE', 'IN', '', '']);
  // Browsers send what they like.
  expect(['constructor', '__proto__', 'toString'].map(countryOfZone)).toEqual(['', '', '']);
});
