import { expect, test } from 'vitest';
import { forgetMembers } from './forget-members.ts';
import { memoryDatabase } from './testing/memory-database.ts';

test('a sign-out takes everything from the device that a member knows of guests, and keeps scans and door links', async () => {
  const database = memoryDatabase();
  const [member, device] = ['evt_1 usr_1', 'evt_1 ddv_1'];
  await database.put('devices', 'member', 'usr_1');
  for (const scope of [member, device]) {
    for (const store of ['keys', 'manifests'] as const) await database.put(store, scope, 'sealed');
    await database.put('deltas', [scope, 1], 'sealed');
    await database.put('deltas', [scope, 'tail'], 'sealed');
    await database.put('scans', [scope, 'nonce'], 'scan');
  }
  await forgetMembers(database);
  const left = async (scope: string) => [
    await database.get('keys', scope),
    await database.get('manifests', scope),
    (await database.all('deltas', scope)).length,
    (await database.all('scans', scope)).length,
  ];
  expect(await database.get('devices', 'member')).toBeUndefined();
  expect(await left(member)).toEqual([undefined, undefined, 0, 1]);
  expect(await left(device)).toEqual(['sealed', 'sealed', 2, 1]);
});
