import type { FastifyInstance } from 'fastify';
import * as dates from '../../../contract/event-dates.ts';
import * as contract from '../../../contract/event-desk.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { withVersion } from '../../http/with-version.ts';
import { copyEvent } from './copy-event.ts';
import { makeDates } from './make-dates.ts';
import { previewDates } from './preview-dates.ts';

export function eventCopiesRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, contract.copyEvent, withVersion(copyEvent));
  bind(http, app, dates.previewDates, previewDates);
  bind(http, app, dates.makeDates, makeDates);
}
