import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import type { Dispute } from '../../../../contract/disputes.ts';
import type { OrderId } from '../../../../contract/ids.ts';
import { meQuery } from '../../api/session.ts';
import { formatMoney, Money } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { formatWhen, When } from '../../ui/When.tsx';
import { chosenOrganisation } from '../organise/chosen.ts';
import { disputesQuery } from './queries.ts';
import { t } from './words.ts';

/** What the buyer's bank says of the payment of an order; nothing if it says nothing. */
export function Disputes({ orderId, org }: { orderId: OrderId; org: string | undefined }) {
  const { data: me } = useSuspenseQuery(meQuery);
  const organisation = chosenOrganisation(me, org);
  const { data } = useQuery({
    ...disputesQuery(organisation?.id ?? null, orderId),
    enabled: Boolean(organisation),
  });
  if (!data || data.items.length === 0) return null;
  return (
    <section aria-labelledby="disputes" className="mt-10">
      <h2 id="disputes" className="text-xl font-bold tracking-tight">
        {t('disputes')}
      </h2>
      <ul className="mt-3 space-y-4">
        {data.items.map((dispute) => (
          <li key={dispute.id}>
            <DisputeNotice dispute={dispute} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function DisputeNotice({ dispute }: { dispute: Dispute }) {
  const { kind, status, amount, fee, evidenceDueAt, openedAt, reason, reference } = dispute;
  const needsResponse = status === 'needs_response';
  return (
    <Notice
      tone={status === 'lost' ? 'bad' : needsResponse ? 'warn' : 'info'}
      title={`${t(`d_${kind}`)} · ${t(`d_${status}`)}`}
    >
      <p>
        <Money value={amount} /> · <When at={openedAt} timeZone={ownTimeZone()} />
      </p>
      <p className="wrap-anywhere">
        <bdi>{reason}</bdi> · <bdi>{reference}</bdi>
      </p>
      <p className="mt-2">{t(`d_about_${kind}`)}</p>
      {fee && fee.amount > 0 && <p className="mt-2">{t('d_fee', { amount: formatMoney(fee) })}</p>}
      {needsResponse && evidenceDueAt && (
        <p className="mt-2 font-semibold">{t('d_due', { when: formatWhen(evidenceDueAt, ownTimeZone()) })}</p>
      )}
    </Notice>
  );
}
