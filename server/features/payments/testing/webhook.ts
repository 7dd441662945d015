import { sign } from '../../../http/signature.ts';
import type { Answer } from '../../../testing/client.ts';
import type { World } from '../../../testing/world.ts';
import type { Purchase } from './purchase.ts';

export const webhookSecret = 'whsec_of_these_tests_only';

let count = 0;

/** A webhook about a purchase, as the provider would send it. `more` are further fields of the intent. */
export function webhookOf(of: Purchase, type = 'payment_intent.succeeded', more: object = {}): string {
  const { paymentId, orderId, eventId, totalMinor } = of;
  const intent = {
    id: `pi_${paymentId.slice(4)}`,
    object: 'payment_intent',
    amount: totalMinor,
    amount_received: totalMinor,
    currency: 'eur',
    metadata: { orderId, eventId, paymentId },
    ...more,
  };
  return JSON.stringify({ id: `evt_test_${++count}`, object: 'event', type, data: { object: intent } });
}

/** Posts a webhook to the world, with a valid signature and the present time by default. */
export function sendWebhook(
  world: World,
  body: string,
  signature: string | null = sign(body, webhookSecret, world.clock.now()),
): Promise<Answer> {
  const headers = {
    'content-type': 'application/json',
    ...(signature !== null && { 'stripe-signature': signature }),
  };
  return world.client().send('POST', '/api/webhooks/stripe', { body, headers });
}
