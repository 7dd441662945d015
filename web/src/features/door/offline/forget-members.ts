import { idPrefixes } from '../../../../../contract/ids.ts';
import { type DeviceDatabase, openDeviceDatabase } from './device-database.ts';
import { closeGate } from './gates.ts';

/**
 * Nobody is signed in any more: without it whoever finds the phone could open the gate of the last member in flight mode, and
 * read the names. Scans that wait stay, because guests are in by them; a member who signs in again hands them in. What a device
 * of a door link has is not touched.
 */
export async function forgetMembers(given?: DeviceDatabase): Promise<void> {
  closeGate();
  const database = given ?? (await openDeviceDatabase().catch(() => null));
  if (!database) return;
  // The keys first: without them the rest is noise, even if the browser stops here.
  await database.remove('devices', ['member']);
  const scopes = new Set([...(await database.keys('keys')), ...(await database.keys('manifests'))]);
  const ofMembers = [...scopes].filter((scope) => !scope.includes(` ${idPrefixes.doorDevice}_`));
  await database.remove('keys', ofMembers);
  await database.remove('manifests', ofMembers);
  for (const scope of ofMembers) await database.removeAll('deltas', scope);
}
