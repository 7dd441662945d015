import { expect, test } from 'vitest';
import { buy } from '../../server/features/tickets/testing/buy.ts';
import { createWorld } from '../../server/testing/world.ts';
import { judge } from './dump.ts';
import { drillOwn } from './own.ts';
import { sameRows } from './rows.ts';

const nothing = () => {};

test('a backup is restored to a point in time: all earlier sales are there, no later ones, and the audit passes', {
  timeout: 400_000,
}, async () => {
  const said: string[] = [];
  await drillOwn((line) => said.push(line));
  expect(said.join('\n')).toContain('restored to the instant: 30 holds are there, 10 later ones are not');
  expect(said.join('\n')).toContain('the audit found nothing broken');
});

test('an incomplete copy is not accepted', { timeout: 120_000 }, async () => {
  const [world, copy] = [await createWorld(), await createWorld()];
  try {
    await buy(world, await world.guest(), await world.event());
    await judge(world.connectionString, { isDump: true, say: nothing });
    await expect(sameRows(world.app.db, copy.app.db, nothing)).rejects.toThrow(
      'public.tickets: 0 instead of 1',
    );
    await world.app.db.run('delete from tickets');
    await expect(judge(world.connectionString, { isDump: true, say: nothing })).rejects.toThrow(
      'one ticket per paid place',
    );
  } finally {
    await Promise.all([world.close(), copy.close()]);
  }
});
