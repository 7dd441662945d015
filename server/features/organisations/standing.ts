import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId } from '../../../contract/ids.ts';
import type { OrganisationStanding } from '../../../contract/moderation.ts';
import type { Queryable, Transaction } from '../../data/db.ts';
import {
  lockStanding,
  putStanding,
  type StandingRow,
  selectStanding,
  shareStanding,
} from './standing-store.ts';
import { lockOrganisation } from './store.ts';

/** What the platform has decided about an organisation. */
export type Standing = StandingRow;

/**
 * Changes what the platform has decided about an organisation. Locks the organisation, and then the advisory lock that
 * `refuseSuspended` shares: so a publication is before the change or sees it.
 */
export async function changeStanding(
  trx: Transaction,
  id: OrganisationId,
  change: (row: StandingRow) => StandingRow,
): Promise<{ before: StandingRow; after: StandingRow }> {
  if (!(await lockOrganisation(trx, id))) throw new Refused('not_found');
  await lockStanding(trx, id);
  const before = (await selectStanding(trx, id)) as StandingRow;
  const after = change(before);
  if (after !== before) await putStanding(trx, after);
  return { before, after };
}

export const readStanding = (db: Queryable, id: OrganisationId): Promise<StandingRow | null> =>
  selectStanding(db, id);

/**
 * Throws Refused('organisation_suspended'). Until the transaction ends, nobody can suspend the organisation. The lock is an
 * advisory one, because callers have locked an event, and organisations are locked before events (docs/locks.md).
 */
export async function refuseSuspended(trx: Transaction, id: OrganisationId): Promise<void> {
  if (await isSuspended(trx, id)) throw new Refused('organisation_suspended');
}

/** The same as `refuseSuspended`, for a job. */
export async function isSuspended(trx: Transaction, id: OrganisationId): Promise<boolean> {
  await shareStanding(trx, id);
  return Boolean((await selectStanding(trx, id))?.suspendedAt);
}

/** Whether money may be paid out to an organisation. */
export const mayBePaid = ({ suspendedAt, payoutsHeldAt }: StandingRow): boolean =>
  suspendedAt === null && payoutsHeldAt === null;

/** Throws Refused('payouts_held') in a transaction with the organisation's lock. */
export async function refuseHeldPayouts(trx: Transaction, id: OrganisationId): Promise<void> {
  const standing = await selectStanding(trx, id);
  if (standing && !mayBePaid(standing)) throw new Refused('payouts_held');
}

export const showStanding = (row: StandingRow): OrganisationStanding => ({
  id: row.id,
  name: row.name,
  suspendedAt: row.suspendedAt?.toISOString() ?? null,
  payoutsHeld:
    row.payoutsHeldAt && row.payoutsHeldFor !== null
      ? { at: row.payoutsHeldAt.toISOString(), reason: row.payoutsHeldFor }
      : null,
  verifiedAt: row.verifiedAt?.toISOString() ?? null,
});
