import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { someoneIsBlocked } from '../../testing/blocked.ts';
import { type Child, startChild } from '../../testing/child.ts';
import { type Client, createClient } from '../../testing/client.ts';
import { hours } from '../../testing/clock.ts';
import { freePort } from '../../testing/free-port.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';

/*
 * Kills a real server process (kill -9) between a scan and its answer. The gate asks again with the same nonce. The guest comes in
 * once, and nobody is lost.
 */
let world: World;
let event: TestEvent;
let dataDir: string;
let port: number;
let server: Child;
let buyer: Client;
let headers: { authorization: string };

const start = () => startChild({ connectionString: world.connectionString, dataDir, port });

beforeAll(async () => {
  world = await createWorld();
  event = await world.event({ priceMinor: 0, capacity: 50 });
  await world.app.relay.stop();
  dataDir = await mkdtemp(join(tmpdir(), 'admit-door-crash-'));
  port = await freePort();
  server = await start();
  buyer = createClient(server.url);
  expect((await buyer.post('/api/auth/sign-in/anonymous', {})).status).toBe(200);
  const made = await event.organiser.client.post(`/api/events/${event.id}/door-links`, {
    label: 'North',
    seesNames: true,
    expiresAt: new Date(world.clock.now().getTime() + hours(12)).toISOString(),
  });
  const secret = made.body.url.split('#')[1];
  const opened = await createClient(server.url).post('/api/door-devices', { secret, name: 'Phone' });
  headers = { authorization: `Door ${opened.body.token}` };
  // Each new row of the log waits for the test.
  await world.app.db.run(`
    create function wait_for_test() returns trigger language plpgsql as $$
    begin
      perform pg_advisory_xact_lock_shared(4711);
      return new;
    end $$`);
  await world.app.db.run(
    'create trigger wait_for_test before insert on check_ins for each row execute function wait_for_test()',
  );
});
afterAll(async () => {
  await server?.kill();
  await world?.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** A new ticket's code, signed by the server that scans it. */
async function newCode(): Promise<{ id: string; code: string }> {
  const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
  const held = await buyer.post(`/api/events/${event.id}/holds`, { items });
  const person = { name: 'Ada Osei', email: 'ada@example.com' };
  const ordered = await buyer.post('/api/orders', { holdId: held.body.id, buyer: person });
  const [ticket] = ordered.body.order.tickets;
  return { id: ticket.id, code: (await buyer.get(`/api/tickets/${ticket.id}`)).body.code };
}

const scan = (body: Record<string, unknown>) =>
  createClient(server.url).post(`/api/events/${event.id}/check-ins`, body, headers);
const rowsOf = (ticketId: string) =>
  world.app.db.query<{ kind: string; void: number }>(
    'select kind, void from check_ins where ticket_id = $1 order by kind',
    [ticketId],
  );

/** Stops the server in the middle of a write, does something, and kills it. The scan never gets its answer. */
async function killDuring(body: Record<string, unknown>, meanwhile: () => Promise<void>): Promise<void> {
  let answered: Promise<boolean> | undefined;
  await world.app.db.transaction(async (trx) => {
    await trx.query('select pg_advisory_xact_lock(4711)');
    answered = scan(body).then(
      () => true,
      () => false,
    );
    await someoneIsBlocked(world.app.db);
    process.kill(server.pid, 'SIGSTOP');
  });
  await meanwhile();
  process.kill(server.pid, 'SIGKILL');
  await server.ended;
  expect(await answered).toBe(false);
  server = await start();
}

test('killed after the admission was written and before its answer: asked again, it is the same admission', async () => {
  const ticket = await newCode();
  const body = { code: ticket.code, nonce: 'crash-entry-1' };
  // One statement is the whole admission, so the database finishes it without the server.
  await killDuring(body, async () => {
    await expect.poll(() => rowsOf(ticket.id)).toEqual([{ kind: 'entry', void: 0 }]);
  });
  const again = await scan(body);
  expect([again.status, again.body.ticketId]).toEqual([201, ticket.id]);
  expect((await scan({ ...body, nonce: 'crash-entry-2' })).body.code).toBe('already_used');
  expect(await rowsOf(ticket.id)).toHaveLength(1);
});

test('killed while a movement of several statements commits: it happens whole, and asked again it is the same one', async () => {
  const ticket = await newCode();
  expect((await scan({ code: ticket.code, nonce: 'crash-entry-3' })).status).toBe(201);
  const exit = { code: ticket.code, nonce: 'crash-exit-1', direction: 'out' };
  // The writes and the commit leave together, so the database finishes them without the server.
  await killDuring(exit, async () => {
    await expect.poll(() => rowsOf(ticket.id)).toHaveLength(2);
  });
  expect((await scan(exit)).body).toMatchObject({ kind: 'exit', visit: 1 });
  expect((await scan(exit)).body).toMatchObject({ kind: 'exit', visit: 1 });
  expect(await rowsOf(ticket.id)).toHaveLength(2);
  expect(await audit(world.app.db, { now: world.clock.now(), eventIds: [event.id] })).toEqual([]);
});
