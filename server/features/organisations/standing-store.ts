import type { DecisionId, OrganisationId } from '../../../contract/ids.ts';
import type { Queryable, Transaction } from '../../data/db.ts';

/** What the platform has decided about an organisation. */
export interface StandingRow {
  id: OrganisationId;
  name: string;
  suspendedAt: Date | null;
  suspendedBy: DecisionId | null;
  verifiedAt: Date | null;
  payoutsHeldAt: Date | null;
  payoutsHeldFor: string | null;
}

const selectSql = `
  select organisations.id, name, suspended_at as "suspendedAt", suspended_by_decision as "suspendedBy",
    verified_at as "verifiedAt", payouts_held_at as "payoutsHeldAt", payouts_held_for as "payoutsHeldFor"
  from organisations left join organisation_standings on organisation_id = organisations.id
  where organisations.id = $1`;

export const selectStanding = async (db: Queryable, id: OrganisationId): Promise<StandingRow | null> =>
  (await db.query<StandingRow>(selectSql, [id]))[0] ?? null;

const putSql = `
  insert into organisation_standings (organisation_id, suspended_at, suspended_by_decision, verified_at, payouts_held_at,
    payouts_held_for)
  values ($1, $2, $3, $4, $5, $6)
  on conflict (organisation_id) do update set suspended_at = excluded.suspended_at,
    suspended_by_decision = excluded.suspended_by_decision, verified_at = excluded.verified_at,
    payouts_held_at = excluded.payouts_held_at, payouts_held_for = excluded.payouts_held_for`;

/** Writes a standing whose organisation this transaction has locked. */
export const putStanding = (trx: Transaction, row: StandingRow): Promise<number> =>
  trx.run(putSql, [
    row.id,
    row.suspendedAt,
    row.suspendedBy,
    row.verifiedAt,
    row.payoutsHeldAt,
    row.payoutsHeldFor,
  ]);

const lockName = `hashtextextended('admit standing ' || $1, 0)`;
const lockSql = `select pg_advisory_xact_lock(${lockName})`;
const shareSql = `select pg_advisory_xact_lock_shared(${lockName})`;

export const lockStanding = (trx: Transaction, id: OrganisationId): Promise<number> => trx.run(lockSql, [id]);
export const shareStanding = (trx: Transaction, id: OrganisationId): Promise<number> =>
  trx.run(shareSql, [id]);
