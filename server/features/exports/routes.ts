import type { FastifyInstance } from 'fastify';
import * as schedules from '../../../contract/export-schedules.ts';
import * as contract from '../../../contract/exports.ts';
import * as settlements from '../../../contract/settlements.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { exportEvent } from './export-event.ts';
import { getExportFile } from './get-export-file.ts';
import { getSettlementPdf } from './get-settlement-pdf.ts';
import { leaveSchedule } from './leave-schedule.ts';
import { listSchedules } from './list-schedules.ts';
import { putSchedule, removeSchedule, saveSchedule } from './save-schedule.ts';

export function exportsRoutes(http: FastifyInstance, app: App): void {
  // A client that reads slowly would otherwise keep the process from ending.
  http.addHook('preClose', async () => app.exports.stop());
  bind(http, app, contract.exportEvent, exportEvent);
  bind(http, app, schedules.listExportSchedules, listSchedules);
  bind(http, app, schedules.saveExportSchedule, saveSchedule);
  bind(http, app, schedules.putExportSchedule, putSchedule);
  bind(http, app, schedules.deleteExportSchedule, removeSchedule);
  bind(http, app, schedules.getExportFile, getExportFile);
  bind(http, app, settlements.getSettlementPdf, getSettlementPdf);
}

/** The caller accepts the forms that mail programs send. */
export const leaveExportsRoutes = (http: FastifyInstance, app: App): void =>
  bind(http, app, schedules.leaveExportSchedule, leaveSchedule);
