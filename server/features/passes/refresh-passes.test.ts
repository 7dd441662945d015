import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TicketId } from '../../../contract/ids.ts';
import { days, hours } from '../../testing/clock.ts';
import { forgetOld } from '../../work/forget-old.ts';
import { buy } from '../tickets/testing/buy.ts';
import { offer, scan } from '../transfers/testing/offer.ts';
import { createPassWorld, field } from './testing/phones.ts';

let phones: Awaited<ReturnType<typeof createPassWorld>>;
beforeAll(async () => {
  phones = await createPassWorld();
});
afterAll(() => phones?.close());
beforeEach(() => phones.calm());

describe('what changes a pass', () => {
  test('a move of the event: every phone of every holder, each once', async () => {
    const { event, pass, device } = await phones.withPass();
    const other = await buy(phones.world, await phones.world.guest(), event);
    const friend = await phones.world.guest();
    await buy(phones.world, friend, event);
    const second = phones.phone();
    await second.add(pass);
    expect(other.tickets).toHaveLength(1);
    const startsAt = new Date(phones.world.clock.now().getTime() + days(31));
    await phones.edit(event, {
      startsAt: startsAt.toISOString(),
      endsAt: new Date(startsAt.getTime() + hours(3)).toISOString(),
      venue: { name: 'Columbiahalle', city: 'Berlin', country: 'DE' },
    });
    await phones.world.drain();
    expect(phones.tokens().sort()).toEqual([device.pushToken, second.pushToken].sort());
    const now = phones.readPass((await device.get(pass)).bytes);
    expect(now).toMatchObject({ relevantDate: startsAt.toISOString(), voided: false });
    expect(field(now, 'venue')).toBe('Columbiahalle');
    expect(now.eventTicket.secondaryFields?.map(({ changeMessage }) => changeMessage)).toEqual([
      'New time: %@',
      'New place: %@',
    ]);
  });

  test('an edit that a pass does not show pushes nothing', async () => {
    const { event } = await phones.withPass();
    await phones.edit(event, { maxPerBuyer: 7 });
    await phones.world.drain();
    expect(phones.apple.pushed).toEqual([]);
  });

  test('a cancelled ticket: the pass is void and has no code', async () => {
    const { person, orderId, pass, device } = await phones.withPass();
    await person.client.post(`/api/orders/${orderId}/cancellation`, {});
    await phones.world.drain();
    expect(phones.tokens()).toEqual([device.pushToken]);
    const now = phones.readPass((await device.get(pass)).bytes);
    expect(now.voided).toBe(true);
    expect(now.barcodes).toBeUndefined();
    expect(field(now, 'state')).toBe('Cancelled');
  });

  test('a cancelled event', async () => {
    const { event, pass, device } = await phones.withPass();
    const path = `/api/events/${event.id}/cancellation`;
    const done = await event.organiser.client.post(path, { reason: 'Storm', refund: 'full' });
    expect(done.status).toBe(202);
    await phones.world.drain();
    expect(new Set(phones.tokens())).toEqual(new Set([device.pushToken]));
    const now = phones.readPass((await device.get(pass)).bytes);
    expect([now.voided, field(now, 'state')]).toEqual([true, 'Event cancelled']);
  });

  test('a ticket that is passed on: the old pass dies and says nothing of the new holder, who gets another one', async () => {
    const { event, person, ticketId, pass, device } = await phones.withPass({ transfers: { allowed: true } });
    const { id, secret } = await offer(phones.world, person, ticketId, { email: 'friend@example.com' });
    const friend = await phones.world.guest();
    const accepted = await friend.client.post(`/api/transfers/${id}/acceptance`, {
      secret,
      name: 'Grace Hopper',
    });
    expect(accepted.status).toBe(200);
    await phones.world.drain();
    expect(phones.tokens()).toEqual([device.pushToken]);
    const answer = await device.get(pass);
    const old = phones.readPass(answer.bytes);
    expect([old.voided, old.barcodes, field(old, 'state')]).toEqual([true, undefined, 'Passed on']);
    expect(JSON.stringify(old)).not.toContain('Grace');
    // The code that the old pass showed is dead, and its holder gets no other one.
    expect((await scan(event, pass.barcodes?.[0]?.message ?? '')).body.code).toBe('ticket_transferred');
    expect((await person.client.get(`/api/tickets/${ticketId}/ticket.pkpass`)).body.code).toBe(
      'ticket_transferred',
    );
    const own = await phones.passOf(friend, ticketId);
    expect(own.serialNumber).not.toBe(pass.serialNumber);
    expect(field(own, 'name')).toBe('Grace Hopper');
    // The token of the old pass does not open the new one.
    const stolen = { ...own, authenticationToken: pass.authenticationToken };
    expect((await device.get(stolen)).status).toBe(401);
    expect((await scan(event, own.barcodes?.[0]?.message ?? '')).status).toBe(201);
  });

  test('another name', async () => {
    const { person, ticketId, pass, device } = await phones.withPass({ renames: { allowed: true } });
    const renamed = await person.client.put(`/api/tickets/${ticketId}/attendee`, { name: 'Joan Clarke' });
    expect(renamed.status).toBe(200);
    await phones.world.drain();
    expect(phones.tokens()).toEqual([device.pushToken]);
    expect(field(phones.readPass((await device.get(pass)).bytes), 'name')).toBe('Joan Clarke');
  });

  test('codes that begin to turn: a pass is a copy, so it is void', async () => {
    const { event, pass, device } = await phones.withPass();
    await phones.edit(event, { ticketCodes: 'rotating' });
    await phones.world.drain();
    expect(phones.tokens()).toEqual([device.pushToken]);
    const now = phones.readPass((await device.get(pass)).bytes);
    expect([now.voided, now.barcodes, field(now, 'state')]).toEqual([true, undefined, 'See your ticket']);
  });

  test('a ticket without a pass costs no job', async () => {
    const event = await phones.world.event({ priceMinor: 0 });
    const person = await phones.world.guest();
    const { orderId } = await buy(phones.world, person, event);
    await person.client.post(`/api/orders/${orderId}/cancellation`, {});
    const jobs = `
      select count(*)::int as count from graphile_worker._private_jobs job
      join graphile_worker._private_tasks task on task.id = job.task_id where identifier like 'refresh-%'`;
    expect(await phones.world.app.db.query(jobs)).toEqual([{ count: 0 }]);
    await phones.world.drain();
  });
});

describe('pushes', () => {
  test('a push token that has ended is forgotten', async () => {
    const { event, pass, device } = await phones.withPass();
    const alive = phones.phone();
    await alive.add(pass);
    phones.apple.answer = (token) =>
      token === device.pushToken ? { status: 410, reason: 'Unregistered' } : { status: 200 };
    await phones.edit(event, { title: 'Once' });
    await phones.world.drain();
    expect(phones.tokens()).toEqual([alive.pushToken]);
    phones.apple.answer = () => ({ status: 200 });
    phones.apple.pushed.length = 0;
    await phones.edit(event, { title: 'Twice' });
    await phones.world.drain();
    expect(phones.tokens()).toEqual([alive.pushToken]);
  });

  test('a busy service gets the push when it says', async () => {
    const { event, device } = await phones.withPass();
    phones.apple.answer = () => ({ status: 429, reason: 'TooManyRequests', retryAfter: 120 });
    await phones.edit(event, { title: 'Busy' });
    await phones.world.drain();
    phones.apple.answer = () => ({ status: 200 });
    await phones.world.drain();
    expect(phones.tokens()).toEqual([]);
    phones.world.clock.advance(121_000);
    await phones.world.drain();
    expect(phones.tokens()).toEqual([device.pushToken]);
  });

  test('a failed push is tried again, and what was told is not told again', async () => {
    const { event, device } = await phones.withPass();
    const person = await phones.world.guest();
    const second = await buy(phones.world, person, event);
    const other = phones.phone();
    await other.add(await phones.passOf(person, second.tickets[0]?.id as TicketId));
    phones.apple.answer = (token) =>
      token === device.pushToken ? { status: 500, reason: 'InternalServerError' } : { status: 200 };
    await phones.edit(event, { title: 'Broken' });
    await phones.world.drain();
    expect(phones.tokens()).toEqual([other.pushToken]);
    phones.apple.answer = () => ({ status: 200 });
    await phones.world.app.db.run(
      `update graphile_worker._private_jobs set run_at = now() - interval '1 second' where attempts > 0`,
    );
    await phones.world.drain();
    expect(phones.tokens()).toEqual([other.pushToken, device.pushToken]);
  });

  test('thirty days after the event nobody knows which phones had its passes', async () => {
    const { event, pass, device } = await phones.withPass();
    const before = phones.world.clock.now();
    const { endsAt } = (await event.organiser.client.get(`/api/events/${event.id}`)).body;
    const devices = () =>
      phones.world.app.db.query(`select device_id from wallet_devices where pass_id = $1`, [
        pass.serialNumber,
      ]);
    phones.world.clock.set(new Date(Date.parse(endsAt) + days(29)));
    await forgetOld(phones.world.app);
    expect(await devices()).toHaveLength(1);
    phones.world.clock.set(new Date(Date.parse(endsAt) + days(31)));
    await forgetOld(phones.world.app);
    expect(await devices()).toHaveLength(0);
    phones.world.clock.set(before);
    expect((await device.changed()).status).toBe(204);
  });
});
