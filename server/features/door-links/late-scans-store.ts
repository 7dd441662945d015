import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import type { DoorDeviceId } from './door-device.ts';

/** The most scans of an announcement that count after the end: one batch. A device with a network announces a few. */
const mostAnnounced = 500;

// Batches of one device take turns by this lock.
const lockSql = `
  select least(coalesce(unsynced, 0), $2::int) as unsynced, last_seen_at as "saidAt" from door_devices where id = $1
  for no key update`;
/** How many scans the device said that it had, and when it said so. */
export const lockAnnouncement = async (
  trx: Transaction,
  deviceId: DoorDeviceId,
): Promise<{ unsynced: number; saidAt: Date } | null> =>
  (await trx.query<{ unsynced: number; saidAt: Date }>(lockSql, [deviceId, mostAnnounced]))[0] ?? null;

const countSql = `select count(*)::int as count from door_late_scans where device_id = $1`;
/** How many scans of its announcement the device has handed in since its end. */
export const countAnnounced = async (trx: Queryable, deviceId: DoorDeviceId): Promise<number> =>
  (await trx.query<{ count: number }>(countSql, [deviceId]))[0]?.count ?? 0;

const selectSql = `select nonce from door_late_scans where device_id = $1 and nonce = any($2::text[])`;
/** Which of these scans count already. */
export const selectLateScans = async (
  trx: Queryable,
  deviceId: DoorDeviceId,
  nonces: string[],
): Promise<string[]> =>
  (await trx.query<{ nonce: string }>(selectSql, [deviceId, nonces])).map(({ nonce }) => nonce);

const insertSql = `
  insert into door_late_scans (device_id, nonce) select $1, nonce from unnest($2::text[]) as scan (nonce)`;
export const insertLateScans = (trx: Writes, deviceId: DoorDeviceId, nonces: string[]): void =>
  trx.write(insertSql, [deviceId, nonces]);

// Devices that announced nothing write nothing.
const handedInSql = `
  update door_devices set unsynced = greatest(0, unsynced - $2::int) where id = $1 and unsynced > 0`;
/** What a device has handed in is not announced any more. */
export const takeFromAnnouncement = (db: Queryable, deviceId: DoorDeviceId, count: number): Promise<number> =>
  db.run(handedInSql, [deviceId, count]);
