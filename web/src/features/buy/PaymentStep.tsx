import { lazy, Suspense } from 'react';
import type { Order } from '../../../../contract/orders.ts';
import type { Payment } from '../../../../contract/payments.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { SandboxCard } from './SandboxCard.tsx';

const StripeCard = lazy(() => import('./StripeCard.tsx'));

interface Props {
  order: Order;
  payment: Payment;
  onPaid: () => void;
  onGone: () => void;
  /** Called with whether a payment is running. */
  onPaying: (underWay: boolean) => void;
}

/** The payment form of the server's provider. Stripe's is loaded only when needed. */
export function PaymentStep({ order, payment, onPaid, onGone, onPaying }: Props) {
  if (payment.provider === 'sandbox') {
    return (
      <SandboxCard
        paymentId={payment.id}
        clientSecret={payment.clientSecret}
        amount={order.total}
        onPaid={onPaid}
        onGone={onGone}
        onPaying={onPaying}
      />
    );
  }
  return (
    <Suspense fallback={<Skeleton className="mt-4 h-64" />}>
      <StripeCard order={order} payment={payment} onPaid={onPaid} onGone={onGone} onPaying={onPaying} />
    </Suspense>
  );
}
