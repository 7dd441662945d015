import type { EventId, OrderId, PassId, TicketId } from '../../../contract/ids.ts';
import type { PassWallet } from '../../../contract/wallet-passes.ts';
import type { Queryable } from '../../data/db.ts';
import type { PassRow } from './pass.ts';

const columns = `id, event_id as "eventId", order_id as "orderId", ticket_id as "ticketId", issue, wallet, language, digest,
  changed_at as "changedAt", told_digest as "toldDigest"`;

const putSql = `
  insert into wallet_passes (id, event_id, order_id, ticket_id, issue, wallet, language, digest, changed_at, told_digest,
    created_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, date_trunc('second', $9::timestamptz), case $6 when 'apple' then $8 end, $9)
  on conflict (ticket_id, issue, wallet) do update set digest = excluded.digest,
    changed_at = case when wallet_passes.digest = excluded.digest then wallet_passes.changed_at
      else greatest(excluded.changed_at, wallet_passes.changed_at + interval '1 second') end
  returning ${columns}`;

/** Makes the pass of an issue of a ticket, or returns the one that there is. Whoever makes one for Apple Wallet downloads it at once. */
export async function putPass(
  db: Queryable,
  pass: {
    id: PassId;
    eventId: EventId;
    orderId: OrderId;
    ticketId: TicketId;
    issue: number;
    wallet: PassWallet;
    language: string;
    digest: string;
  },
  now: Date,
): Promise<PassRow> {
  const { id, eventId, orderId, ticketId, issue, wallet, language, digest } = pass;
  const values = [id, eventId, orderId, ticketId, issue, wallet, language, digest, now];
  const [row] = await db.query<PassRow>(putSql, values);
  return row as PassRow;
}

const findOneSql = `select ${columns} from wallet_passes where id = $1`;
export const findPass = async (db: Queryable, id: PassId): Promise<PassRow | null> =>
  (await db.query<PassRow>(findOneSql, [id]))[0] ?? null;

const findOfTicketSql = `select ${columns} from wallet_passes where ticket_id = $1 and issue = $2 and wallet = $3`;
export const findPassOfTicket = async (
  db: Queryable,
  ticketId: TicketId,
  issue: number,
  wallet: PassWallet,
): Promise<PassRow | null> =>
  (await db.query<PassRow>(findOfTicketSql, [ticketId, issue, wallet]))[0] ?? null;

const ofEventSql = `select id from wallet_passes where event_id = $1 and id > $2 order by id limit $3`;
export const listPassesOfEvent = async (
  db: Queryable,
  eventId: EventId,
  after: PassId | null,
  limit: number,
): Promise<PassId[]> =>
  (await db.query<{ id: PassId }>(ofEventSql, [eventId, after ?? '', limit])).map(({ id }) => id);

const classesSql = `select distinct language from wallet_passes where event_id = $1 and wallet = 'google' order by language`;
/** The languages in which an event has passes for Google Wallet. */
export const listClassLanguages = async (db: Queryable, eventId: EventId): Promise<PassRow['language'][]> =>
  (await db.query<Pick<PassRow, 'language'>>(classesSql, [eventId])).map(({ language }) => language);

// Reads the table of organisations and a table of catalog: a pass names the organiser of its event as it is called now.
const organiserSql = `
  select organisations.name from events join organisations on organisations.id = events.organisation_id where events.id = $1`;
export const findOrganiserName = async (db: Queryable, eventId: EventId): Promise<string> =>
  (await db.query<{ name: string }>(organiserSql, [eventId]))[0]?.name ?? '';

const changeSql = `
  update wallet_passes set digest = $3,
    changed_at = greatest(date_trunc('second', $4::timestamptz), changed_at + interval '1 second')
  where id = $1 and digest = $2
  returning changed_at as "changedAt"`;
/** Notes that a pass says something else. Null if somebody else has noted a change meanwhile. */
export const noteChange = async (
  db: Queryable,
  { id, digest: before }: PassRow,
  digest: string,
  now: Date,
): Promise<Date | null> =>
  (await db.query<{ changedAt: Date }>(changeSql, [id, before, digest, now]))[0]?.changedAt ?? null;

const toldSql = `update wallet_passes set told_digest = $2 where id = $1`;
export const noteTold = (db: Queryable, id: PassId, digest: string): Promise<number> =>
  db.run(toldSql, [id, digest]);

// A device that is new takes a place only if one is free. Two new devices at once may both take the last one.
const registerSql = `
  insert into wallet_devices (pass_id, device_id, push_token, registered_at)
  select $1, $2, $3, $4
  where (select count(*) from wallet_devices where pass_id = $1 and device_id <> $2) < $5
  on conflict (pass_id, device_id) do update set push_token = excluded.push_token
  returning (xmax = 0) as "isNew"`;
/** null: the pass is on as many devices as it may be. */
export async function registerDevice(
  db: Queryable,
  device: { passId: PassId; deviceId: string; pushToken: string },
  most: number,
  now: Date,
): Promise<'new' | 'known' | null> {
  const { passId, deviceId, pushToken } = device;
  const [row] = await db.query<{ isNew: boolean }>(registerSql, [passId, deviceId, pushToken, now, most]);
  return row ? (row.isNew ? 'new' : 'known') : null;
}

const unregisterSql = `delete from wallet_devices where pass_id = $1 and device_id = $2`;
export const unregisterDevice = (db: Queryable, passId: PassId, deviceId: string): Promise<number> =>
  db.run(unregisterSql, [passId, deviceId]);

const changedSql = `
  select pass.id, pass.changed_at as "changedAt" from wallet_devices device
  join wallet_passes pass on pass.id = device.pass_id
  where device.device_id = $1 and ($2::timestamptz is null or pass.changed_at > $2)
  order by pass.id limit 1000`;
export const listChangedOf = (
  db: Queryable,
  deviceId: string,
  since: Date | null,
): Promise<{ id: PassId; changedAt: Date }[]> => db.query(changedSql, [deviceId, since]);

const tokensSql = `select distinct push_token as token from wallet_devices where pass_id = $1 order by token`;
export const listPushTokens = async (db: Queryable, passId: PassId): Promise<string[]> =>
  (await db.query<{ token: string }>(tokensSql, [passId])).map(({ token }) => token);

const forgetTokenSql = `delete from wallet_devices where push_token = $1`;
export const forgetPushToken = (db: Queryable, token: string): Promise<number> =>
  db.run(forgetTokenSql, [token]);

// Reads a table of catalog, which says when an event is over.
const forgetOldSql = `
  delete from wallet_devices where (pass_id, device_id) in (
    select device.pass_id, device.device_id from events
    join wallet_passes pass on pass.event_id = events.id
    join wallet_devices device on device.pass_id = pass.id
    where events.ends_at < $1 limit 1000)`;
/** Forgets up to a thousand devices with passes of events that ended before an instant. */
export const deleteOldDevices = (db: Queryable, before: Date): Promise<number> =>
  db.run(forgetOldSql, [before]);
