import type { EventDashboard } from '../../../../contract/dashboard.ts';
import { Bar } from './Breakdown.tsx';
import { formatCount, formatShare } from './Tiles.tsx';
import { t } from './words.ts';

const steps = ['views', 'holds', 'orders', 'paid'] as const;

/** From a view to a payment: how many come to each step, and how many of the step before go on. */
export function Funnel({ funnel }: { funnel: EventDashboard['funnel'] }) {
  const most = Math.max(1, ...steps.map((step) => funnel[step]));
  return (
    <section className="mt-10">
      <h2 className="text-xl font-bold tracking-tight">{t('funnel')}</h2>
      <table className="mt-3 w-full table-fixed border-y border-line text-sm tabular-nums">
        <caption className="sr-only">{t('funnel')}</caption>
        <thead>
          <tr className="text-muted">
            <th scope="col" className="w-2/5 py-2 text-start font-medium wrap-anywhere">
              {t('step')}
            </th>
            <th scope="col" className="py-2 ps-2 text-end font-medium wrap-anywhere">
              {t('count')}
            </th>
            <th scope="col" className="py-2 ps-2 text-end font-medium wrap-anywhere">
              {t('goOn')}
            </th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step, i) => {
            const before = i === 0 ? 0 : funnel[steps[i - 1] as (typeof steps)[number]];
            // A program may hold places without a view of the page.
            const share = before === 0 ? null : Math.min(1, funnel[step] / before);
            return (
              <tr key={step} className="border-t border-line align-top">
                <th scope="row" className="py-2 text-start font-medium wrap-anywhere">
                  {t(`f_${step}`)}
                  <Bar share={funnel[step] / most} />
                </th>
                <td className="py-2 ps-2 text-end">{formatCount(funnel[step])}</td>
                <td className="py-2 ps-2 text-end">{share === null ? '–' : formatShare(share)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
