import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { openOrderPayment } from '../../../../client/endpoints.generated.ts';
import type { OrderId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { formatMoney } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { formatWhen } from '../../ui/When.tsx';
import { PaymentStep } from '../buy/PaymentStep.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { ticketQuery } from '../transfer/queries.ts';
import { orderQuery } from '../wallet/queries.ts';
import { t } from './words.ts';

const route = getRouteApi('/orders/$orderId');

/** The holder pays for the exchange that the team has made, on the page of its order. */
export function PayAsked() {
  const orderId = route.useParams().orderId as OrderId;
  const { data: order } = useSuspenseQuery(orderQuery(orderId));
  const client = useQueryClient();
  const navigate = useNavigate();
  const reload = () => client.invalidateQueries({ queryKey: orderQuery(orderId).queryKey });
  const open = useMutation({
    mutationFn: () => call(openOrderPayment, { params: { orderId } }),
    // Paid or ended meanwhile: the page shows what became of the order.
    onSuccess: ({ payment }) => (payment === null ? reload() : undefined),
    onError: () => reload(),
  });
  const payment = open.data?.payment ?? null;
  const heading = useRef<HTMLHeadingElement>(null);
  const isOpen = payment !== null;
  useEffect(() => {
    if (isOpen) heading.current?.focus();
  }, [isOpen]);
  const asked = order.exchangeOf;
  if (!asked?.askedUntil) return null;
  const amount = formatMoney(order.total);
  return (
    <section aria-labelledby="asked" className="mt-6 rounded-card border border-line bg-raised p-5 sm:p-6">
      <h2 id="asked" ref={heading} tabIndex={-1} className="text-xl font-bold tracking-tight outline-none">
        {t('payTitle')}
      </h2>
      <p className="mt-2">{t('payText', { amount, until: formatWhen(asked.askedUntil, ownTimeZone()) })}</p>
      {open.error && (
        <Notice tone="bad" live className="mt-4">
          {sayProblem(open.error)}
        </Notice>
      )}
      {payment ? (
        <PaymentStep
          order={order}
          payment={payment}
          onPaid={() => {
            // The old ticket ends with the payment, and then its code can no longer be loaded.
            client.removeQueries({ queryKey: ticketQuery(asked.ticketId).queryKey });
            void navigate({ to: paths.order, params: { orderId }, search: { paid: 1 }, replace: true });
          }}
          onGone={() => void reload()}
          onPaying={() => {}}
        />
      ) : (
        <Button size="large" className="mt-4" busy={open.isPending} onClick={() => open.mutate()}>
          {t('payDo', { amount })}
        </Button>
      )}
    </section>
  );
}
