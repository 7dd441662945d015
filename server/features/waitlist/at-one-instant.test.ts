import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, testPassword, type World } from '../../testing/world.ts';
import { sweepHolds } from '../inventory/sweep-holds.ts';
import { holdOf, join, mine, release, soldOut } from './testing/sold-out.ts';

/* The line when several things happen to it at one instant. */

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

test('the first in line leaves in the batch that frees their place: the next one gets it', async () => {
  const { event, holder, holdId } = await soldOut(world, 1);
  const [ann, bob] = await Promise.all([world.user(), world.user()]);
  const entryId = (await join(ann, event)).body.id;
  await join(bob, event);
  const { ledger } = world.app;
  const readVersion = async () =>
    (
      await world.app.db.query<{ version: number }>('select version from ledgers where event_id = $1', [
        event.id,
      ])
    )[0]?.version ?? 0;
  const version = await readVersion();
  // Commands that come while a batch commits are one batch. A batch that the database refuses would run again one by one.
  const outcomes = await Promise.all([
    ledger.submit(event.id, { kind: 'expire' }),
    ledger.submit(event.id, { kind: 'release', holdId: holdId as `hld_${string}`, buyerId: holder.userId }),
    ledger.submit(event.id, { kind: 'leave', entryId, buyerId: ann.userId }),
  ]);
  expect(outcomes.map(({ kind }) => kind)).toEqual(['expired', 'released', 'left']);
  expect(await readVersion()).toBe(version + 1);
  expect(await mine(ann, event)).toMatchObject({ status: 'declined' });
  expect(await mine(bob, event)).toMatchObject({ status: 'offered' });
  await world.drain();
});

test('who joins in the batch that frees a place is offered it in that batch', async () => {
  const { event, holder, holdId } = await soldOut(world, 1);
  const ann = await world.user();
  const { ledger } = world.app;
  const [, joined] = await Promise.all([
    ledger.submit(event.id, { kind: 'expire' }),
    ledger.submit(event.id, {
      kind: 'join',
      entryId: world.app.newId('waitlistEntry'),
      buyerId: ann.userId,
      ticketTypeId: event.ticketTypeId,
      quantity: 1,
      network: null,
      email: null,
      language: 'en',
      retry: null,
    }),
    ledger.submit(event.id, { kind: 'release', holdId: holdId as `hld_${string}`, buyerId: holder.userId }),
  ]);
  expect(joined).toMatchObject({ kind: 'joined', entry: { status: 'offered' } });
});

test('a guest who becomes an account with enough places keeps no places from the next in line', async () => {
  const event = await world.event({ capacity: 4, priceMinor: 0, fields: { maxPerBuyer: 4 } });
  const [account, other, bob] = await Promise.all([world.user(), world.user(), world.user()]);
  const guest = await world.guest();
  expect((await holdOf(account, event, 2)).status).toBe(201);
  const hold = await holdOf(other, event, 2);
  expect((await join(guest, event, 4)).status).toBe(201);
  await join(bob, event, 2);
  await release(other, hold.body.id);
  expect(await mine(bob, event)).toMatchObject({ status: 'waiting' });

  const signIn = { email: account.email, password: testPassword };
  expect((await guest.client.post('/api/auth/sign-in/email', signIn)).status).toBe(200);
  await sweepHolds(world.app);
  expect(await mine(account, event)).toMatchObject({ status: 'waiting' });
  expect(await mine(bob, event)).toMatchObject({ status: 'offered' });
});
