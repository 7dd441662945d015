import { useQuery } from '@tanstack/react-query';
import type { EventId } from '../../../../contract/ids.ts';
import { formatMoney } from '../../ui/Money.tsx';
import { formatWhen } from '../../ui/When.tsx';
import { doorTotalsQuery } from './queries.ts';
import { t } from './words.ts';

/** What must be in each till. */
export function CashUp({ eventId }: { eventId: EventId }) {
  const { data: totals } = useQuery(doorTotalsQuery(eventId));
  return (
    <section className="mt-12">
      <h2 className="text-xl font-bold">{t('cashUp')}</h2>
      <p className="mt-1 text-muted">{totals?.length === 0 ? t('noSales') : t('cashUpText')}</p>
      <ul className="mt-4 grid gap-3">
        {totals?.map(({ day, seller, method, sales, taken, returned }) => (
          <li key={`${day} ${seller.id} ${method}`} className="rounded-card border border-line bg-raised p-4">
            <p className="flex flex-wrap justify-between gap-x-4 font-semibold">
              <bdi className="wrap-anywhere">{seller.name ?? t('deleted')}</bdi>
              <time dateTime={day}>{formatWhen(`${day}T12:00:00Z`, 'UTC', 'day')}</time>
            </p>
            <p className="mt-1 text-muted">
              {t(method)} · {t('sales', { count: sales })}
            </p>
            <p className="mt-1 flex flex-wrap gap-x-4 numeric">
              <span>{t('taken', { amount: formatMoney(taken) })}</span>
              {returned.amount > 0 && (
                <>
                  <span>{t('returned', { amount: formatMoney(returned) })}</span>
                  <strong>
                    {t('left', {
                      amount: formatMoney({ ...taken, amount: taken.amount - returned.amount }),
                    })}
                  </strong>
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
