import type { Clock } from '../../clock.ts';
import type { Queryable } from '../../data/db.ts';
import type { PayoutAccounts, PayoutTransfer, ProviderMovement } from '../../features/payments/provider.ts';

/* Accounts of organisations in the sandbox. It knows everybody: an account is ready when somebody has followed its link. */

const openSql = `insert into sandbox.accounts (ref, is_ready) values ($1, false) on conflict (ref) do nothing`;
const readySql = `update sandbox.accounts set is_ready = true where ref = $1`;
const findSql = `select is_ready as "isReady" from sandbox.accounts where ref = $1`;
const transferSql = `
  insert into sandbox.transfers (payout_id, ref, account_ref, amount_minor, currency, created_at)
  select $1, $2, ref, $4, $5, $6 from sandbox.accounts where ref = $3 and is_ready
  on conflict (payout_id) do nothing`;
const findTransferSql = `
  select ref, reversed_minor as "returnedMinor" from sandbox.transfers where payout_id = $1`;

export function createSandboxAccounts(db: Queryable, clock: Clock): PayoutAccounts {
  const findTransfer: PayoutAccounts['findTransfer'] = async (payoutId) =>
    (await db.query<PayoutTransfer>(findTransferSql, [payoutId]))[0] ?? null;
  return {
    async open(organisationId) {
      const ref = `acct_${organisationId.slice(4)}`;
      await db.run(openSql, [ref]);
      return ref;
    },

    async link(ref, returnUrl) {
      await db.run(readySql, [ref]);
      return returnUrl;
    },

    async isReady(ref) {
      return (await db.query<{ isReady: boolean }>(findSql, [ref]))[0]?.isReady === true;
    },

    async transfer({ payoutId, accountRef, amountMinor, currency }) {
      const ref = `tr_${payoutId.slice(4)}`;
      await db.run(transferSql, [payoutId, ref, accountRef, amountMinor, currency, clock.now()]);
      return (await findTransfer(payoutId)) ?? { refused: 'This account gets no transfers.' };
    },

    findTransfer,
  };
}

const movementsSql = `
  select 'transfer' as kind, ref, amount_minor as "amountMinor", currency, true as "isOurs"
  from sandbox.transfers where created_at >= $1 and created_at < $2`;

export const listTransferMovements = (db: Queryable, from: Date, to: Date): Promise<ProviderMovement[]> =>
  db.query<ProviderMovement>(movementsSql, [from, to]);
