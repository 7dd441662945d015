import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventId, TicketId } from '../../../contract/ids.ts';
import { ticketOfPass } from '../../../contract/pass-tickets.ts';
import { audit } from '../../audit/audit.ts';
import { someoneIsBlocked } from '../../testing/blocked.ts';
import { createWorld, type Organiser, type Person, type TestEvent, type World } from '../../testing/world.ts';
import type { Outcome } from '../inventory/inventory.ts';
import { buy } from '../tickets/testing/buy.ts';
import { offer } from '../transfers/testing/offer.ts';
import { settlePass, settlePasses } from './settle-pass.ts';
import { makePass, passOn } from './testing/make-pass.ts';

/* What fails, dies or runs twice while the tickets of a pass are given out and ended. */

let world: World;
let house: Organiser;
beforeAll(async () => {
  world = await createWorld({ DATABASE_POOL_SIZE: '20' });
  house = await world.organiser();
});
afterAll(() => world.close());

type PassTicket = { id: TicketId; code: string };
const date = () => world.event({ organiser: house, capacity: 10, priceMinor: 0 });
async function scene(places = 3) {
  const dates: [TestEvent, TestEvent] = [await date(), await date()];
  return { dates, pass: await makePass(world, dates, { places, priceMinor: 0 }) };
}
const ticketsOn = async (event: TestEvent, ticket: PassTicket) => {
  const ids = [1, 2].map((issue) => ticketOfPass(ticket.id, issue, event.id));
  const rows = await world.app.db.query<{ status: string }>(
    'select status from tickets where id = any($1) order by array_position($1, id)',
    [ids],
  );
  return rows.map(({ status }) => status);
};
const audited = () => audit(world.app.db, { settled: false, now: world.clock.now() });

/** What a date answers instead of giving a ticket out, as long as the work lasts. */
async function failing(eventId: EventId, answer: () => Promise<Outcome>, work: () => Promise<void>) {
  const { submit } = world.app.ledger;
  world.app.ledger.submit = (id, command) =>
    id === eventId && command.kind === 'issue' ? answer() : submit(id, command);
  try {
    await work();
  } finally {
    world.app.ledger.submit = submit;
  }
}
const full = (): Promise<Outcome> => Promise.resolve({ kind: 'refused', code: 'sold_out' });
const killed = (): Promise<Outcome> => Promise.reject(new Error('killed'));

test.each([
  ['has no place', full],
  ['fails', killed],
])(
  'a pass that is refunded while one of its dates %s keeps no ticket of the others',
  async (_how, answer) => {
    const { dates, pass } = await scene();
    let bought: Awaited<ReturnType<typeof buy>> | undefined;
    await failing(dates[1].id, answer, async () => {
      bought = await buy(world, await world.guest(), pass);
    });
    const [ticket] = (bought?.tickets ?? []) as unknown as [PassTicket];
    expect([await ticketsOn(dates[0], ticket), await ticketsOn(dates[1], ticket)]).toEqual([['valid'], []]);
    const refunded = await house.client.post(`/api/orders/${bought?.orderId}/refunds`, { reason: 'Ill' });
    expect(refunded.status).toBe(201);
    await world.drain();
    await settlePasses(world.app);
    expect([await ticketsOn(dates[0], ticket), await ticketsOn(dates[1], ticket)]).toEqual([
      ['cancelled'],
      [],
    ]);
    expect(await audited()).toEqual([]);
  },
);

test('a pass that fails holds up neither its other tickets nor other passes', async () => {
  const ill = await scene();
  const well = await scene();
  await world.app.db.run(`delete from pass_settled`);
  const sold: [TestEvent, PassTicket][] = [];
  await failing(ill.dates[1].id, killed, async () => {
    for (const { pass, dates } of [ill, well]) {
      const { tickets } = await buy(world, await world.guest(), pass);
      sold.push([dates[0], tickets[0] as PassTicket]);
    }
    // Nobody has told of the tickets: only the job that looks at every pass finds them.
    await world.app.db.run(`delete from pass_settled`);
    await expect(settlePasses(world.app)).rejects.toThrow('killed');
    const [row] = await world.app.db.query(
      `select count(*)::int as settled from pass_settled where pass_id = $1 and issue = 1`,
      [well.pass.id],
    );
    expect(row).toEqual({ settled: 1 });
  });
  for (const [event, ticket] of sold) expect(await ticketsOn(event, ticket)).toEqual(['valid']);
  await settlePasses(world.app);
  expect(await audited()).toEqual([]);
});

test('a pass that is passed on while its tickets are given out has one ticket of each date', async () => {
  const { dates, pass } = await scene();
  const seller: Person = await world.guest();
  let ticket: PassTicket | undefined;
  // Nothing is given out yet, neither by the job of the purchase.
  await failing(dates[0].id, full, () =>
    failing(dates[1].id, full, async () => {
      [ticket] = (await buy(world, seller, pass)).tickets as [PassTicket];
    }),
  );
  const given = ticket as PassTicket;
  const { id, secret } = await offer(world, seller, given.id, { email: 'friend-in-time@example.com' });
  const friend = await world.user();
  const elsewhere = await world.another();
  const { submit } = world.app.ledger;
  const reached = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  world.app.ledger.submit = async (eventId, command) => {
    if (eventId === dates[1].id && command.kind === 'issue') {
      reached.resolve();
      await goOn.promise;
    }
    return submit(eventId, command);
  };
  try {
    await world.app.db.run(`delete from pass_settled where ticket_id = $1`, [given.id]);
    const first = settlePass(world.app, pass.id);
    await reached.promise;
    const accepted = await friend.client.post(`/api/transfers/${id}/acceptance`, { secret, name: 'Noa' });
    expect(accepted.status, JSON.stringify(accepted.body)).toBe(200);
    const second = settlePass(elsewhere.app, pass.id);
    await Promise.race([second, someoneIsBlocked(world.app.db)]);
    goOn.resolve();
    await Promise.all([first, second]);
  } finally {
    goOn.resolve();
    world.app.ledger.submit = submit;
  }
  await settlePasses(world.app);
  for (const event of dates) expect(await ticketsOn(event, given)).toEqual(['cancelled', 'valid']);
  expect(await audited()).toEqual([]);
});

test.each(['refunded', 'passed on'])(
  'a scan that is taken back after the pass was %s revives no ticket of it',
  async (how) => {
    const { dates, pass } = await scene();
    const buyer = await world.guest();
    const { tickets, orderId } = await buy(world, buyer, pass);
    const [ticket] = tickets as unknown as [PassTicket];
    const scanned = { code: ticket.code, nonce: `by-mistake-${how.slice(0, 6)}`, gate: 'North' };
    const path = `/api/events/${dates[0].id}/check-ins`;
    const admitted = (await house.client.post(path, scanned)).body;
    if (how === 'passed on') await passOn(world, buyer, ticket.id);
    else await house.client.post(`/api/orders/${orderId}/refunds`, { reason: 'Ill' });
    await world.drain();
    expect(await ticketsOn(dates[0], ticket)).toEqual(['used']);
    const undone = await house.client.post(`${path}/${admitted.id}/undo`, { reason: 'Wrong guest' });
    expect(undone.status, JSON.stringify(undone.body)).toBe(200);
    await world.drain();
    expect(await ticketsOn(dates[0], ticket)).toEqual(
      how === 'passed on' ? ['cancelled', 'valid'] : ['cancelled'],
    );
    expect(await audited()).toEqual([]);
  },
);

test('a pass that has more holders on a date than places keeps account of them', async () => {
  const { dates, pass } = await scene(1);
  const first = await buy(world, await world.guest(), pass);
  const [ticket] = first.tickets as unknown as [PassTicket];
  const scanned = { code: ticket.code, nonce: 'first-of-two', gate: 'North' };
  expect((await house.client.post(`/api/events/${dates[0].id}/check-ins`, scanned)).status).toBe(201);
  await house.client.post(`/api/orders/${first.orderId}/refunds`, { reason: 'Ill' });
  await world.drain();
  const second = await buy(world, await world.guest(), pass);
  const [next] = second.tickets as unknown as [PassTicket];
  for (const event of dates) expect(await ticketsOn(event, next)).toEqual(['valid']);
  expect(await audited()).toEqual([]);
  await house.client.post(`/api/orders/${second.orderId}/refunds`, { reason: 'Ill' });
  await world.drain();
  expect(await ticketsOn(dates[0], next)).toEqual(['cancelled']);
  expect(await audited()).toEqual([]);
});

test('an earlier change of the places that comes late keeps nothing', async () => {
  const { pass } = await scene(1);
  const later = await date();
  const keep = (size: number, turn: number) =>
    world.app.ledger.submit(later.id, {
      kind: 'keep',
      holdId: `hld_${later.id.slice(4)}`,
      buyerId: house.userId,
      passId: pass.id,
      ticketTypeId: later.ticketTypeId,
      size,
      turn,
    });
  expect(await keep(0, 2)).toEqual({ kind: 'kept' });
  expect(await keep(5, 1)).toMatchObject({ kind: 'refused', code: 'pass_changing' });
  expect(await keep(5, 3)).toEqual({ kind: 'kept' });
});
