import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Payout } from '../../../contract/payouts.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { lockOrganisation } from '../organisations/lock-organisation.ts';
import { refuseHeldPayouts } from '../organisations/standing.ts';
import { bookPayout } from '../payments/book-payout.ts';
import { type NewPayout, showNewPayout, showPayout } from './payouts.ts';
import { readDue } from './read-balances.ts';
import { findByReference, insertPayout, selectLines } from './store.ts';

/**
 * Records that an admin has paid out what is due. The organisation's lock lets one payout of it happen at a time, and the
 * amount must be what is due then, so two admins never pay the same money twice.
 */
export async function payOut(
  app: App,
  call: ActingCall &
    Call<
      { organisationId: OrganisationId },
      undefined,
      { amount: { amount: number; currency: Currency }; reference: string },
      'admin'
    >,
): Promise<Payout> {
  const { organisationId } = call.params;
  const { amount, reference } = call.body;
  const { currency } = amount;
  return once(app, call, async (trx) => {
    if (!(await lockOrganisation(trx, organisationId))) throw new Refused('not_found');
    await refuseHeldPayouts(trx, organisationId);
    const earlier = await findByReference(trx, organisationId, reference);
    if (earlier) {
      if (earlier.amountMinor !== amount.amount || earlier.currency !== currency)
        throw new Refused('payout_reference_used');
      return showPayout(earlier, await selectLines(trx, [earlier.id]));
    }
    const balance = await readDue(app, trx, organisationId, amount);
    const payout: NewPayout = {
      id: app.newId('payout'),
      organisationId,
      currency,
      amountMinor: balance.dueMinor,
      reference,
      paidBy: call.caller.userId,
      accountRef: null,
      paidAt: app.clock.now(),
      state: 'paid',
      lines: balance.lines,
    };
    insertPayout(trx, payout);
    bookPayout(trx, payout);
    noteAct(app, trx, call, {
      act: 'payout.paid',
      organisationId: null,
      subject: { type: 'organisation', id: organisationId },
      before: null,
      after: { amount, reference },
    });
    return showNewPayout(payout);
  });
}
