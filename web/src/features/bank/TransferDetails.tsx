import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { inGroups } from '../../../../contract/iban.ts';
import type { OrderId } from '../../../../contract/ids.ts';
import { Button } from '../../ui/Button.tsx';
import { formatMoney } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { formatWhen } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { transferQuery } from './queries.ts';
import { t } from './words.ts';

const route = getRouteApi('/orders/$orderId');

/** What the buyer of an order has to pay, to which account and with which reference. */
export function TransferDetails() {
  const { orderId } = route.useParams();
  const { data, error } = useQuery({
    ...transferQuery(orderId as OrderId),
    refetchInterval: 60_000,
  });
  if (error)
    return (
      <Notice tone="bad" live className="mt-6">
        {sayProblem(error)}
      </Notice>
    );
  if (!data) return <Skeleton className="mt-6 h-96" />;
  if (data.state !== 'awaited') return null;
  const { account, reference, open, received, payUntil, qr } = data;
  return (
    <section aria-labelledby="transfer" className="mt-6 rounded-card border border-line bg-raised p-5">
      <h2 id="transfer" className="text-xl font-bold tracking-tight">
        {t('toPay', { amount: formatMoney(open) })}
      </h2>
      <p className="mt-2">{t('payText', { until: formatWhen(payUntil, ownTimeZone()) })}</p>
      {received.amount > 0 && (
        <p className="mt-2 font-medium">{t('receivedSoFar', { amount: formatMoney(received) })}</p>
      )}
      <div className="mt-4 flex flex-wrap gap-6">
        <dl className="grid min-w-0 grow gap-3">
          <Row label={t('holder')} shown={account.holder} />
          <Row label={t('iban')} shown={inGroups(account.iban)} copied={account.iban} />
          {account.bic && <Row label={t('bic')} shown={account.bic} copied={account.bic} />}
          <Row label={t('amount')} shown={formatMoney(open)} />
          <Row label={t('reference')} shown={inGroups(reference)} copied={reference} />
        </dl>
        {qr && (
          <figure className="w-44">
            <img
              src={`data:image/svg+xml,${encodeURIComponent(qr)}`}
              alt={t('qrAlt')}
              width={176}
              height={176}
              className="rounded-field bg-white"
            />
            <figcaption className="mt-2 text-sm text-muted">{t('qrText')}</figcaption>
          </figure>
        )}
      </div>
    </section>
  );
}

/** A value that people copy into their banking app. */
function Row({ label, shown, copied }: { label: string; shown: string; copied?: string }) {
  const [isCopied, setIsCopied] = useState(false);
  return (
    <div>
      <dt className="text-sm text-muted">{label}</dt>
      <dd className="flex flex-wrap items-center justify-between gap-x-4 font-semibold">
        <bdi className="min-w-0 wrap-anywhere">{shown}</bdi>
        {copied && (
          <Button
            look="plain"
            size="small"
            aria-label={t('copyNamed', { what: label })}
            onClick={() => void navigator.clipboard.writeText(copied).then(() => setIsCopied(true))}
          >
            {t(isCopied ? 'copied' : 'copy')}
          </Button>
        )}
      </dd>
    </div>
  );
}
