import { registerDoorDevice } from '../../../../../client/endpoints.generated.ts';
import { ApiProblem } from '../../../../../client/problem.ts';
import type { EventId, Id } from '../../../../../contract/ids.ts';
import { call } from '../../../api/call.ts';
import { openDeviceDatabase } from './device-database.ts';
import type { Gate } from './gate.ts';
import { gateFor } from './gates.ts';

/** What this device got when it opened a door link. */
export interface Registration {
  /** The first letters of the link's secret: enough to know the link again, and useless without the rest. */
  mark: string;
  token: string;
  device: { id: Id<'doorDevice'>; name: string };
  link: { label: string; gate: string | null; expiresAt: string };
  events: {
    eventId: EventId;
    checkpointId: Id<'checkpoint'> | null;
    title: string;
    startsAt: string;
    timeZone: string;
  }[];
}

/** Of a browser that keeps nothing. */
let unkept: Registration | null = null;

/** The registration that the device has; with a secret, only if it is of that link. */
export async function ownRegistration(secret?: string): Promise<Registration | null> {
  const database = await openDeviceDatabase().catch(() => null);
  const kept = await database?.get<Registration>('devices', 'link').catch(() => undefined);
  const own = kept ?? unkept;
  return own && (!secret || own.mark === markOf(secret)) ? own : null;
}

/** Opens a link: the device registers with its secret, and keeps the token that it gets. */
export async function openLink(secret: string, name: string): Promise<Registration> {
  const { token, device, link, events } = await call(registerDoorDevice, { body: { secret, name } });
  unkept = { mark: markOf(secret), token, device, link, events };
  const database = await openDeviceDatabase().catch(() => null);
  await database?.put('devices', 'link', unkept).catch(() => {});
  return unkept;
}

const markOf = (secret: string) => secret.slice(0, 8);

/** The gate of a device that has opened a link. Throws if this device has not, or if the link is for other events. */
export async function deviceGate(eventId: EventId): Promise<{ gate: Gate; registration: Registration }> {
  const registration = await ownRegistration();
  if (!registration?.events.some((event) => event.eventId === eventId))
    throw new ApiProblem({
      code: 'not_found',
      status: 404,
      title: 'This device has no link for this event.',
    });
  const database = await openDeviceDatabase().catch(() => null);
  // The scheme is that of contract/door-links.ts, which brings its schemas along.
  const headers = { authorization: `Door ${registration.token}` };
  const gate = await gateFor(eventId, database, {
    id: registration.device.id,
    headers: () => headers,
    endsMs: Date.parse(registration.link.expiresAt),
  });
  return { gate, registration };
}
