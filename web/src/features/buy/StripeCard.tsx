import { useEffect, useRef, useState } from 'react';
import type { Order } from '../../../../contract/orders.ts';
import type { Payment } from '../../../../contract/payments.ts';
import { Button } from '../../ui/Button.tsx';
import { language } from '../../ui/language.ts';
import { formatMoney } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { t } from '../checkout/words.ts';
import { useLostPayment } from './use-lost-payment.ts';

/** The few parts of Stripe.js that we use. It must come from Stripe's own host, and is loaded only when needed. */
interface Elements {
  create(kind: 'payment'): {
    mount(at: HTMLElement): void;
    on(event: 'ready' | 'loaderror', call: () => void): void;
    destroy(): void;
  };
}
interface Told {
  error?: { type?: string; message?: string };
  paymentIntent?: { status: string };
}
interface Stripe {
  elements(options: { clientSecret: string; appearance: { theme: 'stripe' | 'night' } }): Elements;
  confirmPayment(options: {
    elements: Elements;
    confirmParams: {
      return_url: string;
      payment_method_data: { billing_details: { name: string; email: string } };
    };
    redirect: 'if_required';
  }): Promise<Told>;
  retrievePaymentIntent(clientSecret: string): Promise<Told>;
}
declare global {
  interface Window {
    Stripe?: (publishableKey: string, options: { locale: string }) => Stripe;
  }
}

const SCRIPT = 'https://js.stripe.com/v3/';
let loading: Promise<void> | null = null;

function loadStripe(): Promise<void> {
  loading ??= new Promise<void>((resolve, reject) => {
    const script = document.createElement('script');
    script.src = SCRIPT;
    script.onload = () => resolve();
    script.onerror = () => {
      script.remove();
      loading = null;
      reject(new Error('blocked'));
    };
    document.head.append(script);
  });
  return loading;
}

/** Paid or being processed: from here on the server decides. */
const isPaid = (intent: Told['paymentIntent']): boolean =>
  ['succeeded', 'processing', 'requires_capture'].includes(intent?.status ?? '');

export default function StripeCard({
  order,
  payment,
  onPaid,
  onGone,
  onPaying,
}: {
  order: Order;
  payment: Payment;
  onPaid: () => void;
  /** Called if the payment has ended without money. */
  onGone: () => void;
  /** Called with whether a payment is running. */
  onPaying: (underWay: boolean) => void;
}) {
  const mount = useRef<HTMLDivElement>(null);
  const open = useRef<{ stripe: Stripe; elements: Elements } | null>(null);
  const [state, setState] = useState<'loading' | 'ready' | 'busy' | 'lost' | 'unavailable'>('loading');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [tries, setTries] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another try loads the script again
  useEffect(() => {
    let destroy = () => {};
    let gone = false;
    loadStripe()
      .then(() => {
        if (gone || !window.Stripe || !mount.current) return;
        const stripe = window.Stripe(payment.publishableKey ?? '', { locale: language() });
        const scheme = getComputedStyle(document.documentElement).colorScheme;
        const dark =
          scheme === 'dark' ||
          (scheme.includes('dark') && matchMedia('(prefers-color-scheme: dark)').matches);
        const elements = stripe.elements({
          clientSecret: payment.clientSecret,
          appearance: { theme: dark ? 'night' : 'stripe' },
        });
        const element = elements.create('payment');
        element.on('ready', () => setState('ready'));
        element.on('loaderror', () => setState('unavailable'));
        element.mount(mount.current);
        open.current = { stripe, elements };
        // After a reload in the middle of a payment, this finds out its state.
        void stripe.retrievePaymentIntent(payment.clientSecret).then(({ paymentIntent }) => {
          if (!gone && isPaid(paymentIntent)) paid.current();
        });
        destroy = () => element.destroy();
      })
      .catch(() => setState('unavailable'));
    return () => {
      gone = true;
      destroy();
    };
  }, [payment.clientSecret, payment.publishableKey, tries]);

  const paid = useRef(onPaid);
  paid.current = onPaid;
  useLostPayment(
    state === 'lost',
    async () => {
      const told = await open.current?.stripe.retrievePaymentIntent(payment.clientSecret);
      if (!told?.paymentIntent) throw new Error(told?.error?.message);
      return told.paymentIntent;
    },
    (intent) => {
      if (isPaid(intent)) return onPaid();
      if (intent.status === 'canceled') onGone();
      setState('ready');
    },
  );
  const underWay = state === 'busy' || state === 'lost';
  useEffect(() => {
    onPaying(underWay);
    return () => onPaying(false);
  }, [underWay, onPaying]);

  const pay = async () => {
    if (!open.current || state !== 'ready') return;
    setState('busy');
    setRefusal(null);
    const { name, email } = order.buyer;
    const { error } = await open.current.stripe
      .confirmPayment({
        elements: open.current.elements,
        confirmParams: {
          return_url: `${location.origin}${document.documentElement.dataset.base ?? ''}/orders/${order.id}?paid=1`,
          payment_method_data: { billing_details: { name, email } },
        },
        redirect: 'if_required',
      })
      .catch((): Told => ({ error: { type: 'api_connection_error' } }));
    if (!error) return onPaid();
    // Nobody knows whether the payment succeeded. The form waits and asks Stripe.
    if (error.type === 'api_connection_error') return setState('lost');
    setRefusal(error.message ?? t('declined'));
    setState('ready');
  };

  return (
    <form
      className="mt-4 grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void pay();
      }}
    >
      {state === 'loading' && <Skeleton className="h-64" />}
      <div ref={mount} aria-busy={state === 'loading'} />
      {refusal && (
        <Notice tone="bad" live title={refusal}>
          {t('declinedText')}
        </Notice>
      )}
      {state === 'unavailable' && (
        <Notice tone="bad" live>
          {t('stripeFailed')}{' '}
          <button
            type="button"
            className="font-semibold underline"
            onClick={() => {
              setState('loading');
              setTries(tries + 1);
            }}
          >
            {t('retry')}
          </button>
        </Notice>
      )}
      {state === 'lost' && (
        <Notice tone="warn" live title={t('lostTitle')}>
          {t('lostText')}
        </Notice>
      )}
      {state !== 'unavailable' && (
        <Button type="submit" size="large" busy={state !== 'ready'}>
          {state === 'loading' ? t('stripeLoading') : t('pay', { amount: formatMoney(order.total) })}
        </Button>
      )}
    </form>
  );
}
