import { useQuery } from '@tanstack/react-query';
import type { OrderId } from '../../../../contract/ids.ts';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { formatWhen } from '../../ui/When.tsx';
import { transfersQuery } from './queries.ts';
import { t } from './words.ts';

/** The transfers of an order's tickets: who, to whom, when, and what became of each. */
export function History({ orderId }: { orderId: OrderId }) {
  const { data } = useQuery(transfersQuery(orderId));
  if (!data || data.items.length === 0) return null;
  return (
    <section aria-labelledby="transfers" className="mt-10 max-w-xl">
      <h2 id="transfers" className="text-xl font-bold tracking-tight">
        {t('history')}
      </h2>
      <ul className="mt-3 divide-y divide-line border-y border-line">
        {data.items.map(({ id, from, to, status, createdAt, endedAt }) => (
          <li key={id} className="py-3 wrap-anywhere">
            <p>{t('fromTo', { from: from.name, to: to.name ? `${to.name} (${to.email})` : to.email })}</p>
            <p className="text-sm text-muted">
              {t(`${status}Status`)} · {formatWhen(endedAt ?? createdAt, ownTimeZone())}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
