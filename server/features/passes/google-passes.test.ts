import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TicketId } from '../../../contract/ids.ts';
import { openGoogleWallet } from '../../adapters/wallet/google-wallet.ts';
import { readConfig } from '../../config.ts';
import { days, hours } from '../../testing/clock.ts';
import { startGoogleWallet, type TestGoogleWallet } from '../../testing/pass-services.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';
import { offer, scan } from '../transfers/testing/offer.ts';

let google: TestGoogleWallet;
let world: World;
beforeAll(async () => {
  google = await startGoogleWallet();
  world = await createWorld(google.env);
});
afterAll(async () => {
  await world?.close();
  await google?.close();
});
beforeEach(() => {
  google.answer = () => null;
  google.requests.length = 0;
});

const issuer = '3388000000012345678';

interface Barcoded {
  id: string;
  classId: string;
  state: string;
  barcode?: { type: string; value: string };
  [member: string]: unknown;
}

async function save(person: Person, ticketId: TicketId) {
  const answer = await person.client.post(`/api/tickets/${ticketId}/google-passes`, {});
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 201, code: undefined });
  const claims = await google.readSaveUrl(answer.body.saveUrl);
  const { eventTicketObjects } = claims.payload as { eventTicketObjects: { id: string; classId: string }[] };
  const [named] = eventTicketObjects;
  return { claims, id: named?.id ?? '', object: () => google.objects.get(named?.id ?? '') as Barcoded };
}

async function withPass(
  options: { seats?: boolean; fields?: Record<string, unknown>; languages?: string } = {},
) {
  const event = await world.event({
    priceMinor: 0,
    ...(options.seats && { seats: [{ zone: 'gold', rows: 1, perRow: 4, priceMinor: 0 }] }),
    ...(options.fields && { fields: options.fields }),
  });
  const person = await world.guest();
  const { languages } = options;
  const bought = await buy(world, person, event, languages === undefined ? {} : { languages });
  const ticketId = bought.tickets[0]?.id as TicketId;
  return { event, person, ...bought, ticketId, ...(await save(person, ticketId)) };
}

async function edit(event: TestEvent, body: Record<string, unknown>): Promise<void> {
  const path = `/api/events/${event.id}`;
  const { version } = (await event.organiser.client.get(`${path}/management`)).body;
  const answer = await event.organiser.client.patch(path, body, { 'if-match': `"${version}"` });
  if (answer.status !== 200) throw new Error(`not edited: ${JSON.stringify(answer.body)}`);
}

test('the address that saves a pass is signed for Google and names an object that Google has', async () => {
  const { event, tickets, number, claims, id, object } = await withPass({ seats: true, languages: 'fr' });
  expect(claims).toMatchObject({ aud: 'google', typ: 'savetowallet', origins: [world.url] });
  expect(id).toMatch(new RegExp(`^${issuer}\\.pss_`));
  expect(object()).toMatchObject({
    classId: `${issuer}.${event.id}.fr`,
    state: 'ACTIVE',
    barcode: { type: 'QR_CODE', value: tickets[0]?.code },
    reservationInfo: { confirmationCode: number },
    seatInfo: { seat: { defaultValue: { language: 'fr', value: expect.any(String) } } },
  });
  expect(google.classes.get(`${issuer}.${event.id}.fr`)).toMatchObject({
    eventName: { defaultValue: { language: 'fr', value: 'Night Shift' } },
    venue: { name: { defaultValue: { value: 'Kesselhaus' } } },
    // The times of the venue, with its offset.
    dateTime: { start: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[12]:00$/) },
    reviewStatus: 'UNDER_REVIEW',
  });
  expect((await scan(event, object().barcode?.value ?? '')).status).toBe(201);
});

test('the start is the same instant, on the clocks of the venue', async () => {
  const startsAt = new Date('2031-07-01T18:30:00Z');
  const { event } = await withPass({
    fields: {
      timeZone: 'America/St_Johns',
      startsAt: startsAt.toISOString(),
      endsAt: new Date(startsAt.getTime() + hours(2)).toISOString(),
    },
  });
  expect(google.classes.get(`${issuer}.${event.id}.en`)).toMatchObject({
    dateTime: { start: '2031-07-01T16:00:00-02:30', end: '2031-07-01T18:00:00-02:30' },
  });
});

test('only the holder gets the address, and one login serves many', async () => {
  const { ticketId, person } = await withPass();
  const path = `/api/tickets/${ticketId}/google-passes`;
  expect((await (await world.guest()).client.post(path, {})).status).toBe(404);
  expect((await world.client().post(path, {})).status).toBe(401);
  const { logins } = google;
  await save(person, ticketId);
  expect(google.logins).toBe(logins);
  world.clock.advance(hours(2));
  await save(person, ticketId);
  expect(google.logins).toBe(logins + 1);
});

test('if Google does not answer, the refusal says so, and the next try succeeds', async () => {
  const event = await world.event({ priceMinor: 0 });
  const person = await world.guest();
  const { tickets } = await buy(world, person, event);
  const path = `/api/tickets/${tickets[0]?.id}/google-passes`;
  google.answer = (request) => (request.startsWith('PUT') ? 503 : null);
  const refused = await person.client.post(path, {});
  expect(refused).toMatchObject({ status: 503, body: { code: 'google_wallet_unavailable' } });
  google.answer = () => null;
  await save(person, tickets[0]?.id as TicketId);
});

test('all requests of a pass share one deadline', async () => {
  const slow = await startGoogleWallet();
  const { googleWallet } = readConfig({ NODE_ENV: 'test', ...slow.env });
  const { putPass } = openGoogleWallet(googleWallet as never, 500);
  // The login and four requests: each is in time, all together are late.
  slow.delayMs = 200;
  const classId = `${issuer}.late`;
  await expect(putPass({ id: classId }, { id: `${issuer}.one`, classId }, world.clock.now())).rejects.toThrow(
    expect.objectContaining({ name: 'TimeoutError' }),
  );
  expect([slow.logins, slow.objects.size]).toEqual([1, 0]);
  await slow.close();
});

test('a moved event changes its class, and the objects only where they say something else', async () => {
  const { event, object } = await withPass();
  const startsAt = new Date(world.clock.now().getTime() + days(40));
  const before = object();
  google.requests.length = 0;
  await edit(event, {
    title: 'Late Shift',
    startsAt: startsAt.toISOString(),
    endsAt: new Date(startsAt.getTime() + hours(1)).toISOString(),
  });
  await world.drain();
  expect(google.classes.get(before.classId)).toMatchObject({
    eventName: { defaultValue: { value: 'Late Shift' } },
  });
  expect(object().validTimeInterval).not.toEqual(before.validTimeInterval);
  google.requests.length = 0;
  await edit(event, { title: 'Early Shift' });
  await world.drain();
  expect(google.requests.filter((request) => request.includes('Object'))).toEqual([]);
  expect(google.classes.get(before.classId)).toMatchObject({
    eventName: { defaultValue: { value: 'Early Shift' } },
  });
});

test('a cancelled ticket ends its object, also if Google is away at first', async () => {
  const { person, orderId, object } = await withPass();
  google.answer = () => 500;
  await person.client.post(`/api/orders/${orderId}/cancellation`, {});
  await world.drain();
  expect(object().state).toBe('ACTIVE');
  google.answer = () => null;
  await world.app.db.run(
    `update graphile_worker._private_jobs set run_at = now() - interval '1 second' where attempts > 0`,
  );
  await world.drain();
  expect(object()).toMatchObject({ state: 'EXPIRED' });
  expect(object().barcode).toBeUndefined();
});

test('a ticket that is passed on ends the object of its former holder', async () => {
  const { event, person, ticketId, object, id } = await withPass({
    fields: { transfers: { allowed: true } },
  });
  const offered = await offer(world, person, ticketId, { email: 'google-friend@example.com' });
  const friend = await world.guest();
  const body = { secret: offered.secret, name: 'Grace Hopper' };
  expect((await friend.client.post(`/api/transfers/${offered.id}/acceptance`, body)).status).toBe(200);
  await world.drain();
  expect(object()).toMatchObject({ state: 'EXPIRED' });
  expect(JSON.stringify(object())).not.toContain('Grace');
  const own = await save(friend, ticketId);
  expect(own.id).not.toBe(id);
  expect(own.object()).toMatchObject({ state: 'ACTIVE', ticketHolderName: 'Grace Hopper' });
  expect((await scan(event, own.object().barcode?.value ?? '')).status).toBe(201);
});

test('a login that Google has revoked is replaced', async () => {
  const { person, ticketId } = await withPass();
  google.logins++;
  const path = `/api/tickets/${ticketId}/google-passes`;
  expect((await person.client.post(path, {})).body.code).toBe('google_wallet_unavailable');
  await save(person, ticketId);
});
