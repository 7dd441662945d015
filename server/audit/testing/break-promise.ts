import type { Db, Transaction } from '../../data/db.ts';
import { audit } from '../audit.ts';

/**
 * What the audit finds after statements that break a promise. Some of them must change a row. All of it is undone. The database's
 * own constraints would prevent most of the damage, so they are off meanwhile.
 */
export async function findAfter(
  db: Db,
  sql: string[],
  known: Parameters<typeof audit>[1],
): Promise<string[]> {
  const undo = new Error('undone');
  let found: string[] = [];
  const work = async (trx: Transaction) => {
    for (const statement of disarm) await trx.run(statement);
    let changed = 0;
    for (const statement of sql) changed += await trx.run(statement);
    if (changed === 0) throw new Error(`nothing was broken: ${sql.join('; ')}`);
    found = await audit(trx, known);
    throw undo;
  };
  await db.transaction(work).catch((error) => {
    if (error !== undo) throw error;
  });
  return found;
}
const disarm = [
  'set local session_replication_role = replica',
  'alter table pools drop constraint pool_never_oversold',
  'alter table transfers drop constraint transfers_amount_minor_check',
];
