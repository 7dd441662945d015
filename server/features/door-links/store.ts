import type { EventId, Id, OrganisationId, TicketTypeId, UserId } from '../../../contract/ids.ts';
import type { Queryable, Transaction } from '../../data/db.ts';
import type { Covered, DoorLinkId } from './door-device.ts';

// Takes no lock. Links that are made at the same moment may exceed the limit by some; it only keeps the list readable.
const countValid = `
  select count(*)::int as count from door_link_events covered join door_links link on link.id = covered.link_id
  where covered.event_id = $1 and link.revoked_at is null and link.expires_at > $2`;

export const countValidLinks = async (trx: Transaction, eventId: EventId, now: Date): Promise<number> =>
  (await trx.query<{ count: number }>(countValid, [eventId, now]))[0]?.count ?? 0;

// Reads the table of sale.
const typesOfEvents = `select id from ticket_types where event_id = any($1) and id = any($2)`;

/** Which of these ticket types are of these events. */
export const listOwnTicketTypes = async (
  db: Queryable,
  eventIds: EventId[],
  ticketTypeIds: TicketTypeId[],
): Promise<TicketTypeId[]> =>
  (await db.query<{ id: TicketTypeId }>(typesOfEvents, [eventIds, ticketTypeIds])).map(({ id }) => id);

interface NewLinkRow {
  id: DoorLinkId;
  organisationId: OrganisationId;
  label: string;
  gate: string | null;
  ticketTypeIds: TicketTypeId[] | null;
  seesNames: boolean;
  secretHash: Buffer;
  expiresAt: Date;
  createdBy: UserId;
  events: Covered[];
}

// Reads the table of door: its settings belong to the feature below, which asks this one who scans.
const checkpointsOf = `
  select covered.n::int as n
  from unnest($1::text[], $2::text[]) with ordinality as covered (event_id, checkpoint_id, n)
  where checkpoint_id is not null and not exists (
    select from checkpoints
    where checkpoints.event_id = covered.event_id and id = checkpoint_id and removed_at is null)
  order by n limit 1`;

/** The first of these events of which the named checkpoint is none; null if all are theirs. */
export const findForeignCheckpoint = async (db: Queryable, events: Covered[]): Promise<Covered | null> => {
  const values = [events.map(({ eventId }) => eventId), events.map(({ checkpointId }) => checkpointId)];
  const [row] = await db.query<{ n: number }>(checkpointsOf, values);
  return (row && events[row.n - 1]) ?? null;
};

// Reads the table of door and locks its checkpoints against their removal: whoever removes one waits, and then sees the link (selectLinksBesides).
const lockCheckpointsSql = `
  select event_id || ' ' || id as key from checkpoints
  where (event_id, id) in (select * from unnest($1::text[], $2::text[])) and removed_at is null order by event_id, id for share`;

/** Keeps these checkpoints until the transaction ends. Returns false if one of them was removed meanwhile. */
export const lockCheckpoints = async (trx: Transaction, events: Covered[]): Promise<boolean> => {
  const named = events.filter(({ checkpointId }) => checkpointId !== null);
  if (named.length === 0) return true;
  const values = [named.map(({ eventId }) => eventId), named.map(({ checkpointId }) => checkpointId)];
  return (await trx.query(lockCheckpointsSql, values)).length === named.length;
};

const linksAtSql = `
  select link.id, link.label from door_link_events covered join door_links link on link.id = covered.link_id
  where covered.event_id = $1 and checkpoint_id is not null and checkpoint_id <> all($2::text[])
    and link.revoked_at is null and link.expires_at > $3
  order by link.id limit 20`;

/** The valid links of an event that scan at another checkpoint than these. */
export const selectLinksBesides = (
  trx: Transaction,
  eventId: EventId,
  checkpointIds: Id<'checkpoint'>[],
  now: Date,
): Promise<{ id: DoorLinkId; label: string }[]> => trx.query(linksAtSql, [eventId, checkpointIds, now]);

const insertSql = `
  insert into door_links (id, organisation_id, label, gate, ticket_type_ids, sees_names, secret_hash, expires_at, created_by, created_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;
const insertEvents = `
  insert into door_link_events (link_id, event_id, checkpoint_id) select $1, event_id, checkpoint_id
  from unnest($2::text[], $3::text[]) as covered (event_id, checkpoint_id)`;

export function insertLink(trx: Transaction, link: NewLinkRow, now: Date): void {
  trx.write(insertSql, [
    link.id,
    link.organisationId,
    link.label,
    link.gate,
    link.ticketTypeIds,
    link.seesNames,
    link.secretHash,
    link.expiresAt,
    link.createdBy,
    now,
  ]);
  trx.write(insertEvents, [
    link.id,
    link.events.map(({ eventId }) => eventId),
    link.events.map(({ checkpointId }) => checkpointId),
  ]);
}

export interface LinkRow {
  id: DoorLinkId;
  organisation_id: OrganisationId;
  label: string;
  gate: string | null;
  ticket_type_ids: TicketTypeId[] | null;
  sees_names: boolean;
  expires_at: Date;
  revoked_at: Date | null;
  created_by: string;
  created_at: Date;
  devices: number;
  events: Covered[];
}

const columns = `
  link.id, link.organisation_id, link.label, link.gate, link.ticket_type_ids, link.sees_names, link.expires_at,
  link.revoked_at, maker.name as created_by, link.created_at,
  (select count(*)::int from door_devices where link_id = link.id) as devices,
  (
    select json_agg(json_build_object('eventId', event_id, 'checkpointId', checkpoint_id) order by event_id)
    from door_link_events where door_link_events.link_id = link.id
  ) as events`;

// Joins the table of accounts too: the manager waits for one query.
const ofEvent = `
  select ${columns}
  from door_link_events covered
  join door_links link on link.id = covered.link_id
  join users maker on maker.id = link.created_by
  where covered.event_id = $1
  order by link.id desc limit $2`;

/** The links of an event, the newest first. */
export const listLinksOfEvent = (db: Queryable, eventId: EventId, most: number): Promise<LinkRow[]> =>
  db.query<LinkRow>(ofEvent, [eventId, most]);

// Joins the table of accounts, as above.
const oneOfEvent = `
  select ${columns}
  from door_links link
  join users maker on maker.id = link.created_by
  where link.id = $1 and exists (select from door_link_events where link_id = link.id and event_id = $2)
  for update of link`;

export const lockLink = async (trx: Transaction, id: DoorLinkId, eventId: EventId): Promise<LinkRow | null> =>
  (await trx.query<LinkRow>(oneOfEvent, [id, eventId]))[0] ?? null;

const revokeSql = `update door_links set revoked_at = $2 where id = $1`;
export const revokeLink = (trx: Transaction, id: DoorLinkId, now: Date): void =>
  trx.write(revokeSql, [id, now]);
