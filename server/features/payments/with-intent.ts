import type { App } from '../../app.ts';
import type { ProviderEvent } from './provider.ts';

/**
 * Adds the payment to a refund or a dispute that only names its charge, because our tables know no charges. The provider
 * is asked only then. Without an answer of the provider it throws, and the news must come again.
 */
export async function withIntent<Seen extends { intentRef: string | null; chargeRef?: string | undefined }>(
  app: App,
  seen: Seen,
): Promise<Seen> {
  if (seen.intentRef !== null || seen.chargeRef === undefined) return seen;
  return { ...seen, intentRef: await app.payments.findIntentOf(seen.chargeRef) };
}

/** Does the same for a webhook. A webhook that is not about our money stays as it is. */
export async function eventWithIntent(app: App, event: ProviderEvent): Promise<ProviderEvent> {
  const { effect, foreign } = event;
  if (foreign) return event;
  if (effect.kind === 'refund_changed') return { ...event, effect: await withIntent(app, effect) };
  if (effect.kind !== 'dispute_changed') return event;
  const dispute = await withIntent(app, effect.dispute);
  return { ...event, effect: { ...effect, dispute, intentRef: dispute.intentRef } };
}
