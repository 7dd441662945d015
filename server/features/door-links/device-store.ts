import type { EventId, Id, OrganisationId, TicketTypeId, UserId } from '../../../contract/ids.ts';
import type { Queryable, Transaction } from '../../data/db.ts';
import type { Covered, DoorDeviceId, DoorLinkId, KnownDevice, LinkRights } from './door-device.ts';

interface RightsRow {
  link_id: DoorLinkId;
  organisation_id: OrganisationId;
  label: string;
  gate: string | null;
  ticket_type_ids: TicketTypeId[] | null;
  sees_names: boolean;
  expires_at: Date;
  revoked_at: Date | null;
  events: Covered[];
}

const rights = `link.id as link_id, link.organisation_id, link.label, link.gate, link.ticket_type_ids, link.sees_names,
    link.expires_at, link.revoked_at, (
      select coalesce(json_agg(json_build_object('eventId', event_id, 'checkpointId', checkpoint_id) order by event_id), '[]')
      from door_link_events where door_link_events.link_id = link.id
    ) as events`;

const toRights = (row: RightsRow): LinkRights => ({
  id: row.link_id,
  organisationId: row.organisation_id,
  label: row.label,
  gate: row.gate,
  ticketTypeIds: row.ticket_type_ids,
  seesNames: row.sees_names,
  expiresAt: row.expires_at,
  revokedAt: row.revoked_at,
  events: row.events,
});

const ofToken = `
  select device.id as device_id, device.revoked_at as device_revoked_at, ${rights}
  from door_devices device join door_links link on link.id = device.link_id
  where device.token_hash = $1`;

/** The device with this token, also one that has ended; null if there is none. */
export async function findDeviceOfToken(db: Queryable, tokenHash: Buffer): Promise<KnownDevice | null> {
  type Row = RightsRow & { device_id: DoorDeviceId; device_revoked_at: Date | null };
  const [row] = await db.query<Row>(ofToken, [tokenHash]);
  return row ? { id: row.device_id, revokedAt: row.device_revoked_at, link: toRights(row) } : null;
}

// Locks the link, so that devices that register at once are counted one after the other, and none registers after the
// link was revoked.
const ofSecret = `select ${rights} from door_links link where secret_hash = $1 for update`;

export async function lockLinkOfSecret(trx: Transaction, secretHash: Buffer): Promise<LinkRights | null> {
  const [row] = await trx.query<RightsRow>(ofSecret, [secretHash]);
  return row ? toRights(row) : null;
}

const countOfLink = `select count(*)::int as count from door_devices where link_id = $1 and revoked_at is null`;

/** Counts the devices that have not been ended. In a statement of its own: one that waits for the link's lock does not see what the winner has inserted. */
export const countDevices = async (trx: Transaction, linkId: DoorLinkId): Promise<number> =>
  (await trx.query<{ count: number }>(countOfLink, [linkId]))[0]?.count ?? 0;

// Reads the table of catalog: the device shows which events it is for before it has read anything else.
const coveredEvents = `
  select event.id as "eventId", covered.checkpoint_id as "checkpointId", event.title, event.starts_at as "startsAt",
    event.ends_at as "endsAt", event.time_zone as "timeZone"
  from door_link_events covered join events event on event.id = covered.event_id
  where covered.link_id = $1 order by event.starts_at, event.id`;

interface CoveredEvent extends Covered {
  title: string;
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
}

export const listCoveredEvents = (db: Queryable, linkId: DoorLinkId): Promise<CoveredEvent[]> =>
  db.query<CoveredEvent>(coveredEvents, [linkId]);

const insertOfLink = `
  insert into door_devices (id, link_id, name, token_hash, registered_at, last_seen_at) values ($1, $2, $3, $4, $5, $5)`;

export const insertLinkDevice = (
  trx: Transaction,
  device: { id: DoorDeviceId; linkId: DoorLinkId; name: string; tokenHash: Buffer },
  now: Date,
): void => trx.write(insertOfLink, [device.id, device.linkId, device.name, device.tokenHash, now]);

const insertOfMember = `
  insert into door_devices (id, user_id, event_id, name, registered_at, last_seen_at)
  select $1, $2, $3, $4, $5, $5
  where (select count(*) from door_devices where user_id = $2 and event_id = $3) < $6`;

/** Returns false if the member has as many devices at this event as one may have. */
export const insertMemberDevice = async (
  trx: Transaction,
  device: { id: DoorDeviceId; userId: UserId; eventId: EventId; name: string },
  now: Date,
  most: number,
): Promise<boolean> =>
  (await trx.run(insertOfMember, [device.id, device.userId, device.eventId, device.name, now, most])) === 1;

const ofMember = `select event_id from door_devices where id = $1 and user_id = $2`;

/** The event of a member's own device; null if it is not theirs. */
export const findMemberDevice = async (
  db: Queryable,
  id: DoorDeviceId,
  userId: UserId,
): Promise<EventId | null> =>
  (await db.query<{ event_id: EventId }>(ofMember, [id, userId]))[0]?.event_id ?? null;

interface DeviceNote {
  id: DoorDeviceId;
  name: string | null;
  batteryPercent: number | null;
  isCharging: boolean | null;
  unsynced: number;
  skewMs: number;
  manifestVersion: string | null;
}

const note = `
  update door_devices set last_seen_at = $2, name = coalesce($3, name), battery_percent = $4, is_charging = $5,
    unsynced = $6, skew_ms = $7, manifest_version = coalesce($8, manifest_version)
  where id = $1 returning name`;

/** Writes what a device says of itself. Returns its name; null if the device is gone. */
export const updateDevice = async (db: Queryable, device: DeviceNote, now: Date): Promise<string | null> =>
  (
    await db.query<{ name: string }>(note, [
      device.id,
      now,
      device.name,
      device.batteryPercent,
      device.isCharging,
      device.unsynced,
      device.skewMs,
      device.manifestVersion,
    ])
  )[0]?.name ?? null;

// Reads the names of members from the table of accounts.
const devicesOfEvent = `
  select device.id, device.name, device.link_id, account.name as person, device.revoked_at, device.registered_at,
    device.last_seen_at, device.battery_percent, device.is_charging, device.unsynced, device.skew_ms::float8 as skew_ms,
    device.manifest_version, link.expires_at as link_expires_at, link.revoked_at as link_revoked_at
  from (
    select device.* from door_link_events covered join door_devices device on device.link_id = covered.link_id
    where covered.event_id = $1
    union all
    select * from door_devices where event_id = $1
  ) as device
  left join door_links link on link.id = device.link_id
  left join users account on account.id = device.user_id
  order by device.last_seen_at desc, device.id limit $2`;

export interface ListedDevice {
  id: DoorDeviceId;
  name: string;
  link_id: DoorLinkId | null;
  person: string | null;
  revoked_at: Date | null;
  registered_at: Date;
  last_seen_at: Date;
  battery_percent: number | null;
  is_charging: boolean | null;
  unsynced: number | null;
  skew_ms: number | null;
  manifest_version: string | null;
  link_expires_at: Date | null;
  link_revoked_at: Date | null;
}

export const listDevicesOfEvent = (db: Queryable, eventId: EventId, most: number): Promise<ListedDevice[]> =>
  db.query<ListedDevice>(devicesOfEvent, [eventId, most]);

const revoke = `
  update door_devices set revoked_at = $3
  where id = $1 and revoked_at is null
    and exists (select from door_link_events where link_id = door_devices.link_id and event_id = $2)
  returning name`;

/** Ends a device of a link of this event. Returns its name; null if there is none that is valid. */
export const revokeLinkDevice = async (
  trx: Transaction,
  id: Id<'doorDevice'>,
  eventId: EventId,
  now: Date,
): Promise<string | null> => (await trx.query<{ name: string }>(revoke, [id, eventId, now]))[0]?.name ?? null;

const isThere = `
  select from door_devices
  where id = $1 and exists (select from door_link_events where link_id = door_devices.link_id and event_id = $2)`;
export const isLinkDevice = async (db: Queryable, id: DoorDeviceId, eventId: EventId): Promise<boolean> =>
  (await db.query(isThere, [id, eventId])).length > 0;
