import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createWorld, testPassword, type World } from '../server/testing/world.ts';
import { isProblem } from './problem.ts';
import { buyWith, record } from './testing/record.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world?.close());

/** A program: it has a token and no cookies. */
function program() {
  let token: string | null = null;
  const recorded = record(world, { token: () => token, language: () => 'de' });
  return { ...recorded, signIn: (given: string | null) => (token = given) };
}

test('a program buys a ticket, has it checked in and cancels another, with a token and no cookie', async () => {
  const event = await world.event({ capacity: 3, fields: { maxPerBuyer: 3 } });
  const { admit, sent, signIn } = program();
  await expect(admit.getMe()).rejects.toMatchObject({ code: 'unauthenticated' });
  signIn((await admit.signInAnonymous()).token);
  expect((await admit.getMe()).isGuest).toBe(true);

  const buy = () => buyWith({ admit }, world, event);
  const [first, second] = [await buy(), await buy()];
  expect([first.status, second.status]).toEqual(['confirmed', 'confirmed']);
  const page = await admit.listOrders({ query: { limit: 1 } });
  const rest = await admit.listOrders({ query: { limit: 1, cursor: page.nextCursor ?? undefined } });
  const listed = [page, rest].map(({ items }) => items.map(({ id }) => id));
  expect(new Set(listed.flat())).toEqual(new Set([first.id, second.id]));

  const ticketId = first.tickets[0]?.id ?? 'tkt_none';
  const pdf = await admit.getTicketPdf({ params: { ticketId } });
  expect([pdf.type, new TextDecoder().decode(pdf.bytes.slice(0, 5))]).toEqual(['application/pdf', '%PDF-']);
  const { code } = await admit.getTicket({ params: { ticketId } });

  const gone = await admit.cancelOrder({ params: { orderId: second.id } });
  expect(gone.status).toBe('refunded');
  await world.drain();
  expect(await admit.releaseHold({ params: { holdId: (await hold()).id } })).toBeUndefined();

  const door = program();
  const signedIn = await door.admit.signInEmail({
    body: { email: event.organiser.email, password: testPassword },
  });
  if (!('token' in signedIn)) throw new Error('a code is asked for');
  door.signIn(signedIn.token);
  const scan = {
    params: { eventId: event.id },
    body: { code: code ?? '', nonce: 'first-scan', gate: 'North' },
  };
  expect((await door.admit.checkIn(scan)).ticketId).toBe(ticketId);
  const again = await door.admit.try.checkIn({ ...scan, body: { ...scan.body, nonce: 'second-scan' } });
  if (again.ok || again.problem.code !== 'already_used') throw new Error(JSON.stringify(again));
  expect(again.problem.members.gate).toBe('North');

  const all = [...sent, ...door.sent].map(({ headers }) => headers);
  expect(all.filter((headers) => 'cookie' in headers)).toEqual([]);
  expect(new Set(all.map((headers) => headers['accept-language']))).toEqual(new Set(['de']));

  function hold() {
    return admit.placeHold({
      params: { eventId: event.id },
      body: { items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }] },
    });
  }
});

test('a change sends the version that it changes', async () => {
  const event = await world.event({ publish: false });
  const { admit, signIn } = program();
  const [session] = await world.app.accounts.openSessions([event.organiser.userId]);
  signIn(session?.token ?? null);
  const params = { eventId: event.id };
  const changed = await admit.updateEvent({ params, ifMatch: event.version, body: { title: 'Late Shift' } });
  expect(changed).toMatchObject({ title: 'Late Shift', version: event.version + 1 });
  const stale = admit.updateEvent({ params, ifMatch: event.version, body: { title: 'Day Shift' } });
  const problem = await stale.catch((error: unknown) => error);
  if (!isProblem(problem, 'version_mismatch')) throw problem;
  expect(problem.members.version).toBe(event.version + 1);
});

test('the documented example works', async () => {
  const { slug } = await world.event();
  const folder = mkdtempSync(join(tmpdir(), 'admit-example-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'ticket.pdf');
  const example = join(import.meta.dirname, 'example/buy-a-ticket.ts');
  const child = spawn(process.execPath, [example, world.url, slug, file]);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  const ended = once(child, 'close');
  while (child.exitCode === null && child.signalCode === null)
    await Promise.race([ended, world.drain().then(() => new Promise((done) => setTimeout(done, 100)))]);
  await ended;
  expect(said).toMatch(/^Order \S+ is confirmed: /);
  expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
});
