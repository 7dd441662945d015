import type { App } from '../../app.ts';
import type { TaskHandlers } from '../../work/jobs.ts';
import { beginPayouts, payOutDue } from './begin-payouts.ts';
import { followAccount } from './payout-account.ts';
import { settlePayout } from './settle-payout.ts';
import { sumPayouts } from './sum-payouts.ts';

export const payoutsTasks = (app: App): TaskHandlers => ({
  'pay-out-due': () => payOutDue(app),
  'begin-payouts': (payload) => beginPayouts(app, payload),
  'sum-payouts': (payload) => sumPayouts(app, payload),
  'settle-payout': (payload) => settlePayout(app, payload),
  'follow-payout-account': (payload) => followAccount(app, payload),
});
