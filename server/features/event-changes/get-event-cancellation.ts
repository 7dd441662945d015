import { Refused } from '../../../contract/errors.ts';
import type { EventCancellation } from '../../../contract/event-cancellations.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { countConfirmedOrders } from '../orders/list-confirmed-orders.ts';
import { countRefundsOfCancelled } from '../payments/count-refunds.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { mostListed, progressOf } from './cancelled-event.ts';
import { findRun, listFailures } from './store.ts';

export const getEventCancellation = (
  app: App,
  { params }: Pick<Call<{ eventId: EventId }, undefined, undefined, 'team'>, 'params'>,
): Promise<EventCancellation> => readProgress(app, params.eventId);

/** Reads how far the cancellation of an event is. Throws Refused('not_found') if it is not cancelled. */
export async function readProgress(app: App, eventId: EventId): Promise<EventCancellation> {
  const [sale, run] = await Promise.all([readEventSale(app, eventId), findRun(app.db, eventId)]);
  if (!sale?.cancellation || !run) throw new Refused('not_found', { detail: 'This event is not cancelled.' });
  const [waiting, failures, refunds] = await Promise.all([
    run.finishedAt ? 0 : countConfirmedOrders(app.db, eventId, run.handledTo),
    listFailures(app.db, eventId, mostListed),
    countRefundsOfCancelled(app.db, eventId, mostListed),
  ]);
  return progressOf(sale.cancellation, run, waiting, failures, refunds);
}
