import { type ChildProcess, fork } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isSignedManifest, readManifest } from '../../contract/door-manifest.ts';
import { createTicketSigner } from '../features/tickets/signer.ts';
import { buy } from '../features/tickets/testing/buy.ts';
import { createClient } from '../testing/client.ts';
import { hours } from '../testing/clock.ts';
import { compileCache } from '../testing/compile-cache.ts';
import { freePort } from '../testing/free-port.ts';
import { startRelay } from '../testing/relay.ts';
import { createWorld, type Person, type TestEvent, type World } from '../testing/world.ts';

/*
 * The gate box is a process of its own. It reaches the server through a relay that the test opens and closes, so it really
 * cannot see the server. It is killed with kill -9.
 */
let world: World;
let buyer: Person;
let event: TestEvent;
let relay: Awaited<ReturnType<typeof startRelay>>;
let folder: string;
let port: number;
let link: string;
let box: { url: string; child: ChildProcess };

async function startBox(): Promise<typeof box> {
  const program = fileURLToPath(new URL('../../tools/gate-box.ts', import.meta.url));
  const args = ['--link', link, '--port', String(port), '--host', '127.0.0.1', '--data', folder];
  const child = fork(program, args, {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
    env: { PATH: process.env.PATH, ...compileCache },
  });
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  const started = once(child, 'message').then(([message]) => (message as { url: string }).url);
  const url = await Promise.race([started, once(child, 'exit').then(() => null)]);
  if (url === null) throw new Error(`the gate box did not start:\n${said}`);
  return { url, child };
}

async function killBox(): Promise<void> {
  const ended = once(box.child, 'exit');
  box.child.kill('SIGKILL');
  await ended;
}

const health = async () => (await createClient(box.url).get('/health/live')).body;
async function until(isTrue: (state: { isOnline: boolean; waiting: number }) => boolean): Promise<void> {
  while (!isTrue(await health())) await wait(20);
}

interface BoxGate {
  token: string;
  name: string;
}
async function openGate(name: string): Promise<BoxGate> {
  const secret = new URL(link).hash.slice(1);
  const { status, body } = await createClient(box.url).post('/api/door-devices', { secret, name });
  expect(status).toBe(201);
  return { token: body.token, name };
}
let nonces = 0;
const newNonce = () => `box-scan-${++nonces}`;
const scan = (gate: BoxGate, code: string, nonce = newNonce()) =>
  createClient(box.url).post(
    `/api/events/${event.id}/check-ins`,
    { code, nonce, gate: gate.name },
    { authorization: `Door ${gate.token}` },
  );
const ask = (gate: BoxGate, path: string) =>
  createClient(box.url).get(`/api/events/${event.id}/${path}`, { authorization: `Door ${gate.token}` });

let codes: string[];
let ids: string[];
let north: BoxGate;
let south: BoxGate;

beforeAll(async () => {
  world = await createWorld();
  relay = await startRelay(Number(new URL(world.url).port));
  buyer = await world.guest();
  event = await world.event({ priceMinor: 0, capacity: 300, fields: { maxPerBuyer: 300 } });
  const orders = [];
  for (let i = 0; i < 8; i++) orders.push(await buy(world, buyer, event, { quantity: 10 }));
  const tickets = orders.flatMap((order) => order.tickets);
  codes = tickets.map(({ code }) => code);
  ids = tickets.map(({ id }) => id);
  const made = await event.organiser.client.post(`/api/events/${event.id}/door-links`, {
    label: 'Box',
    seesNames: true,
    expiresAt: new Date(world.clock.now().getTime() + hours(6)).toISOString(),
  });
  link = `${relay.url}/door/link#${made.body.url.split('#')[1]}`;
  folder = mkdtempSync(join(tmpdir(), 'admit-box-'));
  port = await freePort();
  box = await startBox();
  await until(({ isOnline }) => isOnline);
  north = await openGate('North');
  south = await openGate('South');
});
afterAll(async () => {
  if (box) await killBox();
  relay?.close();
  await world?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('with the server, the server decides', async () => {
  const admitted = await scan(north, codes[0]!);
  expect(admitted).toMatchObject({ status: 201, body: { ticketId: ids[0], gate: 'North' } });
  expect(await scan(south, codes[0]!)).toMatchObject({
    status: 409,
    body: { code: 'already_used', gate: 'North' },
  });
  const { body } = await event.organiser.client.get(`/api/events/${event.id}/check-ins/counts`);
  expect(body.admitted).toBe(1);
  expect((await health()).waiting).toBe(0);
});

test('a gate gets the manifest that the server signed, and only with its token', async () => {
  const { keys } = (await buyer.client.get('/api/ticket-keys')).body;
  const full = await ask(north, 'door-manifest');
  const bytes = new Uint8Array(full.bytes);
  expect(await isSignedManifest(bytes, keys)).toBe(true);
  const { head, tickets } = readManifest(bytes);
  expect(tickets).toHaveLength(80);
  // It follows the deltas of the server one by one.
  let since = head.version;
  for (;;) {
    const delta = readManifest(new Uint8Array((await ask(north, `door-manifest?since=${since}`)).bytes));
    expect(delta.head.since).toBe(since);
    if (delta.head.version === since) break;
    since = delta.head.version;
  }
  expect((await ask({ token: 'ddt_no', name: 'x' }, 'door-manifest')).status).toBe(401);
  const other = await createClient(box.url).post('/api/door-devices', { secret: 'a'.repeat(43), name: 'x' });
  expect(other.body.code).toBe('door_link_unknown');
});

test('without the server no two gates admit the same ticket, and kill -9 loses nothing that was answered', async () => {
  relay.cut();
  const first = await scan(north, codes[1]!, 'box-first-one');
  expect(first).toMatchObject({ status: 201, body: { ticketId: ids[1], gate: 'North' } });
  expect(await scan(south, codes[1]!)).toMatchObject({
    status: 409,
    body: { code: 'already_used', gate: 'North', by: 'North' },
  });
  // A ticket that the gate found without its code.
  const found = { ticketId: ids[70], issue: 1, nonce: newNonce() };
  const path = `/api/events/${event.id}/check-ins`;
  const asNorth = { authorization: `Door ${north.token}` };
  const vouched = await createClient(box.url).post(path, found, asNorth);
  expect(vouched).toMatchObject({ status: 201, body: { ticketId: ids[70] } });
  expect((await scan(south, codes[70]!)).body.code).toBe('already_used');
  const unknown = { ...found, ticketId: 'tkt_01K9ZC4V7R8W3T5XN2M6QHJDEF', nonce: newNonce() };
  expect((await createClient(box.url).post(path, unknown, asNorth)).body.code).toBe('unknown_ticket');
  // What the server had admitted before the network went.
  expect((await scan(south, codes[0]!)).body.code).toBe('already_used');
  // The answer was lost: the gate sends the same nonce again.
  expect((await scan(north, codes[1]!, 'box-first-one')).body).toEqual(first.body);
  expect((await scan(north, codes[2]!, 'box-first-one')).body.code).toBe('idempotency_key_reused');
  const forged = codes[2]!.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
  expect((await scan(north, forged)).body.code).toBe('bad_signature');
  const foreign = await buy(world, buyer, await world.event({ priceMinor: 0 }));
  expect((await scan(north, foreign.tickets[0]!.code)).body.code).toBe('wrong_event');

  // Four gates at once, each ticket at all of them.
  const gates = [north, south, await openGate('East'), await openGate('West')];
  const race = codes.slice(3, 23);
  const answers = await Promise.all(race.flatMap((code) => gates.map((gate) => scan(gate, code))));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
  expect(answers.filter(({ body }) => body.code === 'already_used')).toHaveLength(60);

  // The box dies in the middle of a rush. Whoever got green is in, and nobody gets in twice.
  const rush = codes.slice(23, 63).map((code, i) => ({ code, nonce: `rush-nonce-${i}` }));
  let answered = 0;
  const outcomes = await Promise.all(
    rush.map(({ code, nonce }, i) =>
      scan(gates[i % 4]!, code, nonce).then(
        ({ status }) => {
          if (++answered === 10) box.child.kill('SIGKILL');
          return status;
        },
        () => 0,
      ),
    ),
  );
  if (box.child.exitCode === null && box.child.signalCode === null) await once(box.child, 'exit');
  expect(outcomes.filter((status) => status === 201).length).toBeGreaterThanOrEqual(10);
  expect(outcomes).toContain(0);
  box = await startBox();
  for (const [i, { code, nonce }] of rush.entries()) {
    if (outcomes[i] === 201) expect((await scan(gates[(i + 1) % 4]!, code)).body.code).toBe('already_used');
    expect((await scan(gates[i % 4]!, code, nonce)).status).toBe(201);
  }
  expect((await ask(north, 'check-ins/counts')).body).toEqual({ admitted: 63, tickets: 80 });
  expect((await health()).isOnline).toBe(false);
});

test('when the server is back the box hands in, and both know the same', async () => {
  // Meanwhile the server has sold one ticket more and ended one that the box has admitted.
  const later = await buy(world, buyer, event, { quantity: 1 });
  expect((await scan(north, codes[63]!)).status).toBe(201);
  await world.app.db.run(`update tickets set status = 'cancelled', cancelled_at = now() where id = $1`, [
    ids[63],
  ]);
  expect((await scan(north, later.tickets[0]!.code)).body.code).toBe('unknown_ticket');
  relay.mend();
  await until(({ isOnline, waiting }) => isOnline && waiting === 0);
  const { body } = await event.organiser.client.get(`/api/events/${event.id}/check-ins/counts`);
  expect(body.admitted).toBe(63);
  const [twice] = await world.app.db.query<{ count: number }>(
    `select count(*)::int - count(distinct ticket_id)::int as count from check_ins where event_id = $1 and void = 0`,
    [event.id],
  );
  expect(twice?.count).toBe(0);
  // It names whom the box let in and should not have.
  const conflicts = await world.app.db.query<{ id: string; code: string }>(
    'select ticket_id as id, code from door_conflicts where event_id = $1',
    [event.id],
  );
  expect(conflicts).toEqual([{ id: ids[63], code: 'ticket_cancelled' }]);
  // The server knows of each scan at which gate it was.
  const [first] = await world.app.db.query<{ gate: string }>(
    'select gate from check_ins where event_id = $1 and nonce = $2',
    [event.id, 'box-first-one'],
  );
  expect(first?.gate).toBe('North');
  expect((await scan(north, later.tickets[0]!.code)).status).toBe(201);
  expect((await scan(south, codes[64]!)).status).toBe(201);
});

test('a box goes on when the server signs with a new key', async () => {
  const { signer } = world.app;
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  const fresh = createTicketSigner(pem);
  const publicKeys = () => [...fresh.publicKeys(), ...signer.publicKeys()];
  Object.assign(world.app, { signer: { ...fresh, verify: signer.verify, publicKeys } });
  const { tickets } = await buy(world, buyer, event);
  // Only a box that has learnt a manifest by the new key knows the ticket.
  relay.mend();
  let since = '';
  for (;;) {
    const { bytes } = await ask(north, `door-manifest${since && `?since=${since}`}`);
    const manifest = readManifest(new Uint8Array(bytes));
    if (manifest.tickets.some(({ id }) => id === tickets[0]?.id)) {
      expect(await isSignedManifest(new Uint8Array(bytes), fresh.publicKeys())).toBe(true);
      break;
    }
    since = manifest.head.version;
    await wait(20);
  }
  Object.assign(world.app, { signer });
});

test('a box whose link was revoked admits nobody, also after a restart without the server', async () => {
  const { body } = await event.organiser.client.get(`/api/events/${event.id}/door-links`);
  const revoked = await event.organiser.client.delete(
    `/api/events/${event.id}/door-links/${body.items[0].id}`,
  );
  expect(revoked.status).toBe(204);
  while ((await health()).ended === null) await wait(20);
  expect((await scan(north, codes[70]!)).body.code).toBe('door_link_ended');
  relay.cut();
  await killBox();
  box = await startBox();
  expect((await scan(north, codes[70]!)).body.code).toBe('door_link_ended');
});
