import type { Message } from '../../../contract/messages.ts';
import type { WebhookData, WebhookType } from '../../../contract/webhook-events.ts';

/** A webhook as it is stored: without the buyer. */
type Webhook = { [T in WebhookType]: { type: T; data: WebhookData[T] } }[WebhookType];

/**
 * Decision: what an organisation is told of a message; null if nothing. Holds are not told: they come and go a thousand times
 * in a second, and only what is bought matters to programs of others.
 */
export function toWebhook(message: Message): Webhook | null {
  switch (message.type) {
    case 'admit.order.confirmed.v1': {
      const { eventId, orderId, total } = message.data;
      return { type: 'order.confirmed', data: { eventId, orderId, total } };
    }
    case 'admit.order.cancelled.v1': {
      const { eventId, orderId, total, refund } = message.data;
      return { type: 'order.cancelled', data: { eventId, orderId, total, refund } };
    }
    case 'admit.order.tickets_cancelled.v1': {
      const { eventId, orderId, total, refund, tickets } = message.data;
      return {
        type: 'order.tickets_cancelled',
        data: { eventId, orderId, total, refund, ticketIds: tickets },
      };
    }
    case 'admit.payment.refunded.v1': {
      const { eventId, orderId, refundId, amount, reason } = message.data;
      return { type: 'order.refunded', data: { eventId, orderId, refundId, amount, reason } };
    }
    case 'admit.ticket.transferred.v1': {
      const { eventId, ticketId, orderId } = message.data;
      return { type: 'ticket.transferred', data: { eventId, ticketId, orderId } };
    }
    case 'admit.ticket.admitted.v1': {
      const { checkpointId = null, visit = 1, ...data } = message.data;
      return { type: 'ticket.checked_in', data: { ...data, checkpointId, visit } };
    }
    case 'admit.check_in.undone.v1':
      return { type: 'check_in.undone', data: message.data };
    case 'admit.event.published.v1':
      return { type: 'event.published', data: message.data };
    case 'admit.event.changed.v1':
      return { type: 'event.changed', data: message.data };
    case 'admit.event.cancelled.v1':
      return { type: 'event.cancelled', data: message.data };
    default:
      return null;
  }
}

/** The types that toWebhook knows, so that the sink reads no others. */
export const toldTypes = [
  'admit.order.confirmed.v1',
  'admit.order.cancelled.v1',
  'admit.order.tickets_cancelled.v1',
  'admit.payment.refunded.v1',
  'admit.ticket.transferred.v1',
  'admit.ticket.admitted.v1',
  'admit.check_in.undone.v1',
  'admit.event.published.v1',
  'admit.event.changed.v1',
  'admit.event.cancelled.v1',
] as const satisfies Message['type'][];
