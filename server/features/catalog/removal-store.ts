import type { DecisionId, EventId, OrganisationId } from '../../../contract/ids.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import type { EventColumns } from './store.ts';

/** The removal of an event from the platform. */
export interface RemovalRow {
  removedAt: Date;
  decisionId: DecisionId;
  /** The status that the event had. */
  from: EventColumns['status'];
}

const selectSql = `
  select removed_at as "removedAt", removed_by_decision as "decisionId", removed_from as "from"
  from events where id = $1 and removed_at is not null`;

export const selectRemoval = async (db: Queryable, eventId: EventId): Promise<RemovalRow | null> =>
  (await db.query<RemovalRow>(selectSql, [eventId]))[0] ?? null;

const putSql = `update events set removed_at = $2, removed_by_decision = $3, removed_from = $4 where id = $1`;

/** Writes or ends the removal of an event that this transaction has locked. */
export const putRemoval = (trx: Transaction, eventId: EventId, removal: RemovalRow | null): Promise<number> =>
  trx.run(putSql, [eventId, removal?.removedAt ?? null, removal?.decisionId ?? null, removal?.from ?? null]);

const onSaleSql = `
  select id from events
  where organisation_id = $1 and status = 'published' and coalesce(sale_ends_at, ends_at) > $2 order by id`;

/** Published events of an organisation whose sale has not ended. */
export const selectOnSale = async (
  db: Queryable,
  organisationId: OrganisationId,
  now: Date,
): Promise<EventId[]> =>
  (await db.query<{ id: EventId }>(onSaleSql, [organisationId, now])).map(({ id }) => id);

const suspendedSql = `
  select event_id as id from suspended_sales join events on events.id = event_id where organisation_id = $1 order by event_id`;

export const selectSuspendedSales = async (
  db: Queryable,
  organisationId: OrganisationId,
): Promise<EventId[]> =>
  (await db.query<{ id: EventId }>(suspendedSql, [organisationId])).map(({ id }) => id);

const noteSql = `insert into suspended_sales (event_id) values ($1) on conflict do nothing`;
export const noteSuspendedSale = (trx: Writes, eventId: EventId): void => trx.write(noteSql, [eventId]);

const endSql = `delete from suspended_sales where event_id = $1`;
export const endSuspendedSale = (trx: Transaction, eventId: EventId): Promise<number> =>
  trx.run(endSql, [eventId]);
