import type { EventId, OrganisationId, UserId, WebhookEndpointId } from '../../../contract/ids.ts';
import type { WebhookType } from '../../../contract/webhook-events.ts';
import type { Queryable, Transaction } from '../../data/db.ts';

/** Why an endpoint gets nothing. */
export type DisabledFor = 'person' | 'gone' | 'failures';

export interface EndpointRow {
  id: WebhookEndpointId;
  organisationId: OrganisationId;
  url: string;
  description: string;
  types: WebhookType[];
  withBuyer: boolean;
  sealedSecret: string;
  sealedOldSecret: string | null;
  oldUntil: Date | null;
  version: number;
  createdAt: Date;
  disabledAt: Date | null;
  disabledFor: DisabledFor | null;
  lastSuccessAt: Date | null;
  failingSince: Date | null;
}

const columns = `
  id, organisation_id as "organisationId", url, description, types, with_buyer as "withBuyer",
  sealed_secret as "sealedSecret", sealed_old_secret as "sealedOldSecret", old_until as "oldUntil", version,
  created_at as "createdAt", disabled_at as "disabledAt", disabled_for as "disabledFor",
  last_success_at as "lastSuccessAt", failing_since as "failingSince"`;

const listSql = `select ${columns} from webhook_endpoints where organisation_id = $1 order by id`;
export const listEndpoints = (db: Queryable, organisationId: OrganisationId): Promise<EndpointRow[]> =>
  db.query<EndpointRow>(listSql, [organisationId]);

// Joined with the events, a table of catalog, because the sink asks for a thousand messages at once.
const listForSql = `
  select event.id as "eventId", endpoint.* from events event
    cross join lateral (select ${columns} from webhook_endpoints where organisation_id = event.organisation_id) as endpoint
  where event.id = any($1::text[]) order by endpoint.id`;
/** The endpoints of the organisations of these events, those that are switched off too. */
export const listEndpointsFor = (
  db: Queryable,
  eventIds: EventId[],
): Promise<(EndpointRow & { eventId: EventId })[]> => db.query(listForSql, [eventIds]);

// A share lock waits for a change of the endpoint and keeps the next one waiting. Sinks do not keep each other waiting.
const shareSql = `
  select id, disabled_at is not null as "isOff" from webhook_endpoints where id = any($1::text[]) order by id for share`;
/** Whether endpoints are switched off. They stay as they are until the transaction ends. Leaves out those that were deleted. */
export const shareEndpoints = async (
  trx: Transaction,
  ids: WebhookEndpointId[],
): Promise<Map<WebhookEndpointId, boolean>> => {
  const rows = await trx.query<{ id: WebhookEndpointId; isOff: boolean }>(shareSql, [ids]);
  return new Map(rows.map(({ id, isOff }) => [id, isOff]));
};

const findSql = `select ${columns} from webhook_endpoints where organisation_id = $1 and id = $2`;
export const findEndpoint = async (
  db: Queryable,
  organisationId: OrganisationId,
  id: WebhookEndpointId,
): Promise<EndpointRow | null> => (await db.query<EndpointRow>(findSql, [organisationId, id]))[0] ?? null;

const lockSql = `${findSql} for update`;
export const lockEndpoint = async (
  trx: Transaction,
  organisationId: OrganisationId,
  id: WebhookEndpointId,
): Promise<EndpointRow | null> => (await trx.query<EndpointRow>(lockSql, [organisationId, id]))[0] ?? null;

// Locks the organisation, so that two endpoints that are made at once are counted one after the other: table of organisations.
const lockOrganisationSql = `select id from organisations where id = $1 for no key update`;
const countSql = `select count(*)::int as count from webhook_endpoints where organisation_id = $1`;
/** Counts the endpoints of an organisation, and lets nobody else make one until the transaction ends. */
export async function countEndpoints(trx: Transaction, organisationId: OrganisationId): Promise<number> {
  await trx.query(lockOrganisationSql, [organisationId]);
  const [row] = await trx.query<{ count: number }>(countSql, [organisationId]);
  return row?.count ?? 0;
}

const insertSql = `
  insert into webhook_endpoints (id, organisation_id, url, description, types, with_buyer, sealed_secret, created_by, created_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  returning ${columns}`;
export const insertEndpoint = async (
  trx: Transaction,
  endpoint: Pick<
    EndpointRow,
    'id' | 'organisationId' | 'url' | 'description' | 'types' | 'withBuyer' | 'sealedSecret' | 'createdAt'
  > & { createdBy: UserId },
): Promise<EndpointRow> =>
  (
    await trx.query<EndpointRow>(insertSql, [
      endpoint.id,
      endpoint.organisationId,
      endpoint.url,
      endpoint.description,
      endpoint.types,
      endpoint.withBuyer,
      endpoint.sealedSecret,
      endpoint.createdBy,
      endpoint.createdAt,
    ])
  )[0] as EndpointRow;

const updateSql = `
  update webhook_endpoints set url = $2, description = $3, types = $4, with_buyer = $5, disabled_at = $6, disabled_for = $7,
    failing_since = case when $8 then null else failing_since end, version = version + 1
  where id = $1
  returning ${columns}`;
/** `isFresh` forgets since when it has failed: it has another address, or was switched on. */
export const updateEndpoint = async (
  trx: Transaction,
  endpoint: EndpointRow,
  isFresh: boolean,
): Promise<EndpointRow> =>
  (
    await trx.query<EndpointRow>(updateSql, [
      endpoint.id,
      endpoint.url,
      endpoint.description,
      endpoint.types,
      endpoint.withBuyer,
      endpoint.disabledAt,
      endpoint.disabledFor,
      isFresh,
    ])
  )[0] as EndpointRow;

const rotateSql = `
  update webhook_endpoints set sealed_secret = $2, sealed_old_secret = $3, old_until = $4
  where id = $1
  returning ${columns}`;
export const rotateSecret = async (
  trx: Transaction,
  id: WebhookEndpointId,
  sealed: { secret: string; old: string | null; oldUntil: Date | null },
): Promise<EndpointRow> =>
  (
    await trx.query<EndpointRow>(rotateSql, [id, sealed.secret, sealed.old, sealed.oldUntil])
  )[0] as EndpointRow;

const deleteSql = `delete from webhook_endpoints where id = $1`;
export const deleteEndpoint = (trx: Transaction, id: WebhookEndpointId): Promise<number> =>
  trx.run(deleteSql, [id]);

// The endpoint's row is locked before its deliveries (docs/locks.md).
// A receiver that works is noted once a minute, so that its webhooks do not wait for one row.
const noteSuccessSql = `
  update webhook_endpoints set last_success_at = $2, failing_since = null
  where id = $1 and (failing_since is not null or last_success_at is null
    or last_success_at <= $2::timestamptz - interval '1 minute')`;
const noteFailureSql = `
  update webhook_endpoints set failing_since = coalesce(failing_since, $2) where id = $1 returning ${columns}`;
export const noteSuccess = (trx: Transaction, id: WebhookEndpointId, now: Date): Promise<number> =>
  trx.run(noteSuccessSql, [id, now]);
/** Null if the endpoint was deleted. */
export const noteFailure = async (
  trx: Transaction,
  id: WebhookEndpointId,
  now: Date,
): Promise<EndpointRow | null> => (await trx.query<EndpointRow>(noteFailureSql, [id, now]))[0] ?? null;
