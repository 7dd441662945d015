import type { EventId, OrderId, OrganisationId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { BankAccount, LaterWay } from '../../../contract/pay-way-fields.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import { type HoldRecord, orderIdOf } from '../inventory/inventory.ts';
import type { PayLater } from '../inventory/pay-later.ts';

const insertSql = `
  insert into awaited_transfers (event_id, order_id, organisation_id, reference, account, amount_minor, currency, pay_until, created_at)
  select event_id, order_id, organisation_id, reference, account, amount_minor, currency, pay_until, $9
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::jsonb[], $6::bigint[], $7::text[], $8::timestamptz[])
    as placed (order_id, event_id, organisation_id, reference, account, amount_minor, currency, pay_until)`;

/** Writes that these orders wait for their money. The orders are written before. */
export const insertAwaited = (
  trx: Writes,
  placed: { hold: HoldRecord; later: PayLater }[],
  now: Date,
): void =>
  trx.write(insertSql, [
    placed.map(({ hold }) => orderIdOf(hold.id)),
    placed.map(({ hold }) => hold.eventId),
    placed.map(({ later }) => later.organisationId),
    placed.map(({ later }) => later.reference),
    placed.map(({ later }) => JSON.stringify(later.account)),
    placed.map(({ hold }) => hold.totalMinor),
    placed.map(({ hold }) => hold.currency),
    placed.map(({ later }) => later.until),
    now,
  ]);

export interface AwaitedTransfer {
  orderId: OrderId;
  eventId: EventId;
  organisationId: OrganisationId;
  way: LaterWay;
  reference: string;
  account: BankAccount;
  amountMinor: number;
  currency: Currency;
  payUntil: Date;
  /** When all of the money had come. */
  paidAt: Date | null;
  /** What has been assigned to it so far. */
  receivedMinor: number;
}

const columns = `
  order_id as "orderId", event_id as "eventId", organisation_id as "organisationId", 'bank_transfer' as way, reference, account,
  amount_minor as "amountMinor", currency, pay_until as "payUntil", paid_at as "paidAt",
  (select coalesce(sum(bank_matches.amount_minor), 0)::bigint from bank_matches
    where bank_matches.order_id = awaited_transfers.order_id) as "receivedMinor"`;

const findSql = `select ${columns} from awaited_transfers where order_id = $1`;

export const findAwaited = async (db: Queryable, orderId: OrderId): Promise<AwaitedTransfer | null> =>
  (await db.query<AwaitedTransfer>(findSql, [orderId]))[0] ?? null;

const byReferenceSql = `
  select order_id as "orderId", reference from awaited_transfers where organisation_id = $1 and reference = any($2::text[])`;

/** The orders of an organisation with these references. */
export const findByReference = (
  db: Queryable,
  organisationId: OrganisationId,
  references: string[],
): Promise<{ orderId: OrderId; reference: string }[]> =>
  references.length === 0 ? Promise.resolve([]) : db.query(byReferenceSql, [organisationId, references]);

// The end of an id is the number of its order. A number is short, so two orders may have it.
const byNumberSql = `
  select order_id as "orderId" from awaited_transfers
  where organisation_id = $1 and (order_id = $2 or reference = upper(regexp_replace($2, '[^A-Za-z0-9]', '', 'g'))
    or right(order_id, 8) = upper($2))
  order by order_id limit 2`;

export const findByNumber = (
  db: Queryable,
  organisationId: OrganisationId,
  typed: string,
): Promise<{ orderId: OrderId }[]> => db.query(byNumberSql, [organisationId, typed]);

// In the order of the ids, as every transaction that locks several of them.
const lockSql = `select from awaited_transfers where order_id = any($1::text[]) order by order_id for update`;
const readSql = `select ${columns} from awaited_transfers where order_id = any($1::text[]) order by order_id`;

/** Locks these orders against other assignments, and reads what has come for each. */
export async function lockAwaited(trx: Transaction, orderIds: OrderId[]): Promise<AwaitedTransfer[]> {
  if (orderIds.length === 0) return [];
  await trx.query(lockSql, [orderIds]);
  // A statement of its own, so that it sees what the transaction has committed that had the lock before.
  return trx.query<AwaitedTransfer>(readSql, [orderIds]);
}

const paidSql = `update awaited_transfers set paid_at = $2 where order_id = $1`;

export const markPaid = (trx: Writes, orderId: OrderId, now: Date): void =>
  trx.write(paidSql, [orderId, now]);

const toldSql = `select from awaited_transfers where organisation_id = $1 and account ->> 'iban' = $2 limit 1`;

/** True if a buyer was told to pay to this account. */
export const wasTold = async (
  db: Queryable,
  organisationId: OrganisationId,
  iban: string,
): Promise<boolean> => (await db.query(toldSql, [organisationId, iban])).length > 0;
