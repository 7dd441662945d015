import type { App } from '../../app.ts';
import { takeFromAnnouncement } from './late-scans-store.ts';
import type { Scanner } from './scanner.ts';

/**
 * Takes scans that a device hands in from the number that its last heartbeat announced. Otherwise a thief could hand in as many
 * again after the end of the link.
 */
export async function noteHandedIn(app: App, { deviceId, ended }: Scanner, count: number): Promise<void> {
  if (deviceId && !ended && count > 0) await takeFromAnnouncement(app.db, deviceId, count);
}
