import type { FastifyInstance } from 'fastify';
import * as operations from '../../../contract/event-cancellations.ts';
import * as online from '../../../contract/online.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { withVersion } from '../../http/with-version.ts';
import { cancelEvent } from './cancel-event.ts';
import { getEventCancellation } from './get-event-cancellation.ts';
import { getEventSales } from './get-event-sales.ts';
import { getOnlineAccess, putOnlineAccess } from './online-access.ts';
import { retryEventCancellation } from './retry-event-cancellation.ts';

export function eventChangesRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, operations.cancelEvent, cancelEvent);
  bind(http, app, operations.getEventCancellation, getEventCancellation);
  bind(http, app, operations.retryEventCancellation, retryEventCancellation);
  bind(http, app, operations.getEventSales, getEventSales);
  bind(http, app, online.getOnlineAccess, withVersion(getOnlineAccess));
  bind(http, app, online.putOnlineAccess, withVersion(putOnlineAccess));
}
