import type { App } from '../../app.ts';
import type { PaymentProvider } from '../../features/payments/provider.ts';
import type { Secrets } from '../../secrets.ts';
import { createSandbox } from './sandbox.ts';

export interface PaymentProviderParts extends Pick<App, 'clock' | 'db' | 'log' | 'newId'> {
  /** Read when it is needed: publicUrl may be set once the server listens. */
  config: App['config'];
  secrets: Pick<Secrets, 'sandboxWebhook'>;
}

/** The provider that PAYMENTS names. Stripe's SDK is loaded only where it is the one. */
export async function createPaymentProvider(parts: PaymentProviderParts): Promise<PaymentProvider> {
  const { config, clock, db, log, newId, secrets } = parts;
  if (config.payments.provider === 'sandbox') {
    return createSandbox({
      db,
      clock,
      newId,
      webhookSecret: secrets.sandboxWebhook,
      publicUrl: () => config.publicUrl,
    });
  }
  const { createStripe } = await import('./stripe.ts');
  return createStripe(config.payments, { clock, log });
}
