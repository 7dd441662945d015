import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PassId, TicketId } from '../../../contract/ids.ts';
import { days, hours } from '../../testing/clock.ts';
import {
  appleEnv,
  makePassCertificates,
  type PassCertificates,
  startApplePush,
  type TestApplePush,
} from '../../testing/pass-services.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { forgetOld } from '../../work/forget-old.ts';
import { buy } from '../tickets/testing/buy.ts';
import { offer, scan } from '../transfers/testing/offer.ts';

let made: PassCertificates;
let apple: TestApplePush;
let world: World;
let folder: string;
beforeAll(async () => {
  made = makePassCertificates();
  apple = await startApplePush(made);
  world = await createWorld(appleEnv(made, apple.url));
  folder = mkdtempSync(join(tmpdir(), 'admit-pass-'));
});
afterAll(async () => {
  await world?.close();
  await apple?.close();
  made?.remove();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  apple.pushed.length = 0;
  apple.answer = () => ({ status: 200 });
});

const service = '/api/apple-wallet/v1';

interface PassFile {
  serialNumber: PassId;
  authenticationToken: string;
  webServiceURL: string;
  voided: boolean;
  barcodes?: { message: string; altText?: string }[];
  eventTicket: Record<string, { key: string; label: string; value: string; changeMessage?: string }[]>;
  [member: string]: unknown;
}

let files = 0;
/** The pass.json in the file of a pass. */
function readPass(bytes: Buffer): PassFile {
  const file = join(folder, `${++files}.pkpass`);
  writeFileSync(file, bytes);
  return JSON.parse(spawnSync('unzip', ['-p', file, 'pass.json']).stdout.toString());
}

async function passOf(person: Person, ticketId: TicketId): Promise<PassFile> {
  const answer = await person.client.get(`/api/tickets/${ticketId}/ticket.pkpass`);
  expect({ status: answer.status, type: answer.headers.get('content-type') }).toEqual({
    status: 200,
    type: 'application/vnd.apple.pkpass',
  });
  return readPass(answer.bytes);
}

const field = (pass: PassFile, key: string) =>
  Object.values(pass.eventTicket)
    .flat()
    .find((each) => each.key === key)?.value;

/** A phone with the pass: it speaks Apple's protocol. */
function phone(id: string, pushToken = `${Buffer.from(id).toString('hex')}`) {
  const client = world.client();
  const own = ({ authenticationToken }: Pick<PassFile, 'authenticationToken'>) => ({
    authorization: `ApplePass ${authenticationToken}`,
  });
  const registrations = `${service}/devices/${id}/registrations/${made.passType}`;
  return {
    pushToken,
    add: (pass: PassFile) => client.post(`${registrations}/${pass.serialNumber}`, { pushToken }, own(pass)),
    remove: (pass: PassFile) => client.delete(`${registrations}/${pass.serialNumber}`, own(pass)),
    changed: (since?: string) =>
      client.get(`${registrations}${since === undefined ? '' : `?passesUpdatedSince=${since}`}`),
    get: (pass: PassFile, headers: Record<string, string> = {}) =>
      client.get(`${service}/passes/${made.passType}/${pass.serialNumber}`, { ...own(pass), ...headers }),
  };
}

let phones = 0;
async function withPass(options: { fields?: Record<string, unknown>; seats?: boolean } = {}) {
  const event = await world.event({
    priceMinor: 0,
    ...(options.seats && { seats: [{ zone: 'gold', rows: 2, perRow: 10, priceMinor: 0 }] }),
    ...(options.fields && { fields: options.fields }),
  });
  const person = await world.guest();
  const bought = await buy(world, person, event);
  const ticketId = bought.tickets[0]?.id as TicketId;
  const pass = await passOf(person, ticketId);
  const device = phone(`device-${++phones}`);
  expect((await device.add(pass)).status).toBe(201);
  return { event, person, ...bought, ticketId, pass, device };
}

const tokens = () => apple.pushed.map(({ token }) => token);

async function edit(event: TestEvent, body: Record<string, unknown>): Promise<void> {
  const path = `/api/events/${event.id}`;
  const { version } = (await event.organiser.client.get(`${path}/management`)).body;
  const answer = await event.organiser.client.patch(path, body, { 'if-match': `"${version}"` });
  if (answer.status !== 200) throw new Error(`not edited: ${JSON.stringify(answer.body)}`);
  event.version = answer.body.version;
}

describe('what a pass says', () => {
  test('a seat, in the language of the buyer, with the members that Apple asks for', async () => {
    const event = await world.event({ seats: [{ zone: 'gold', rows: 1, perRow: 4, priceMinor: 0 }] });
    const person = await world.guest();
    const { tickets, number } = await buy(world, person, event, { languages: 'de' });
    const pass = await passOf(person, tickets[0]?.id as TicketId);
    expect(pass).toMatchObject({
      formatVersion: 1,
      passTypeIdentifier: made.passType,
      teamIdentifier: made.team,
      organizationName: expect.stringMatching(/^Organisation \d+$/),
      serialNumber: expect.stringMatching(/^pss_/),
      description: 'Ticket für Night Shift',
      webServiceURL: `${world.url}/api/apple-wallet`,
      authenticationToken: expect.stringMatching(/^[\w-]{16,}$/),
      voided: false,
      groupingIdentifier: event.id,
      relevantDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      sharingProhibited: true,
      barcodes: [
        {
          format: 'PKBarcodeFormatQR',
          message: tickets[0]?.code,
          messageEncoding: 'iso-8859-1',
          altText: expect.stringMatching(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/),
        },
      ],
    });
    const labels = Object.fromEntries(
      Object.values(pass.eventTicket)
        .flat()
        .map(({ key, label }) => [key, label]),
    );
    expect(labels).toMatchObject({ row: 'Reihe', seat: 'Platz', section: 'Bereich', venue: 'Ort' });
    expect([field(pass, 'event'), field(pass, 'venue'), field(pass, 'order')]).toEqual([
      'Night Shift',
      'Kesselhaus',
      number,
    ]);
    // Apple refuses a pass with a key twice, more than one primary field, or more than four auxiliary fields.
    const keys = Object.values(pass.eventTicket).flatMap((fields) => fields.map(({ key }) => key));
    expect(new Set(keys).size).toBe(keys.length);
    expect(pass.eventTicket.primaryFields).toHaveLength(1);
    expect(pass.eventTicket.auxiliaryFields?.length).toBeLessThanOrEqual(4);
    for (const { changeMessage } of Object.values(pass.eventTicket).flat())
      if (changeMessage !== undefined) expect(changeMessage).toContain('%@');
    // The door takes the code.
    expect((await scan(event, pass.barcodes?.[0]?.message ?? '')).status).toBe(201);
  });

  test('labels and values stand out from the ground', async () => {
    const { pass } = await withPass();
    const light = (colour: unknown) => {
      const parts = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(String(colour))?.slice(1).map(Number) ?? [];
      const [r = 0, g = 0, b = 0] = parts.map((part) =>
        part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (a: unknown, b: unknown) => {
      const [lighter = 0, darker = 0] = [light(a), light(b)].sort((x, y) => y - x);
      return (lighter + 0.05) / (darker + 0.05);
    };
    expect(contrast(pass.labelColor, pass.backgroundColor)).toBeGreaterThan(7);
    expect(contrast(pass.foregroundColor, pass.backgroundColor)).toBeGreaterThan(7);
  });

  test('the same ticket has the same pass', async () => {
    const { person, ticketId, pass } = await withPass();
    expect((await passOf(person, ticketId)).serialNumber).toBe(pass.serialNumber);
  });
});

describe('who gets a pass', () => {
  test('only the holder of the ticket', async () => {
    const { event, ticketId } = await withPass();
    const path = `/api/tickets/${ticketId}/ticket.pkpass`;
    const seen = await Promise.all(
      [world.client(), (await world.guest()).client, (await world.user()).client, event.organiser.client].map(
        async (client) => (await client.get(path)).status,
      ),
    );
    expect(seen).toEqual([401, 404, 404, 404]);
  });

  test('whoever opens the link of a mail', async () => {
    const { orderId, ticketId } = await withPass();
    const secret = world.app.orderLinks.secretOf({ id: orderId, linkVersion: 1 });
    const reader = await world.guest();
    const opened = await reader.client.post(`/api/orders/${orderId}/openings`, { secret });
    expect(opened.status).toBeLessThan(300);
    expect((await reader.client.get(`/api/tickets/${ticketId}/ticket.pkpass`)).status).toBe(200);
  });

  test('nobody for a cancelled ticket, and after the event', async () => {
    const { event, person, orderId, ticketId } = await withPass();
    await person.client.post(`/api/orders/${orderId}/cancellation`, {});
    const path = `/api/tickets/${ticketId}/ticket.pkpass`;
    expect((await person.client.get(path)).body.code).toBe('ticket_not_admissible');

    const other = await buy(world, person, event);
    const { endsAt } = (await person.client.get(`/api/tickets/${other.tickets[0]?.id}`)).body.event;
    const before = world.clock.now();
    world.clock.set(new Date(Date.parse(endsAt)));
    const late = await person.client.get(`/api/tickets/${other.tickets[0]?.id}/ticket.pkpass`);
    world.clock.set(before);
    expect(late.body.code).toBe('event_over');
  });

  test('codes that turn: only for a ticket on paper', async () => {
    const person = await world.guest();
    const ask = async (ticketCodes: string) => {
      const event = await world.event({ priceMinor: 0, fields: { ticketCodes } });
      const { tickets } = await buy(world, person, event);
      const id = tickets[0]?.id;
      const path = `/api/tickets/${id}/ticket.pkpass`;
      return { event, id, path, code: (await person.client.get(path)).body.code };
    };
    expect((await ask('rotating')).code).toBe('paper_not_allowed');
    const { event, id, path, code } = await ask('rotating-or-paper');
    expect(code).toBe('paper_not_asked');
    expect((await person.client.post(`/api/tickets/${id}/paper`, {})).status).toBe(204);
    const { barcodes } = readPass((await person.client.get(path)).bytes);
    expect((await scan(event, barcodes?.[0]?.message ?? '')).status).toBe(201);
  });

  test('a site without certificates makes none', async () => {
    const bare = await createWorld();
    try {
      const event = await bare.event({ priceMinor: 0 });
      const person = await bare.guest();
      const { tickets } = await buy(bare, person, event);
      const pkpass = await person.client.get(`/api/tickets/${tickets[0]?.id}/ticket.pkpass`);
      const google = await person.client.post(`/api/tickets/${tickets[0]?.id}/google-passes`, {});
      expect([pkpass.body.code, google.body.code]).toEqual(['passes_off', 'passes_off']);
      expect((await person.client.get('/api/pass-wallets')).body).toEqual({ wallets: [] });
    } finally {
      await bare.close();
    }
    expect((await world.client().get('/api/pass-wallets')).body).toEqual({ wallets: ['apple'] });
  });
});

describe("Apple's web service", () => {
  test('a phone registers, asks for changes, gets the newest pass once, and leaves', async () => {
    const { event, pass, device } = await withPass();
    expect((await device.add(pass)).status).toBe(200);
    const first = await device.changed();
    expect(first).toMatchObject({ status: 200, body: { serialNumbers: [pass.serialNumber] } });
    const { lastUpdated } = first.body;
    expect((await device.changed(lastUpdated)).status).toBe(204);
    const got = await device.get(pass);
    const modified = got.headers.get('last-modified') ?? '';
    expect((await device.get(pass, { 'if-modified-since': modified })).status).toBe(304);

    await edit(event, { title: 'Late Shift' });
    await world.drain();
    expect(apple.pushed).toEqual([
      {
        token: device.pushToken,
        topic: made.passType,
        type: 'background',
        body: '{}',
        certificate: made.passType,
      },
    ]);
    expect((await device.changed(lastUpdated)).body.serialNumbers).toEqual([pass.serialNumber]);
    const newest = await device.get(pass, { 'if-modified-since': modified });
    expect(newest.status).toBe(200);
    expect(field(readPass(newest.bytes), 'event')).toBe('Late Shift');

    expect((await device.remove(pass)).status).toBe(200);
    expect((await device.changed()).status).toBe(204);
    apple.pushed.length = 0;
    await edit(event, { title: 'Early Shift' });
    await world.drain();
    expect(apple.pushed).toEqual([]);
  });

  test('two changes in one second are two changes', async () => {
    const { event, pass, device } = await withPass();
    const seen: string[] = [];
    for (const title of ['First', 'Second', 'Third']) {
      await edit(event, { title });
      await world.drain();
      const has = seen.at(-1);
      const newest = await device.get(pass, has === undefined ? {} : { 'if-modified-since': has });
      expect(field(readPass(newest.bytes), 'event')).toBe(title);
      seen.push(newest.headers.get('last-modified') ?? '');
    }
    expect(new Set(seen).size).toBe(3);
  });

  test('a change reaches a phone that asks before the job has run', async () => {
    const { event, pass, device } = await withPass();
    const has = (await device.get(pass)).headers.get('last-modified') ?? '';
    await edit(event, { title: 'At once' });
    const newest = await device.get(pass, { 'if-modified-since': has });
    expect(field(readPass(newest.bytes), 'event')).toBe('At once');
    await world.drain();
    expect(tokens()).toEqual([device.pushToken]);
  });

  test('a forged token, the token of another pass and a guessed serial number get the same answer', async () => {
    const mine = await withPass();
    const theirs = await withPass();
    const { device } = mine;
    const unknown = 'pss_01K9ZC4V7R8W3T5XN2M6QHJDEF' as PassId;
    const attempts = [
      { ...theirs.pass, authenticationToken: mine.pass.authenticationToken },
      { ...theirs.pass, authenticationToken: 'A'.repeat(32) },
      { ...theirs.pass, authenticationToken: '' },
      { ...mine.pass, serialNumber: unknown },
      { ...mine.pass, serialNumber: unknown, authenticationToken: 'A'.repeat(32) },
    ];
    const answers = await Promise.all(
      attempts.flatMap((pass) => [device.get(pass), device.add(pass), device.remove(pass)]),
    );
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.code}`))).toEqual(
      new Set(['401 pass_token_wrong']),
    );
    const { authenticationToken, serialNumber } = theirs.pass;
    const get = (path: string, authorization: string) => world.client().get(path, { authorization });
    const path = `${service}/passes/${made.passType}/${serialNumber}`;
    const good = `ApplePass ${authenticationToken}`;
    expect((await get(path, good)).status).toBe(200);
    expect((await get(path, `Bearer ${authenticationToken}`)).status).toBe(401);
    expect((await get(`${service}/passes/pass.test.other/${serialNumber}`, good)).status).toBe(401);
    // The token of a pass opens nothing else.
    expect((await get(`/api/tickets/${theirs.ticketId}`, good)).status).toBe(401);
    // Whoever is no device of theirs learns no serial number.
    expect((await phone('a-strangers-device').changed()).status).toBe(204);
    // The other's phone is still registered.
    expect((await theirs.device.changed()).status).toBe(200);
  });

  test('a pass is on twenty devices at most', async () => {
    const { pass } = await withPass();
    const statuses: number[] = [];
    for (let i = 0; i < 21; i++) statuses.push((await phone(`many-${phones}-${i}`).add(pass)).status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(19);
    expect(statuses.slice(19)).toEqual([409, 409]);
    // Those that are known may still renew their push token.
    expect((await phone(`many-${phones}-0`, 'abcdef').add(pass)).status).toBe(200);
  });

  test('troubles of devices are taken', async () => {
    const logs = ['[2027-01-01] Web service error', 'x'.repeat(4000)];
    expect((await world.client().post(`${service}/log`, { logs })).status).toBe(200);
  });
});

describe('what changes a pass', () => {
  test('a move of the event: every phone of every holder, each once', async () => {
    const { event, pass, device } = await withPass();
    const other = await buy(world, await world.guest(), event);
    const friend = await world.guest();
    await buy(world, friend, event);
    const second = phone(`device-${++phones}`);
    await second.add(pass);
    expect(other.tickets).toHaveLength(1);
    const startsAt = new Date(world.clock.now().getTime() + days(31));
    await edit(event, {
      startsAt: startsAt.toISOString(),
      endsAt: new Date(startsAt.getTime() + hours(3)).toISOString(),
      venue: { name: 'Columbiahalle', city: 'Berlin', country: 'DE' },
    });
    await world.drain();
    expect(tokens().sort()).toEqual([device.pushToken, second.pushToken].sort());
    const now = readPass((await device.get(pass)).bytes);
    expect(now).toMatchObject({ relevantDate: startsAt.toISOString(), voided: false });
    expect(field(now, 'venue')).toBe('Columbiahalle');
    expect(now.eventTicket.secondaryFields?.map(({ changeMessage }) => changeMessage)).toEqual([
      'New time: %@',
      'New place: %@',
    ]);
  });

  test('an edit that a pass does not show pushes nothing', async () => {
    const { event } = await withPass();
    await edit(event, { maxPerBuyer: 7 });
    await world.drain();
    expect(apple.pushed).toEqual([]);
  });

  test('a cancelled ticket: the pass is void and has no code', async () => {
    const { person, orderId, pass, device } = await withPass();
    await person.client.post(`/api/orders/${orderId}/cancellation`, {});
    await world.drain();
    expect(tokens()).toEqual([device.pushToken]);
    const now = readPass((await device.get(pass)).bytes);
    expect(now.voided).toBe(true);
    expect(now.barcodes).toBeUndefined();
    expect(field(now, 'state')).toBe('Cancelled');
  });

  test('a cancelled event', async () => {
    const { event, pass, device } = await withPass();
    const path = `/api/events/${event.id}/cancellation`;
    const done = await event.organiser.client.post(path, { reason: 'Storm', refund: 'full' });
    expect(done.status).toBe(202);
    await world.drain();
    expect(new Set(tokens())).toEqual(new Set([device.pushToken]));
    const now = readPass((await device.get(pass)).bytes);
    expect([now.voided, field(now, 'state')]).toEqual([true, 'Event cancelled']);
  });

  test('a ticket that is passed on: the old pass dies and says nothing of the new holder, who gets another one', async () => {
    const { event, person, ticketId, pass, device } = await withPass({
      fields: { transfers: { allowed: true } },
    });
    const { id, secret } = await offer(world, person, ticketId, { email: `friend-${phones}@example.com` });
    const friend = await world.guest();
    const accepted = await friend.client.post(`/api/transfers/${id}/acceptance`, {
      secret,
      name: 'Grace Hopper',
    });
    expect(accepted.status).toBe(200);
    await world.drain();
    expect(tokens()).toEqual([device.pushToken]);
    const answer = await device.get(pass);
    const old = readPass(answer.bytes);
    expect([old.voided, old.barcodes, field(old, 'state')]).toEqual([true, undefined, 'Passed on']);
    expect(JSON.stringify(old)).not.toContain('Grace');
    // The code that the old pass showed is dead, and its holder gets no other one.
    expect((await scan(event, pass.barcodes?.[0]?.message ?? '')).body.code).toBe('ticket_transferred');
    expect((await person.client.get(`/api/tickets/${ticketId}/ticket.pkpass`)).body.code).toBe(
      'ticket_transferred',
    );
    const own = await passOf(friend, ticketId);
    expect(own.serialNumber).not.toBe(pass.serialNumber);
    expect(field(own, 'name')).toBe('Grace Hopper');
    // The token of the old pass does not open the new one.
    const stolen = { ...own, authenticationToken: pass.authenticationToken };
    expect((await device.get(stolen)).status).toBe(401);
    expect((await scan(event, own.barcodes?.[0]?.message ?? '')).status).toBe(201);
  });

  test('another name', async () => {
    const { person, ticketId, pass, device } = await withPass({ fields: { renames: { allowed: true } } });
    const renamed = await person.client.put(`/api/tickets/${ticketId}/attendee`, { name: 'Joan Clarke' });
    expect(renamed.status).toBe(200);
    await world.drain();
    expect(tokens()).toEqual([device.pushToken]);
    expect(field(readPass((await device.get(pass)).bytes), 'name')).toBe('Joan Clarke');
  });

  test('codes that begin to turn: a pass is a copy, so it is void', async () => {
    const { event, pass, device } = await withPass();
    await edit(event, { ticketCodes: 'rotating' });
    await world.drain();
    expect(tokens()).toEqual([device.pushToken]);
    const now = readPass((await device.get(pass)).bytes);
    expect([now.voided, now.barcodes, field(now, 'state')]).toEqual([true, undefined, 'See your ticket']);
  });

  test('a ticket without a pass costs no job', async () => {
    const event = await world.event({ priceMinor: 0 });
    const person = await world.guest();
    const { orderId } = await buy(world, person, event);
    await person.client.post(`/api/orders/${orderId}/cancellation`, {});
    const jobs = `
      select count(*)::int as count from graphile_worker._private_jobs job
      join graphile_worker._private_tasks task on task.id = job.task_id where identifier like 'refresh-%'`;
    expect(await world.app.db.query(jobs)).toEqual([{ count: 0 }]);
    await world.drain();
  });
});

describe('pushes', () => {
  test('a push token that has ended is forgotten', async () => {
    const { event, pass, device } = await withPass();
    const alive = phone(`device-${++phones}`);
    await alive.add(pass);
    apple.answer = (token) =>
      token === device.pushToken ? { status: 410, reason: 'Unregistered' } : { status: 200 };
    await edit(event, { title: 'Once' });
    await world.drain();
    expect(tokens()).toEqual([alive.pushToken]);
    apple.answer = () => ({ status: 200 });
    apple.pushed.length = 0;
    await edit(event, { title: 'Twice' });
    await world.drain();
    expect(tokens()).toEqual([alive.pushToken]);
  });

  test('a busy service gets the push when it says', async () => {
    const { event, device } = await withPass();
    apple.answer = () => ({ status: 429, reason: 'TooManyRequests', retryAfter: 120 });
    await edit(event, { title: 'Busy' });
    await world.drain();
    apple.answer = () => ({ status: 200 });
    await world.drain();
    expect(tokens()).toEqual([]);
    world.clock.advance(121_000);
    await world.drain();
    expect(tokens()).toEqual([device.pushToken]);
  });

  test('a failed push is tried again, and what was told is not told again', async () => {
    const { event, device } = await withPass();
    const person = await world.guest();
    const second = await buy(world, person, event);
    const other = phone(`device-${++phones}`);
    await other.add(await passOf(person, second.tickets[0]?.id as TicketId));
    apple.answer = (token) =>
      token === device.pushToken ? { status: 500, reason: 'InternalServerError' } : { status: 200 };
    await edit(event, { title: 'Broken' });
    await world.drain();
    expect(tokens()).toEqual([other.pushToken]);
    apple.answer = () => ({ status: 200 });
    await world.app.db.run(
      `update graphile_worker._private_jobs set run_at = now() - interval '1 second' where attempts > 0`,
    );
    await world.drain();
    expect(tokens()).toEqual([other.pushToken, device.pushToken]);
  });

  test('thirty days after the event nobody knows which phones had its passes', async () => {
    const { event, pass, device } = await withPass();
    const before = world.clock.now();
    const { endsAt } = (await event.organiser.client.get(`/api/events/${event.id}`)).body;
    const devices = () =>
      world.app.db.query(`select device_id from wallet_devices where pass_id = $1`, [pass.serialNumber]);
    world.clock.set(new Date(Date.parse(endsAt) + days(29)));
    await forgetOld(world.app);
    expect(await devices()).toHaveLength(1);
    world.clock.set(new Date(Date.parse(endsAt) + days(31)));
    await forgetOld(world.app);
    expect(await devices()).toHaveLength(0);
    world.clock.set(before);
    expect((await device.changed()).status).toBe(204);
  });
});
