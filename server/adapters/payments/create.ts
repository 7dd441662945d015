import type { App } from '../../app.ts';
import type { PaymentProvider } from '../../features/payments/provider.ts';
import type { Secrets } from '../../secrets.ts';
import { createSandbox } from './sandbox.ts';

interface PaymentProviderParts extends Pick<App, 'clock' | 'db' | 'log' | 'newId'> {
  config: App['config'];
  secrets: Pick<Secrets, 'sandboxWebhook'>;
}

/** Creates the provider that PAYMENTS names. Stripe's SDK is loaded only if it is used. */
export async function createPaymentProvider(parts: PaymentProviderParts): Promise<PaymentProvider> {
  const { config, clock, db, log, newId, secrets } = parts;
  if (config.payments.provider === 'sandbox') {
    const webhookSecret = config.payments.webhookSecret ?? secrets.sandboxWebhook;
    return createSandbox({ db, clock, newId, webhookSecret, publicUrl: config.publicUrl });
  }
  const { createStripe } = await import('./stripe.ts');
  return createStripe(config.payments, { clock, log });
}
