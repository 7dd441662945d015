import { registerDoorDevice } from '../../../../../client/endpoints.generated.ts';
import { ApiProblem } from '../../../../../client/problem.ts';
import { type EventId, type Id, idPrefixes } from '../../../../../contract/ids.ts';
import { call } from '../../../api/call.ts';
import { nowMs } from '../../../ui/clock.ts';
import { type DeviceDatabase, openDeviceDatabase } from './device-database.ts';
import type { Gate } from './gate.ts';
import { gateFor } from './gates.ts';
import type { Credentials } from './hand-in-others.ts';

/** What this device got when it opened a door link. */
export interface Registration {
  /** The first letters of the link's secret: enough to know the link again, and useless without the rest. */
  mark: string;
  token: string;
  device: { id: Id<'doorDevice'>; name: string };
  link: { label: string; gate: string | null; expiresAt: string };
  /** When it was opened, by the device's clock. */
  openedMs: number;
  events: {
    eventId: EventId;
    checkpointId: Id<'checkpoint'> | null;
    title: string;
    startsAt: string;
    timeZone: string;
  }[];
}

/** Of a browser that keeps nothing. */
let unkept: Registration[] = [];

/** What this device has opened and may still scan with, the latest first: that one counts where two are for one event. */
export const ownRegistrations = async (): Promise<Registration[]> =>
  (await allRegistrations()).filter((own) => !isOver(own));

/** The clock of the device may be ahead, so a day is left. The gate refuses by the server's time. */
const isOver = ({ link }: Registration): boolean => Date.parse(link.expiresAt) + 86_400_000 < nowMs();

async function allRegistrations(given?: DeviceDatabase): Promise<Registration[]> {
  const database = given ?? (await openDeviceDatabase().catch(() => null));
  const kept = (await database?.all<Registration>('devices', 'link').catch(() => [])) ?? [];
  const byDevice = new Map([...unkept, ...kept].map((each) => [each.device.id, each]));
  return [...byDevice.values()].sort((a, b) => b.openedMs - a.openedMs);
}

/** The registration of this device by the link with a secret. */
export const registrationOf = (secret: string, all: Registration[]): Registration | null =>
  all.find(({ mark }) => mark === markOf(secret)) ?? null;

/** Opens a link: the device registers with its secret, and keeps the token that it gets. */
export async function openLink(secret: string, name: string): Promise<Registration> {
  const { token, device, link, events } = await call(registerDoorDevice, { body: { secret, name } });
  const own = { mark: markOf(secret), token, device, link, events, openedMs: nowMs() };
  unkept = [own, ...unkept];
  const database = await openDeviceDatabase().catch(() => null);
  await database?.put('devices', ['link', device.id], own).catch(() => {});
  if (database) await forgetOver(database).catch(() => {});
  return own;
}

/** Tokens of links that are over, and with which nothing waits to be handed in. */
async function forgetOver(database: DeviceDatabase): Promise<void> {
  const scopes = await database.scopes('scans');
  const waits = ({ device }: Registration) => scopes.some((scope) => scope.endsWith(` ${device.id}`));
  const over = (await allRegistrations()).filter((own) => isOver(own) && !waits(own));
  await database.remove(
    'devices',
    over.map(({ device }) => ['link', device.id]),
  );
}

const markOf = (secret: string) => secret.slice(0, 8);

/** How many scans of other gates of this device wait: those that it hands in by itself, and those that need a member's session. */
export async function countWaiting(given?: DeviceDatabase): Promise<{ own: number; ofMembers: number }> {
  const database = given ?? (await openDeviceDatabase().catch(() => null));
  const devices = new Set((await allRegistrations(given)).map(({ device }) => `${device.id}`));
  const waiting = { own: 0, ofMembers: 0 };
  for (const scope of (await database?.scopes('scans').catch(() => [])) ?? []) {
    const whoId = scope.split(' ')[1] ?? '';
    const isOwn = devices.has(whoId);
    const isMembers = !whoId.startsWith(`${idPrefixes.doorDevice}_`);
    if (!isOwn && !isMembers) continue;
    waiting[isOwn ? 'own' : 'ofMembers'] += (await database?.all('scans', scope))?.length ?? 0;
  }
  return waiting;
}

/** The access of a device of a link. The scheme is that of contract/door-links.ts, which brings its schemas along. */
export const deviceCredentials: Credentials = async (whoId) => {
  const own = (await allRegistrations()).find(({ device }) => device.id === whoId);
  return own ? { authorization: `Door ${own.token}` } : null;
};

/** The gate of a device that has opened a link; null if another tab has it. Throws if this device has not, or for other events only. */
export async function deviceGate(
  eventId: EventId,
): Promise<{ gate: Gate | null; registration: Registration }> {
  const own = await ownRegistrations();
  const registration = own.find(({ events }) => events.some((event) => event.eventId === eventId));
  if (!registration)
    throw new ApiProblem({
      code: 'not_found',
      status: 404,
      title: 'This device has no link for this event.',
    });
  const database = await openDeviceDatabase().catch(() => null);
  const headers = { authorization: `Door ${registration.token}` };
  const gate = await gateFor(eventId, database, {
    id: registration.device.id,
    headers: () => headers,
    endsMs: Date.parse(registration.link.expiresAt),
    credentials: deviceCredentials,
  });
  return { gate, registration };
}
