import type { FastifyInstance } from 'fastify';
import * as contract from '../../../contract/audit-log.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { listAuditLog, listPlatformAuditLog } from './list-audit-log.ts';

export function auditLogRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, contract.listAuditLog, listAuditLog);
  bind(http, app, contract.listPlatformAuditLog, listPlatformAuditLog);
}
