import type { EventId, OrganisationId, PayoutId } from '../../../contract/ids.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import type { PayoutRow } from './payouts.ts';

/* Payouts by transfer, and the accounts that get them. */

export interface PayoutAccount {
  organisationId: OrganisationId;
  accountRef: string;
  isReady: boolean;
  /** Why the latest transfer failed; null if it did not. */
  problem: string | null;
}

const accountColumns = `
  organisation_id as "organisationId", account_ref as "accountRef", is_ready as "isReady", problem`;
const accountsSql = `
  select ${accountColumns} from payout_accounts where organisation_id = any($1::text[]) and provider = $2`;

/** The accounts that these organisations have with a provider. */
export const selectAccounts = (
  db: Queryable,
  organisationIds: OrganisationId[],
  provider: string,
): Promise<PayoutAccount[]> => db.query<PayoutAccount>(accountsSql, [organisationIds, provider]);

const byRefSql = `
  select ${accountColumns} from payout_accounts where account_ref = $1 and provider = $2`;

export const findAccountByRef = async (
  db: Queryable,
  accountRef: string,
  provider: string,
): Promise<PayoutAccount | null> =>
  (await db.query<PayoutAccount>(byRefSql, [accountRef, provider]))[0] ?? null;

const insertSql = `
  insert into payout_accounts (organisation_id, provider, account_ref, is_ready, asked_at) values ($1, $2, $3, false, $4)
  on conflict (organisation_id) do update
  set provider = excluded.provider, account_ref = excluded.account_ref, is_ready = false, asked_at = excluded.asked_at, problem = null
  where payout_accounts.provider <> excluded.provider`;

/** Keeps an account. False if the organisation has one with this provider. */
export const insertAccount = async (
  trx: Transaction,
  {
    organisationId,
    accountRef,
    provider,
    at,
  }: Omit<PayoutAccount, 'isReady' | 'problem'> & { provider: string; at: Date },
): Promise<boolean> => (await trx.run(insertSql, [organisationId, provider, accountRef, at])) > 0;

const stateSql = `
  update payout_accounts set is_ready = $2, asked_at = $3, problem = case when $2 then problem end
  where account_ref = $1 and asked_at <= $3`;

/** Keeps what the provider answered to a question, unless a later question was answered before. */
export const updateAccount = (
  db: Queryable,
  { accountRef, isReady, askedAt }: { accountRef: string; isReady: boolean; askedAt: Date },
): Promise<number> => db.run(stateSql, [accountRef, isReady, askedAt]);

const waitingSql = `
  select organisation_id as "organisationId" from payout_accounts
  where provider = $1 and is_ready and problem is null and ($2::text is null or organisation_id > $2)
  order by organisation_id limit $3`;

/** Organisations that get transfers, in the order of their ids. */
export const selectReady = async (
  db: Queryable,
  provider: string,
  { after, limit }: { after: OrganisationId | null; limit: number },
): Promise<OrganisationId[]> =>
  (await db.query<{ organisationId: OrganisationId }>(waitingSql, [provider, after, limit])).map(
    ({ organisationId }) => organisationId,
  );

const problemSql = `update payout_accounts set problem = $2 where organisation_id = $1`;

export const writeProblem = (trx: Writes, organisationId: OrganisationId, problem: string | null): void =>
  trx.write(problemSql, [organisationId, problem]);

export interface TransferRow
  extends Pick<PayoutRow, 'id' | 'organisationId' | 'currency' | 'amountMinor' | 'state'> {
  accountRef: string;
}

const transferSql = `
  select id, organisation_id as "organisationId", currency, amount_minor as "amountMinor", state, account_ref as "accountRef"
  from payouts where id = $1 and account_ref is not null`;

/** Finds a payout by transfer. */
export const findTransfer = async (db: Queryable, id: PayoutId): Promise<TransferRow | null> =>
  (await db.query<TransferRow>(transferSql, [id]))[0] ?? null;

const settleSql = `
  with payout as (
    update payouts set state = $2, transfer_ref = coalesce($3, transfer_ref), problem = $4 where id = $1
  ), lines as (
    update payout_lines set is_returned = $2 = 'failed' where payout_id = $1 returning event_id
  )
  select event_id as "eventId" from lines`;

/** Changes the state of a payout. Returns its events. */
export const settleTransfer = async (
  trx: Transaction,
  {
    id,
    state,
    transferRef,
    problem,
  }: { id: PayoutId; state: 'paid' | 'failed'; transferRef: string | null; problem: string | null },
): Promise<EventId[]> =>
  (await trx.query<{ eventId: EventId }>(settleSql, [id, state, transferRef, problem])).map(
    ({ eventId }) => eventId,
  );
