import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ownAddress } from '../../../../contract/own-address.ts';
import { Button } from '../../ui/Button.tsx';
import { Money } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useTitle } from '../../ui/title.ts';
import { t } from '../checkout/words.ts';
import { sandboxPaymentQuery } from './queries.ts';
import { SandboxCard } from './SandboxCard.tsx';

const route = getRouteApi('/sandbox/pay/$paymentId');

/** The sandbox provider's hosted page, for shops that send their buyers to a hosted checkout. */
export function SandboxPage() {
  const { paymentId } = route.useParams();
  const { secret = '' } = route.useSearch();
  const query = sandboxPaymentQuery(paymentId, secret);
  const { data: payment } = useSuspenseQuery(query);
  const client = useQueryClient();
  useTitle(t('sandboxTitle'));
  const open = payment.status === 'open' || payment.status === 'requires_action';
  const goBack = () => {
    const back = payment.returnUrl && ownAddress(payment.returnUrl, location.origin);
    if (back) location.assign(back);
    else void client.invalidateQueries({ queryKey: query.queryKey });
  };
  return (
    <div className="page max-w-xl py-10">
      <h1 tabIndex={-1} className="text-title font-extrabold">
        {t('sandboxTitle')}
      </h1>
      <p className="mt-4 flex flex-wrap items-baseline justify-between gap-x-4 rounded-card bg-sunken p-5 text-lg">
        <bdi>{payment.description}</bdi>
        <strong>
          <Money value={payment.amount} />
        </strong>
      </p>
      {open && (
        <SandboxCard
          paymentId={payment.id}
          clientSecret={secret}
          amount={payment.amount}
          startsAt={payment.status}
          onPaid={goBack}
          onGone={() => void client.invalidateQueries({ queryKey: query.queryKey })}
        />
      )}
      {!open && (
        <>
          <Notice
            className="mt-6"
            tone={payment.status === 'succeeded' ? 'good' : 'warn'}
            title={t(payment.status === 'succeeded' ? 'sandboxPaid' : 'sandboxClosed')}
          >
            {t(payment.status === 'succeeded' ? 'sandboxPaidText' : 'sandboxClosedText')}
          </Notice>
          {payment.returnUrl !== null && (
            <Button className="mt-5" onClick={goBack}>
              {t('sandboxBack')}
            </Button>
          )}
        </>
      )}
    </div>
  );
}
