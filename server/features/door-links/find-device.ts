import { Refused } from '../../../contract/errors.ts';
import type { App } from '../../app.ts';
import { findDeviceOfToken } from './device-store.ts';
import { type DeviceCaller, decideEnd, type KnownDevice } from './door-device.ts';
import { hashOf, tokenOf } from './secrets.ts';

type Parts = Pick<App, 'db' | 'caches' | 'notices' | 'clock'>;

/**
 * Finds the device that sends these headers, also one that has ended. Throws `unauthenticated` if the token is of no
 * device.
 *
 * The cache has the look-up itself and gets it before the database is asked. A revocation that commits meanwhile drops it
 * (server/caches.ts), so what was read before a revocation answers only requests that had begun before it. A process that
 * cannot hear of revocations asks the database each time.
 */
export async function findDevice(
  app: Parts,
  headers: { authorization?: string | undefined },
): Promise<DeviceCaller> {
  const token = tokenOf(headers);
  const device = token && (await readDevice(app, token));
  if (!device) throw new Refused('unauthenticated');
  const { id: deviceId, link, revokedAt } = device;
  return { kind: 'device', deviceId, link, ended: decideEnd(link, revokedAt, app.clock.now()) };
}

function readDevice({ db, caches, notices }: Parts, token: string): Promise<KnownDevice | null> {
  const hash = hashOf(token);
  if (!notices.isLive()) return findDeviceOfToken(db, hash);
  const key = hash.toString('base64url');
  const known = caches.doorDevices.get(key);
  if (known) return known;
  const reading = findDeviceOfToken(db, hash);
  caches.doorDevices.put(key, reading);
  const forget = () => {
    if (caches.doorDevices.get(key) === reading) caches.doorDevices.forget(key);
  };
  // A failure is not kept, and neither is an unknown token: strangers could fill the cache with them.
  reading.then((device) => device ?? forget(), forget);
  return reading;
}

/** Refuses a device whose link was revoked or has expired. */
export function requireNotEnded({ ended }: Pick<DeviceCaller, 'ended'>): void {
  if (ended) throw new Refused('door_link_ended', { reason: ended.reason, endedAt: ended.at.toISOString() });
}

/** Drops every cached device of this process. Revocations are rare, and each device is read again once. */
export const forgetDevices = ({ caches }: Pick<App, 'caches'>): void => caches.doorDevices.clear();
