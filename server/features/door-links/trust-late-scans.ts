import type { App } from '../../app.ts';
import type { Ended } from './door-device.ts';
import { countAnnounced, insertLateScans, lockAnnouncement, selectLateScans } from './late-scans-store.ts';
import type { Scanner } from './scanner.ts';

const hourMs = 3_600_000;

/** A link that expires was taken from nobody: its devices have as long as a manifest lasts to hand in what they scanned before. */
export const mayHandIn = ({ clock, config }: Pick<App, 'clock' | 'config'>, ended: Ended): boolean =>
  !ended.isRevoked && clock.now().getTime() <= ended.at.getTime() + config.doorManifestHours * hourMs;

/**
 * Returns the nonces of those scans that count although the device hands them in after its end. A phone that a manager has
 * revoked may be in wrong hands, and its clock says what its owner wants. So only what it had announced counts: as many scans as
 * its last heartbeat said, from before that heartbeat. Devices of a link that only expired may hand in everything for some hours.
 * The others become conflicts and use no ticket up.
 *
 * `scans` are new to the server. A batch that is sent again gets the same answer, because the nonces are kept.
 */
export async function trustLateScans(
  app: App,
  { deviceId, ended }: Scanner,
  scans: readonly { nonce: string; scannedAt: Date }[],
): Promise<Set<string>> {
  if (!ended || !deviceId || scans.length === 0) return new Set();
  if (mayHandIn(app, ended)) return new Set(scans.map(({ nonce }) => nonce));
  return app.db.transaction(async (trx) => {
    const announcement = await lockAnnouncement(trx, deviceId);
    if (!announcement) return new Set<string>();
    const nonces = [...new Set(scans.map(({ nonce }) => nonce))];
    const trusted = new Set(await selectLateScans(trx, deviceId, nonces));
    const left = announcement.unsynced - (await countAnnounced(trx, deviceId));
    const added = decideLate(scans, trusted, announcement.saidAt, left);
    if (added.length > 0) insertLateScans(trx, deviceId, added);
    for (const nonce of added) trusted.add(nonce);
    return trusted;
  });
}

/** Decision: which new scans fit what is left of an announcement, in their order. */
function decideLate(
  scans: readonly { nonce: string; scannedAt: Date }[],
  known: ReadonlySet<string>,
  saidAt: Date,
  left: number,
): string[] {
  const fitting = scans.filter(({ nonce, scannedAt }) => scannedAt <= saidAt && !known.has(nonce));
  return [...new Set(fitting.map(({ nonce }) => nonce))].slice(0, Math.max(0, left));
}
