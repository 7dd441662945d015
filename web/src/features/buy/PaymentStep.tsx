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
  /** Told whether a payment is under way. */
  onPaying: (underWay: boolean) => void;
}

/** The form of the provider that the server chose; Stripe's is fetched only where it is needed. */
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
