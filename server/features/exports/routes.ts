import type { FastifyInstance } from 'fastify';
import * as contract from '../../../contract/exports.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { exportEvent } from './export-event.ts';

export function exportsRoutes(http: FastifyInstance, app: App): void {
  // A client that reads slowly would otherwise keep the process from ending.
  http.addHook('preClose', async () => app.exports.stop());
  bind(http, app, contract.exportEvent, exportEvent);
}
