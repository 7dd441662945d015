import type { FastifyInstance } from 'fastify';
import * as contract from '../../../contract/event-desk.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { withVersion } from '../../http/with-version.ts';
import { copyEvent } from './copy-event.ts';

export function eventCopiesRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, contract.copyEvent, withVersion(copyEvent));
}
