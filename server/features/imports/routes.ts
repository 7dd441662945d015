import type { FastifyInstance } from 'fastify';
import * as operations from '../../../contract/imports.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { importAttendees } from './import-attendees.ts';
import { importCodes } from './import-codes.ts';
import { importEvents } from './import-events.ts';

export function importsRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, operations.importAttendees, importAttendees);
  bind(http, app, operations.importCodes, importCodes);
  bind(http, app, operations.importEvents, importEvents);
}
