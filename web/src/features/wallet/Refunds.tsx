import { useQuery } from '@tanstack/react-query';
import type { Order } from '../../../../contract/orders.ts';
import { formatMoney } from '../../ui/Money.tsx';
import { formatWhen } from '../../ui/When.tsx';
import { refundsQuery } from './queries.ts';
import { t } from './words.ts';

const states = { pending: 'refundPending', succeeded: 'refundSent', failed: 'refundFailed' } as const;

/** What became of each refund. Without a connection the receipt has only their sum. */
export function Refunds({ order }: { order: Order }) {
  const { data } = useQuery(refundsQuery(order.id));
  if (!data || data.items.length === 0) return null;
  return (
    <li className="py-3">
      <ul className="grid gap-1 text-sm text-muted">
        {data.items.map(({ id, amount, status, createdAt, reason }) => (
          <li key={id} className="break-words">
            {t(states[status], {
              amount: formatMoney(amount),
              when: formatWhen(createdAt, order.event.timeZone),
            })}
            {reason && (
              <>
                {' '}
                <bdi>{reason}</bdi>
              </>
            )}
          </li>
        ))}
      </ul>
    </li>
  );
}
