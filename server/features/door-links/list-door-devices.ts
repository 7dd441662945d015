import type { DoorDevice } from '../../../contract/door-links.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ListedDevice, listDevicesOfEvent } from './device-store.ts';
import { decideEnd } from './door-device.ts';

const mostShown = 500;

export async function listDoorDevices(app: App, call: { params: { eventId: EventId } }) {
  const rows = await listDevicesOfEvent(app.db, call.params.eventId, mostShown);
  return { items: rows.map((row) => showDevice(row, app.clock.now())) };
}

function showDevice(row: ListedDevice, now: Date): DoorDevice {
  const ended =
    row.link_expires_at &&
    decideEnd({ expiresAt: row.link_expires_at, revokedAt: row.link_revoked_at }, row.revoked_at, now);
  return {
    id: row.id,
    name: row.name,
    linkId: row.link_id,
    person: row.person,
    state: ended?.reason ?? 'valid',
    registeredAt: row.registered_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    batteryPercent: row.battery_percent,
    isCharging: row.is_charging,
    unsynced: row.unsynced,
    skewMs: row.skew_ms,
    manifestVersion: row.manifest_version,
  };
}
