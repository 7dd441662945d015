import { afterAll, beforeAll, expect, test } from 'vitest';
import { isSignedManifest, readManifest } from '../../../contract/door-manifest.ts';
import { readGateCode } from '../../../contract/gate-code.ts';
import { ticketOfPass } from '../../../contract/pass-tickets.ts';
import { audit } from '../../audit/audit.ts';
import { createWorld, type Organiser, type TestEvent, type World } from '../../testing/world.ts';
import { manifestBytes, takeManifest } from '../door/testing/manifests.ts';
import { type Bought, buy } from '../tickets/testing/buy.ts';
import { makePass, passOn, readPass } from './testing/make-pass.ts';

let world: World;
let house: Organiser;
let dates: [TestEvent, TestEvent];
let other: TestEvent;
let pass: TestEvent;
let nonces = 0;
beforeAll(async () => {
  world = await createWorld();
  house = await world.organiser();
  const date = () => world.event({ organiser: house, capacity: 20 });
  dates = [await date(), await date()];
  other = await date();
  pass = await makePass(world, dates, { places: 10 });
});
afterAll(() => world.close());

const buyPass = async (): Promise<Bought['tickets'][number]> =>
  (await buy(world, await world.guest(), pass)).tickets[0] as Bought['tickets'][number];
const nonce = () => `scan-${String(++nonces).padStart(6, '0')}`;
const scan = (event: TestEvent, code: string, more: object = {}) =>
  house.client.post(`/api/events/${event.id}/check-ins`, { code, nonce: nonce(), gate: 'North', ...more });

test('the code of a pass is admitted once on each date, and the second time is refused with when and where', async () => {
  const ticket = await buyPass();
  for (const event of dates) {
    const { status, body } = await scan(event, ticket.code);
    expect(status, JSON.stringify(body)).toBe(201);
    expect(body).toMatchObject({ ticketId: ticketOfPass(ticket.id, 1, event.id), gate: 'North' });
    expect(await scan(event, ticket.code)).toMatchObject({
      status: 409,
      body: { code: 'already_used', gate: 'North', usedAt: world.clock.now().toISOString() },
    });
  }
  expect(await scan(other, ticket.code)).toMatchObject({ status: 409, body: { code: 'wrong_event' } });
  const counts = (await house.client.get(`/api/events/${dates[0].id}/check-ins/counts`)).body;
  expect(counts).toMatchObject({ admitted: 1 });
  expect((await readPass(pass)).dates.map(({ admitted }) => admitted)).toEqual([1, 1]);
});

test("a pass and the date's own code are one right", async () => {
  const buyer = await world.guest();
  const [ticket] = (await buy(world, buyer, pass)).tickets as [Bought['tickets'][number]];
  const child = ticketOfPass(ticket.id, 1, dates[0].id);
  const { code } = (await buyer.client.get(`/api/tickets/${child}`)).body;
  expect((await scan(dates[0], code)).status).toBe(201);
  expect(await scan(dates[0], ticket.code)).toMatchObject({ status: 409, body: { code: 'already_used' } });
});

test('a forged, a refunded and a passed-on pass are refused by name', async () => {
  const forged = `${(await buyPass()).code.slice(0, -4)}AAAA`;
  expect(await scan(dates[0], forged)).toMatchObject({ status: 409, body: { code: 'bad_signature' } });
  const bought = await buy(world, await world.guest(), pass);
  await house.client.post(`/api/orders/${bought.orderId}/refunds`, { reason: 'Ill' });
  await world.drain();
  expect(await scan(dates[0], bought.tickets[0]!.code)).toMatchObject({
    status: 409,
    body: { code: 'ticket_refunded' },
  });
  const sender = await world.guest();
  const [passedOn] = (await buy(world, sender, pass)).tickets as [Bought['tickets'][number]];
  await passOn(world, sender, passedOn.id);
  expect((await scan(dates[0], passedOn.code)).status).toBe(409);
  const fresh = world.app.signer.sign({ eventId: pass.id, ticketId: passedOn.id, issue: 2 });
  expect((await scan(dates[0], fresh)).status).toBe(201);
});

test('a dispute about a pass stops its tickets on the dates, with and without a network', async () => {
  const ticket = await buyPass();
  const child = ticketOfPass(ticket.id, 1, dates[0].id);
  await world.app.db.run(
    `insert into disputes (id, provider, ref, kind, status, event_id, order_id, organisation_id, amount_minor, currency, reason,
       opened_at, seen_at)
     select 'dsp_pass', 'sandbox', 'pass', 'chargeback', 'needs_response', event_id, order_id, $2, 100, 'EUR', 'fraudulent', now(), now()
     from tickets where id = $1`,
    [ticket.id, house.organisationId],
  );
  for (const event of dates)
    expect(await scan(event, ticket.code)).toMatchObject({ body: { code: 'ticket_disputed' } });
  const { head, tickets } = await takeManifest(world.app, dates[0]);
  expect(head.disputedOrders).toEqual([`ord_${child.slice(4)}`]);
  expect(tickets.find(({ id }) => id === child)).toMatchObject({ isDisputed: true });
  await world.app.db.run(`delete from disputes where id = 'dsp_pass'`);
  expect((await scan(dates[0], ticket.code)).status).toBe(201);
});

test('a gate without a network knows the passes of its date, and deltas tell what changed', async () => {
  const ticket = await buyPass();
  const bytes = await manifestBytes(world.app, dates[1]);
  const manifest = readManifest(bytes);
  expect(await isSignedManifest(bytes, manifest.head.keys)).toBe(true);
  expect(manifest.head.passes).toEqual([pass.id]);
  const read = await readGateCode(ticket.code, manifest.head);
  const child = ticketOfPass(ticket.id, 1, dates[1].id);
  expect(read).toEqual({ code: { eventId: dates[1].id, ticketId: child, issue: 1, shown: null } });
  expect(manifest.tickets.find(({ id }) => id === child)).toMatchObject({ state: 'valid', issue: 1 });
  const elsewhere = await takeManifest(world.app, other);
  expect(await readGateCode(ticket.code, elsewhere.head)).toEqual({ refused: 'wrong_event' });
  // The gate has let the guest in without the server, and hands the scan in later.
  const at = world.clock.now().toISOString();
  const handedIn = await house.client.post(`/api/events/${dates[1].id}/check-ins/batch`, {
    scans: [{ code: ticket.code, nonce: nonce(), scannedAt: at, offline: { admitted: true } }],
  });
  expect(handedIn.body.results, JSON.stringify(handedIn.body)).toMatchObject([{ outcome: 'admitted' }]);
  const delta = await takeManifest(world.app, dates[1], manifest.head.version);
  expect(delta.head.since).toBe(manifest.head.version);
  expect(delta.tickets.find(({ id }) => id === child)).toMatchObject({ state: 'used' });
  expect(await audit(world.app.db, { settled: false, now: world.clock.now() })).toEqual([]);
});
