import type { Db } from './db.ts';

// The setting holds for this transaction only. The trigger on audit_log refuses changes without it.
const allow = `select set_config('admit.forgets_audit_log', 'on', true)`;
const eraseSql = `
  update audit_log set network = null, user_agent = null
  where id in (
    select id from audit_log where at < $1 and (network is not null or user_agent is not null)
    limit 1000 for update skip locked)`;
const deleteSql = `
  delete from audit_log where id in (select id from audit_log where at < $1 limit 1000 for update skip locked)`;

const inOwnTransaction = (db: Db, statement: string, before: Date): Promise<number> =>
  db.transaction(async (trx) => {
    await trx.query(allow);
    return trx.run(statement, [before]);
  });

/** Erases where up to a thousand acts came from that are older than an instant, and returns how many. */
export const eraseOldOrigins = (db: Db, before: Date): Promise<number> =>
  inOwnTransaction(db, eraseSql, before);

/** Deletes up to a thousand entries of the audit log that are older than an instant, and returns how many. */
export const deleteOldActs = (db: Db, before: Date): Promise<number> =>
  inOwnTransaction(db, deleteSql, before);
