import type { FastifyInstance } from 'fastify';
import * as statements from '../../../contract/bank-statements.ts';
import { getOrderTransfer as transfer } from '../../../contract/pay-ways.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { assignEntry, undoAssignment } from './assign-entry.ts';
import { getOrderTransfer } from './get-order-transfer.ts';
import { importStatement } from './import-statement.ts';
import { listEntries, listStatements } from './list-entries.ts';
import { listReturns, markReturned, returnEntry } from './send-back.ts';

export function bankTransfersRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, transfer, getOrderTransfer);
  bind(http, app, statements.importStatement, importStatement);
  bind(http, app, statements.listStatements, listStatements);
  bind(http, app, statements.listEntries, listEntries);
  bind(http, app, statements.assignEntry, assignEntry);
  bind(http, app, statements.undoAssignment, undoAssignment);
  bind(http, app, statements.returnEntry, returnEntry);
  bind(http, app, statements.listReturns, listReturns);
  bind(http, app, statements.markReturned, markReturned);
}
