import { expect, test } from 'vitest';
import { countWaiting } from './device-gate.ts';
import { memoryDatabase } from './testing/memory-database.ts';

test('scans that a device hands in by itself are counted apart from those that need the session of a member', async () => {
  const database = memoryDatabase();
  const own = { device: { id: 'ddv_own' }, openedMs: 0 };
  await database.put('devices', ['link', 'ddv_own'], own);
  const scans = ['evt_a ddv_own', 'evt_b ddv_own', 'evt_a usr_ada', 'evt_a ddv_forgotten'];
  for (const scope of scans) await database.put('scans', [scope, 1], { nonce: scope });
  expect(await countWaiting(database)).toEqual({ own: 2, ofMembers: 1 });
});
