import type { App } from '../../app.ts';
import type { Sink } from '../../data/bus.ts';
import { positionOf } from '../../data/outbox.ts';
import { insertDeliveries, insertMessages, type MessageRow, readMessageIds } from './delivery-store.ts';
import { listEndpointsFor, shareEndpoints } from './endpoint-store.ts';
import { toldTypes, toWebhook } from './to-webhook.ts';

/**
 * Notes what each endpoint is to get. It sends nothing, so a receiver that is slow or away does not hold up the outbox.
 * Nothing is lost in a crash: the cursor moves after the transaction has committed, and a second delivery of a message
 * changes nothing.
 */
export const webhooksSink = (app: App): Sink => ({
  name: 'webhooks',
  topics: ['order_events', 'payment_notifications', 'door_events', 'event_changes'],
  types: toldTypes,
  cursor: 'shared',
  restMs: 250,
  async deliver(messages) {
    const endpoints = await listEndpointsFor(app.db, [...new Set(messages.map((each) => each.partitionkey))]);
    if (endpoints.length === 0) return;
    const now = app.clock.now();
    const told = messages.flatMap((message) => {
      const webhook = toWebhook(message);
      const wanting = endpoints.filter(
        ({ eventId, types }) => eventId === message.partitionkey && webhook && types.includes(webhook.type),
      );
      const [first] = wanting;
      if (!webhook || !first) return [];
      const row: MessageRow = {
        id: app.newId('webhookMessage'),
        organisationId: first.organisationId,
        outboxId: positionOf(message),
        eventId: message.partitionkey,
        type: webhook.type,
        payload: webhook.data,
        createdAt: new Date(message.time),
      };
      return [{ row, wanting, position: positionOf(message) }];
    });
    if (told.length === 0) return;
    await app.db.transaction(async (trx) => {
      // An endpoint may be switched off meanwhile. Then what waits for it has already been noted as failed, and a new webhook
      // would wait until somebody switches the endpoint on.
      const isOff = await shareEndpoints(trx, [
        ...new Set(told.flatMap(({ wanting }) => wanting.map(({ id }) => id))),
      ]);
      await insertMessages(
        trx,
        told.map(({ row }) => row),
      );
      const ids = await readMessageIds(
        trx,
        told.map(({ position }) => position),
      );
      const deliveries = told.flatMap(({ row, wanting, position }) =>
        wanting
          .filter(({ id }) => isOff.has(id))
          .map(({ id }) => ({
            id: app.newId('webhookDelivery'),
            endpointId: id,
            messageId: ids.get(position) ?? row.id,
            isOff: isOff.get(id) === true,
          })),
      );
      await insertDeliveries(trx, deliveries, now);
    });
  },
});
