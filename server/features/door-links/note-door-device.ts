import { doorDeviceHeader } from '../../../contract/door-links.ts';
import { Refused } from '../../../contract/errors.ts';
import { idSchema } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { mayInEvent } from '../sale/event-team.ts';
import { findMemberDevice, updateDevice } from './device-store.ts';
import type { DoorDeviceId, LinkRights } from './door-device.ts';
import { showRights } from './door-link.ts';
import { findDevice, requireNotEnded } from './find-device.ts';
import { isOfDevice } from './secrets.ts';

interface Said {
  name?: string | undefined;
  batteryPercent?: number | undefined;
  isCharging?: boolean | undefined;
  unsynced: number;
  sentAt: string;
  roundTripMs?: number | undefined;
  manifestVersion?: string | undefined;
}

interface NoteCall {
  caller: Caller | null;
  body: Said;
  header(name: string): string | undefined;
}

/** Keeps what a device says of itself, and tells it how wrong its clock is. */
export async function noteDoorDevice(app: App, call: NoteCall) {
  const { id, link } = await deviceOf(app, call);
  const now = app.clock.now();
  const { body } = call;
  const skewMs = decideSkew(body, now);
  const name = await updateDevice(
    app.db,
    {
      id,
      name: body.name ?? null,
      batteryPercent: body.batteryPercent ?? null,
      isCharging: body.isCharging ?? null,
      unsynced: body.unsynced,
      skewMs,
      manifestVersion: body.manifestVersion ?? null,
    },
    now,
  );
  if (name === null) throw new Refused('not_found');
  return {
    now: now.toISOString(),
    skewMs,
    device: { id, name },
    link: link && { ...showRights(link), events: link.events },
  };
}

const mostSkewMs = 366 * 86_400_000;

/** Decision: how far the device's clock is ahead. The request was on its way for half of a round trip. */
function decideSkew({ sentAt, roundTripMs = 0 }: Said, now: Date): number {
  const skewMs = Math.round(Date.parse(sentAt) + roundTripMs / 2 - now.getTime());
  return Math.min(Math.max(skewMs, -mostSkewMs), mostSkewMs);
}

async function deviceOf(app: App, call: NoteCall): Promise<{ id: DoorDeviceId; link: LinkRights | null }> {
  const authorization = call.header('authorization');
  if (isOfDevice({ authorization })) {
    const device = await findDevice(app, { authorization });
    requireNotEnded(device);
    return { id: device.deviceId, link: device.link };
  }
  if (!call.caller) throw new Refused('unauthenticated');
  const id = idSchema('doorDevice').safeParse(call.header(doorDeviceHeader)).data;
  const eventId = id && (await findMemberDevice(app.db, id, call.caller.userId));
  // A member who has left the team keeps nobody at the door informed.
  if (!id || !eventId || !(await mayInEvent(app, call.caller, eventId, 'door.admit')))
    throw new Refused('not_found');
  return { id, link: null };
}
