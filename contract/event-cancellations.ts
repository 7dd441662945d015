import { z } from 'zod';
import { idSchema } from './ids.ts';
import { moneySchema } from './money.ts';
import { operation } from './operation.ts';
import { instantSchema } from './time.ts';

export const refundChoices = ['full', 'none'] as const;

export const cancellationReasonSchema = z.string().trim().min(1).max(500);

/** When and where a moved event would have been. */
export const movedFromSchema = z
  .object({ startsAt: instantSchema, timeZone: z.string(), venueName: z.string(), city: z.string() })
  .meta({ id: 'MovedFrom' });
export type MovedFrom = z.infer<typeof movedFromSchema>;

/** What everybody may know of a cancelled event. */
export const publicCancellationSchema = z
  .object({
    reason: z.string().meta({ description: "The organiser's words for the buyers." }),
    refund: z.enum(refundChoices).meta({
      description: '`full`: buyers get back all that they paid. `none`: the money stays with the organiser.',
    }),
    cancelledAt: instantSchema,
  })
  .meta({ id: 'Cancellation' });
export type PublicCancellation = z.infer<typeof publicCancellationSchema>;

export const eventCancellationSchema = z
  .object({
    ...publicCancellationSchema.shape,
    state: z.enum(['running', 'done', 'incomplete']).meta({
      description:
        '`running`: orders are being cancelled, or the payment provider has not confirmed every refund yet. `done`: every order is cancelled and its money has been sent. `incomplete`: everything was tried, and some orders failed.',
    }),
    orders: z.object({
      total: z.int().meta({ description: 'Orders with tickets when the event was cancelled.' }),
      done: z.int(),
      failed: z.int(),
    }),
    failures: z
      .array(
        z.object({
          orderId: idSchema('order'),
          orderNumber: z.string(),
          code: z.string().meta({
            description:
              '`refund_failed`, or the code of the refusal that kept the order from being cancelled.',
          }),
          detail: z.string(),
          amount: z.nullable(moneySchema),
        }),
      )
      .meta({ description: 'The first 100 orders that failed, and why.' }),
  })
  .meta({ id: 'EventCancellation' });
export type EventCancellation = z.infer<typeof eventCancellationSchema>;

export const newCancellationSchema = z
  .strictObject({ reason: cancellationReasonSchema, refund: z.enum(refundChoices) })
  .meta({ id: 'NewCancellation' });
export type NewCancellation = z.infer<typeof newCancellationSchema>;

const params = z.object({ eventId: idSchema('event') });

export const cancelEvent = operation({
  id: 'cancelEvent',
  method: 'POST',
  path: '/api/events/{eventId}/cancellation',
  tag: 'Organise',
  summary: 'Cancel an event for good',
  description:
    'The sale stops and the tickets admit nobody from this moment on. Jobs then cancel the orders, refund them if `refund` is `full`, and send each buyer one mail with the reason. A payment that arrives later goes back. This cannot be taken back. A second request with the same `refund` gets the progress of the first. With the other one it is refused with `event_cancelled`.',
  access: 'team',
  needs: 'events.cancel',
  params,
  body: newCancellationSchema,
  status: 202,
  reply: eventCancellationSchema,
  acts: ['event.cancelled'],
  errors: ['event_not_cancellable', 'event_cancelled', 'busy'],
  example: { body: { reason: 'The singer is ill.', refund: 'full' } },
});

export const getEventCancellation = operation({
  id: 'getEventCancellation',
  method: 'GET',
  path: '/api/events/{eventId}/cancellation',
  tag: 'Organise',
  summary: 'Read how far the cancellation of an event is',
  access: 'team',
  needs: 'figures.read',
  params,
  status: 200,
  reply: eventCancellationSchema,
  errors: [],
});

export const retryEventCancellation = operation({
  id: 'retryEventCancellation',
  method: 'POST',
  path: '/api/events/{eventId}/cancellation/retries',
  tag: 'Organise',
  summary: 'Try the orders again that could not be cancelled or refunded',
  description:
    'Orders that failed are tried again, and the payment provider is asked again for refunds that wait for it. If nothing failed and nothing waits, nothing happens.',
  access: 'team',
  needs: 'events.cancel',
  params,
  status: 202,
  reply: eventCancellationSchema,
  acts: ['event.cancellation_retried'],
  errors: [],
});

export const getEventSales = operation({
  id: 'getEventSales',
  method: 'GET',
  path: '/api/events/{eventId}/sales',
  tag: 'Organise',
  summary: 'Count the orders and tickets of an event that are valid, and the money that buyers paid for them',
  description:
    'For the question what a cancellation or a move would mean: how many buyers hear of it, and what goes back.',
  access: 'team',
  needs: 'figures.read',
  params,
  status: 200,
  reply: z
    .object({
      orders: z.int(),
      buyers: z.int().meta({ description: 'Different e-mail addresses among the orders.' }),
      tickets: z.int(),
      /** What these buyers paid, less what already went back. */
      refundable: moneySchema,
    })
    .meta({ id: 'EventSales' }),
  errors: [],
});
