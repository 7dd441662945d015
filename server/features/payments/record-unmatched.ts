import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { writeJobs } from '../../work/jobs.ts';
import type { UnmatchedMoney } from './money-review.ts';
import { insertMoneyReview } from './money-review-store.ts';
import { adviceOn } from './review-advice.ts';

/**
 * Puts unmatched money on the list that a person works through, enters it in the ledger and raises the alarm: an
 * error in the log, and a mail to OPERATIONS_EMAIL. It does nothing if the movement is already on the list.
 */
export async function recordUnmatched(app: App, money: UnmatchedMoney): Promise<void> {
  const isNew = await app.db.transaction((trx) => enterUnmatched(app, trx, money));
  if (isNew) sayUnmatched(app, money);
}

/** Does the same in the caller's transaction, without the log line. The caller writes it after the commit. */
export async function enterUnmatched(app: App, trx: Transaction, money: UnmatchedMoney): Promise<boolean> {
  // A movement of zero needs no person, and the ledger has no entry for it.
  if (money.amountMinor <= 0) return false;
  const ids = { review: app.newId('moneyReview'), transfer: app.newId('transfer') };
  if (!(await insertMoneyReview(trx, ids, app.payments.name, money, app.clock.now()))) return false;
  const { operationsEmail, publicUrl } = app.config;
  if (operationsEmail) {
    const { reason, reference, amountMinor, currency } = money;
    const payload = {
      kind: 'money-review',
      to: operationsEmail,
      name: '',
      // The item's id makes the address unique, so that each item causes its own mail.
      url: `${publicUrl}/api/admin/money-reviews?state=open#${ids.review}`,
      reason,
      reference,
      amount: `${amountMinor} ${currency}`,
      advice: adviceOn({ ...money, crossedMinor: 0 }),
    };
    writeJobs(trx, [{ task: 'send-mail', payload }]);
  }
  return true;
}

/** Logs the alarm. Operators match on `alert`. */
export const sayUnmatched = (app: App, money: UnmatchedMoney): void =>
  app.log.error(
    { alert: 'money_review', ...money },
    'a movement of money matches nothing in our books, and a person must look at it',
  );
