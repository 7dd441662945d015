import { afterAll, beforeAll, expect, test } from 'vitest';
import { accept, reserved } from '../../server/features/purchases/testing/resale.ts';
import { join, release, soldOut } from '../../server/features/waitlist/testing/sold-out.ts';
import { createWorld, type World } from '../../server/testing/world.ts';
import { createJournal } from './journal.ts';
import { countResold, findWrongInLine } from './judge-line.ts';

// The judge of a torture run must find who was passed over in the line, and money of resales that is wrong.

let world: World;
beforeAll(async () => {
  world = await createWorld({ LOG_LEVEL: 'silent' });
});
afterAll(() => world.close());

const said = () => findWrongInLine(world.app.db, createJournal());

test('a person who waited longer and was offered a place later, or never', async () => {
  const { event, holder, holdId } = await soldOut(world, 1);
  const people = [await world.user(), await world.user(), await world.user()];
  const ids: string[] = [];
  for (const person of people) ids.push((await join(person, event)).body.id);
  await release(holder, holdId);
  expect(await said()).toEqual([]);
  const putAt = (id: string | undefined, place: number) =>
    world.app.db.run('update waitlist_entries set place = $2 where id = $1', [id, place]);
  await putAt(ids[2], 0);
  expect(await said()).toEqual([`${ids[2]} waits before ${ids[0]}, who was offered a place first`]);
  await putAt(ids[2], 3);
});

test('a resale that gave back another amount, or a ticket that stays valid', async () => {
  const { event, seller, ann } = await reserved(world);
  await accept(world, ann, event);
  expect(await said()).toEqual([]);
  expect(await countResold(world.app.db)).toBe(1);
  const change = (sql: string) => world.app.db.run(sql, [seller.ticket.id]);
  await change('update resales set back_minor = back_minor - 1 where ticket_id = $1');
  expect(await said()).toMatchObject([expect.stringContaining('was resold, and 2500 of 2499 went back')]);
  await change('update resales set back_minor = back_minor + 1 where ticket_id = $1');
  await change('update resales set buyer_hold_id = hold_id || ticket_id where ticket_id = $1');
  expect(await said()).toMatchObject([expect.stringContaining('nobody has bought it')]);
});

test('an acceptance that is gone', async () => {
  const journal = { ...createJournal(), passedOn: ['ttr_gone'], offers: ['wle_gone'] };
  expect(await findWrongInLine(world.app.db, journal)).toEqual(
    expect.arrayContaining([
      'was accepted, and is not: ttr_gone',
      'was offered a place, and waits: wle_gone',
    ]),
  );
});
