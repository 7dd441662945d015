import type { EventId, OrderId, TicketId, TransferId, UserId } from '../../../contract/ids.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import type { TransferRow } from './transfer.ts';
import type { OfferEnd } from './transfer-mails.ts';

// Reads the table of tickets: a ticket that was used or cancelled ends its offer without a write to this table.
const select = `
  select transfer.id, transfer.group_id as "groupId", transfer.event_id as "eventId", transfer.ticket_id as "ticketId", transfer.order_id as "orderId",
    from_transfer_id as "fromTransferId", from_user_id as "fromUserId", from_name as "fromName", from_email as "fromEmail",
    from_language as "fromLanguage", to_email as "toEmail", to_language as "toLanguage", to_user_id as "toUserId",
    to_name as "toName", message, created_at as "createdAt", expires_at as "expiresAt", ended_at as "endedAt",
    ended_as as "endedAs", ticket.status as "ticketStatus", ticket.transfer_id as "heldBy", ticket.resale_id as "resaleId"
  from ticket_transfers transfer
    join tickets ticket on ticket.id = transfer.ticket_id and ticket.event_id = transfer.event_id`;

const byId = `${select} where transfer.id = $1`;
export const findTransfer = async (db: Queryable, id: TransferId): Promise<TransferRow | null> =>
  (await db.query<TransferRow>(byId, [id]))[0] ?? null;

const locked = `${select} where transfer.id = $1 for no key update of transfer`;
/** Reads and locks a transfer, after its ticket. A job or the deletion of an account may end it without the ticket's lock. */
export const lockTransfer = async (trx: Transaction, id: TransferId): Promise<TransferRow | null> =>
  (await trx.query<TransferRow>(locked, [id]))[0] ?? null;

const ofGroup = `${select} where transfer.group_id = $1 order by transfer.id`;
export const selectGroup = (db: Queryable, groupId: TransferId): Promise<TransferRow[]> =>
  db.query<TransferRow>(ofGroup, [groupId]);

const openOf = `${select} where transfer.ticket_id = $1 and transfer.ended_at is null`;
export const findOpenTransfer = async (db: Queryable, ticketId: TicketId): Promise<TransferRow | null> =>
  (await db.query<TransferRow>(openOf, [ticketId]))[0] ?? null;

const ofTicket = `${select} where transfer.ticket_id = $1 order by transfer.id`;
export const selectOfTicket = (db: Queryable, ticketId: TicketId): Promise<TransferRow[]> =>
  db.query<TransferRow>(ofTicket, [ticketId]);

const ofOrder = `${select} where transfer.order_id = $1 order by transfer.id`;
export const selectOfOrder = (db: Queryable, orderId: OrderId): Promise<TransferRow[]> =>
  db.query<TransferRow>(ofOrder, [orderId]);

const ofUser = `${select} where transfer.from_user_id = $1 or transfer.to_user_id = $1 order by transfer.id`;
export const selectOfUser = (db: Queryable, userId: UserId): Promise<TransferRow[]> =>
  db.query<TransferRow>(ofUser, [userId]);

const insertOne = `
  insert into ticket_transfers (id, event_id, ticket_id, order_id, from_transfer_id, from_user_id, from_name, from_email,
    from_language, to_email, to_language, message, created_at, expires_at, group_id)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`;
export const insertTransfer = (
  trx: Transaction,
  row: Omit<
    TransferRow,
    'toUserId' | 'toName' | 'endedAt' | 'endedAs' | 'ticketStatus' | 'heldBy' | 'resaleId'
  >,
): Promise<number> =>
  trx.run(insertOne, [
    row.id,
    row.eventId,
    row.ticketId,
    row.orderId,
    row.fromTransferId,
    row.fromUserId,
    row.fromName,
    row.fromEmail,
    row.fromLanguage,
    row.toEmail,
    row.toLanguage,
    row.message,
    row.createdAt,
    row.expiresAt,
    row.groupId,
  ]);

const endOne = `
  update ticket_transfers set ended_at = $2, ended_as = $3 where id = $1 and ended_at is null`;
/** Ends an open transfer that nobody has accepted. */
export const endTransfer = (trx: Writes, id: TransferId, as: OfferEnd, now: Date): void =>
  trx.write(endOne, [id, now, as]);

const acceptOne = `
  update ticket_transfers
  set ended_at = $2, ended_as = 'accepted', to_user_id = $3, to_name = $4, to_language = $5
  where id = $1 and ended_at is null`;
export const recordAcceptance = (
  trx: Writes,
  id: TransferId,
  by: { userId: UserId; name: string; language: string },
  now: Date,
): void => trx.write(acceptOne, [id, now, by.userId, by.name, by.language]);

// Skips transfers that somebody is answering. The next run ends them. Reads the table of tickets as above.
const expireAll = `
  with due as materialized (
    select transfer.id, transfer.group_id as "groupId", transfer.event_id, ticket.status
    from ticket_transfers transfer
      join tickets ticket on ticket.id = transfer.ticket_id and ticket.event_id = transfer.event_id
    where transfer.ended_at is null and transfer.expires_at <= $1
    order by transfer.expires_at limit $2
    for no key update of transfer skip locked
  )
  update ticket_transfers set ended_at = expires_at, ended_as = case when due.status = 'valid' then 'expired' else 'void' end
  from due where ticket_transfers.id = due.id and ticket_transfers.event_id = due.event_id
  returning ticket_transfers.id, ended_as as "endedAs"`;
export const expireDue = (
  trx: Transaction,
  now: Date,
  limit: number,
): Promise<{ id: TransferId; endedAs: 'expired' | 'void' }[]> => trx.query(expireAll, [now, limit]);

// Reads the table of tickets: which valid tickets of these orders are held by somebody else than the buyer.
const heldSql = `
  select transfer_id as id from tickets
  where event_id = $1 and order_id = any($2::text[]) and transfer_id is not null and status = 'valid'
  order by id`;
export const selectHeld = async (
  db: Queryable,
  eventId: EventId,
  orderIds: OrderId[],
): Promise<TransferId[]> =>
  (await db.query<{ id: TransferId }>(heldSql, [eventId, orderIds])).map(({ id }) => id);

const moveSql = [
  `update ticket_transfers set from_user_id = $2 where from_user_id = $1`,
  `update ticket_transfers set to_user_id = $2 where to_user_id = $1`,
];
/** Gives the transfers of a guest to an account. The caller has locked the tickets. */
export async function moveTransfersOf(trx: Transaction, from: UserId, to: UserId): Promise<void> {
  for (const statement of moveSql) await trx.run(statement, [from, to]);
}

const eraseSql = `
  update ticket_transfers
  set from_name = null, from_email = null, to_email = null, to_name = null, message = null
  where event_id = $1 and order_id = any($2::text[])`;
const eraseRenamesSql = `
  update ticket_renames set from_name = null, to_name = null where event_id = $1 and order_id = any($2::text[])`;
export function eraseNames(trx: Writes, eventId: EventId, orderIds: OrderId[]): void {
  trx.write(eraseSql, [eventId, orderIds]);
  trx.write(eraseRenamesSql, [eventId, orderIds]);
}

const forgetSql = `delete from ticket_transfers where event_id = $1 and order_id = any($2::text[])`;
const forgetRenamesSql = `delete from ticket_renames where event_id = $1 and order_id = any($2::text[])`;
export function deleteOfOrders(trx: Writes, eventId: EventId, orderIds: OrderId[]): void {
  trx.write(forgetSql, [eventId, orderIds]);
  trx.write(forgetRenamesSql, [eventId, orderIds]);
}

/** A change of the name on a ticket. The names are null after their erasure. */
export interface Rename {
  eventId: EventId;
  ticketId: TicketId;
  orderId: OrderId;
  byRole: 'holder' | 'organiser';
  byUserId: UserId;
  fromName: string | null;
  toName: string | null;
  createdAt: Date;
}

const insertRenameSql = `
  insert into ticket_renames (event_id, ticket_id, order_id, by_role, by_user_id, from_name, to_name, created_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`;
export const insertRename = (trx: Writes, row: Rename): void =>
  trx.write(insertRenameSql, [
    row.eventId,
    row.ticketId,
    row.orderId,
    row.byRole,
    row.byUserId,
    row.fromName,
    row.toName,
    row.createdAt,
  ]);

const renamesSql = `
  select event_id as "eventId", ticket_id as "ticketId", order_id as "orderId", by_role as "byRole", by_user_id as "byUserId",
    from_name as "fromName", to_name as "toName", created_at as "createdAt"
  from ticket_renames where order_id = $1 order by id`;
export const selectRenames = (db: Queryable, orderId: OrderId): Promise<Rename[]> =>
  db.query<Rename>(renamesSql, [orderId]);

const withdrawSql = `
  update ticket_transfers set ended_at = $2, ended_as = 'withdrawn' where from_user_id = $1 and ended_at is null
  returning id`;
/** Ends the open offers of a person. Returns their ids. */
export const withdrawAllOf = async (trx: Transaction, userId: UserId, now: Date): Promise<TransferId[]> =>
  (await trx.query<{ id: TransferId }>(withdrawSql, [userId, now])).map(({ id }) => id);
