import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type World } from '../testing/world.ts';
import { audit } from './audit.ts';
import { findAfter } from './testing/break-promise.ts';

let world: World;
/** An event with one entry that has an offer, one that was declined, and one that waits. */
beforeAll(async () => {
  world = await createWorld();
  const event = await world.event({ capacity: 1 });
  const holder = await world.user();
  const wanted = { ticketTypeId: event.ticketTypeId, quantity: 1 };
  const held = await holder.client.post(`/api/events/${event.id}/holds`, { items: [wanted] });
  const people = await Promise.all([world.user(), world.user(), world.user()]);
  const entries: string[] = [];
  for (const { client } of people)
    entries.push((await client.post(`/api/events/${event.id}/waitlist`, wanted)).body.id);
  await holder.client.delete(`/api/holds/${held.body.id}`);
  await people[0]?.client.delete(`/api/waitlist-entries/${entries[0]}`);
});
afterAll(() => world.close());

const known = () => ({ settled: false, now: world.clock.now() });

test('a healthy waitlist breaks no promise', async () => {
  const statuses = await world.app.db.query('select status from waitlist_entries order by place');
  expect(statuses).toEqual([{ status: 'declined' }, { status: 'offered' }, { status: 'waiting' }]);
  expect(await audit(world.app.db, known())).toEqual([]);
});

test.each([
  ['a ledger counts its waitlist', 'one too many', 'update ledgers set line = line + 1 where line > 0'],
  ['a ledger counts its waitlist', 'one forgotten', 'update ledgers set line = line - 1 where line > 0'],
  [
    'a ledger counts its waitlist',
    'kept for nobody',
    `with gone as (update waitlist_entries set status = 'left' where status = 'waiting' returning event_id)
     update ledgers set line = line - 1, line_due_at = null from gone where gone.event_id = ledgers.event_id;`,
    'update pools set kept = 1, held = 0',
  ],
  [
    'an offer of the waitlist',
    'of another person',
    `update waitlist_entries set user_id = 'usr_x' where status = 'offered'`,
  ],
  ['an offer of the waitlist', 'released', `update holds set status = 'released' where status = 'active'`],
  [
    'an offer of the waitlist',
    'never bought',
    `update waitlist_entries set status = 'accepted' where status = 'declined'`,
  ],
  [
    'an offer of the waitlist',
    'without a hold',
    `update waitlist_entries set status = 'offered' where status = 'waiting'`,
  ],
])('%s: %s', async (promise, _how, ...sql) => {
  const found = await findAfter(world.app.db, sql, known());
  expect(
    found.some((text) => text.startsWith(promise)),
    found.join('\n'),
  ).toBe(true);
});
