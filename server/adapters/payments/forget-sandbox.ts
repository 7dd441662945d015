import type { App } from '../../app.ts';
import { inPortions } from '../../data/in-portions.ts';
import { daysBefore, keptDays } from '../../work/retention.ts';

const oldest = `select intent_ref from sandbox.payments where created_at < $1 limit 1000`;
const refunds = `delete from sandbox.refunds where intent_ref in (select unnest($1::text[]))`;
const disputes = `delete from sandbox.disputes where intent_ref in (select unnest($1::text[]))`;
const payments = `delete from sandbox.payments where intent_ref in (select unnest($1::text[]))`;

/** Deletes old test money, in the sandbox's own books only. */
export const forgetSandboxPayments = (app: Pick<App, 'db'>, now: Date): Promise<number> =>
  inPortions(async () => {
    const before = daysBefore(now, keptDays.sandboxPayments);
    const refs = (await app.db.query<{ intent_ref: string }>(oldest, [before])).map((row) => row.intent_ref);
    if (refs.length > 0)
      await app.db.writeAll((trx) => {
        trx.write(disputes, [refs]);
        trx.write(refunds, [refs]);
        trx.write(payments, [refs]);
      });
    return refs.length;
  });
