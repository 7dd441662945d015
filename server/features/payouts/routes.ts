import type { FastifyInstance } from 'fastify';
import * as contract from '../../../contract/payouts.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { exportPayouts } from './export-payouts.ts';
import { getPayoutPdf } from './get-payout-pdf.ts';
import { getPayouts } from './get-payouts.ts';
import { listDuePayouts } from './list-due-payouts.ts';
import { payOut } from './pay-out.ts';
import { connectPayouts } from './payout-account.ts';
import { transferPayout } from './transfer-payout.ts';

export function payoutsRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, contract.getPayouts, getPayouts);
  bind(http, app, contract.exportPayouts, exportPayouts);
  bind(http, app, contract.getPayoutPdf, getPayoutPdf);
  bind(http, app, contract.listDuePayouts, listDuePayouts);
  bind(http, app, contract.payOut, payOut);
  bind(http, app, contract.transferPayout, transferPayout);
  bind(http, app, contract.connectPayouts, connectPayouts);
}
