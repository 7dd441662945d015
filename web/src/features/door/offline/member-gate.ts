import type { QueryClient } from '@tanstack/react-query';
import { registerOwnDoorDevice } from '../../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../../client/problem.ts';
import type { EventId, Id } from '../../../../../contract/ids.ts';
import { call } from '../../../api/call.ts';
import { meQuery, requireMe } from '../../../api/session.ts';
import { type DeviceDatabase, openDeviceDatabase } from './device-database.ts';
import { deviceCredentials } from './device-gate.ts';
import { deviceName } from './device-name.ts';
import { forgetMembers } from './forget-members.ts';
import type { Gate } from './gate.ts';
import { gateFor } from './gates.ts';

/** How long an answer about the person may take before the device's own memory counts. */
const patienceMs = 3_000;

/**
 * The gate of a member of the team, when it knows enough to be shown; null if another tab has it. Without a connection it is the gate
 * of whoever was here last. Throws why there is none.
 */
export async function memberGate(
  client: QueryClient,
  eventId: EventId,
): Promise<{ gate: Gate | null; userId: string }> {
  // A browser without IndexedDB, or in which it is forbidden, scans too. It forgets everything with the page.
  const database = await openDeviceDatabase().catch(() => null);
  const userId = await findMember(client, database);
  let deviceId: Id<'doorDevice'> | undefined;
  const gate = await gateFor(eventId, database, {
    id: userId,
    headers: () => headersOf(deviceId),
    // The session is this person's, so it hands in nothing of another member.
    credentials: async (whoId, at) =>
      whoId === userId
        ? headersOf(await database?.get<Id<'doorDevice'>>('devices', `${at} ${userId}`))
        : deviceCredentials(whoId, at),
  });
  // With a name a double says which device it was. Without one it says the person.
  void nameDevice(database, eventId, userId)
    .then((id) => {
      deviceId = id;
    })
    .catch(() => {});
  return { gate, userId };
}

const headersOf = (deviceId: Id<'doorDevice'> | undefined): Record<string, string> =>
  deviceId ? { 'admit-door-device': deviceId } : {};

async function nameDevice(
  database: DeviceDatabase | null,
  eventId: EventId,
  userId: string,
): Promise<Id<'doorDevice'>> {
  const place = `${eventId} ${userId}`;
  const kept = await database?.get<Id<'doorDevice'>>('devices', place);
  if (kept) return kept;
  const { device } = await call(registerOwnDoorDevice, { params: { eventId }, body: { name: deviceName() } });
  await database?.put('devices', place, device.id);
  return device.id;
}

async function findMember(client: QueryClient, database: DeviceDatabase | null): Promise<string> {
  const kept = await database?.get<string>('devices', 'member').catch(() => undefined);
  const asked = client.ensureQueryData(meQuery);
  const late = new Promise<null>((done) => setTimeout(done, patienceMs, null));
  const me = await Promise.race([asked, ...(kept ? [late] : [])]).catch((error) => {
    if (kept && isProblem(error, 'unreachable')) return null;
    throw error;
  });
  if (me) {
    if (me.id !== kept) await database?.put('devices', 'member', me.id).catch(() => {});
    return me.id;
  }
  const isSignedOut = client.getQueryData(meQuery.queryKey) === null;
  if (kept && !isSignedOut) return kept;
  // The session has ended elsewhere. In flight mode, later, the server could not say so.
  if (kept) await forgetMembers(database ?? undefined).catch(() => {});
  await requireMe(client);
  throw new Error('nobody is signed in');
}
