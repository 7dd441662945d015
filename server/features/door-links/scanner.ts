import { doorDeviceHeader } from '../../../contract/door-links.ts';
import { type EventId, idSchema, type UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { findMemberDevice } from './device-store.ts';
import { type DoorCaller, type DoorDeviceId, type Ended, isDevice, type LinkRights } from './door-device.ts';

/** Who and what scans. At least one of person and device is known. */
export interface Scanner {
  userId: UserId | null;
  deviceId: DoorDeviceId | null;
  /** Null for a member of the team, who may scan everything. */
  link: LinkRights | null;
  /** When the link or the device ended. Null while it may scan. Only a batch has a scanner that has ended. */
  ended: Ended | null;
}

/** The scanner of a call. A member's device is looked up once per process. */
export function scannerOf(
  app: App,
  call: {
    caller: DoorCaller;
    params: { eventId: EventId };
    /** Calls of tests and of the demo have no headers. */
    header?(name: string): string | undefined;
  },
): Scanner | Promise<Scanner> {
  const { caller } = call;
  if (isDevice(caller)) {
    const { deviceId, link, ended } = caller;
    return { userId: null, deviceId, link, ended };
  }
  const { userId } = caller;
  const member = memberScanner(userId);
  const named = call.header?.(doorDeviceHeader);
  if (named === undefined) return member;
  return ownDeviceOf(app, userId, named, call.params.eventId).then((deviceId) => ({ ...member, deviceId }));
}

export const memberScanner = (userId: UserId): Scanner => ({
  userId,
  deviceId: null,
  link: null,
  ended: null,
});

/** A device of somebody else, or of another event, is ignored: a guest at the gate must not wait for such a mistake. */
async function ownDeviceOf(
  { db, caches }: App,
  userId: UserId,
  named: string,
  eventId: EventId,
): Promise<DoorDeviceId | null> {
  const id = idSchema('doorDevice').safeParse(named).data;
  if (!id) return null;
  const key = `${id} ${userId}`;
  const known = caches.ownDoorDevices.get(key) ?? (await findMemberDevice(db, id, userId));
  if (known) caches.ownDoorDevices.put(key, known);
  return known === eventId ? id : null;
}
