import type { FastifyInstance } from 'fastify';
import * as operations from '../../../contract/vouchers.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { changeVouchers } from './change-vouchers.ts';
import { checkCode } from './check-code.ts';
import { exportVouchers } from './export-vouchers.ts';
import { listVouchers } from './list-vouchers.ts';
import { makeVouchers } from './make-vouchers.ts';
import { printVouchers } from './print-vouchers.ts';

export function codesRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, operations.makeVouchers, makeVouchers);
  bind(http, app, operations.listVouchers, listVouchers);
  bind(http, app, operations.changeVouchers, changeVouchers);
  bind(http, app, operations.exportVouchers, exportVouchers);
  bind(http, app, operations.printVouchers, printVouchers);
  bind(http, app, operations.checkCode, checkCode);
}
