import type { EventDashboard } from '../../../../contract/dashboard.ts';
import { Bar } from './Breakdown.tsx';
import { FigureTable } from './FigureTable.tsx';
import { formatCount, formatShare } from './Tiles.tsx';
import { t } from './words.ts';

const steps = ['views', 'clicks', 'holds', 'orders', 'paid'] as const;

/** From a view to a payment: how many come to each step, and how many of the step before go on. */
export function Funnel({ funnel }: { funnel: EventDashboard['funnel'] }) {
  const most = Math.max(1, ...steps.map((step) => funnel[step]));
  return (
    <section className="mt-10">
      <h2 className="text-xl font-bold tracking-tight">{t('funnel')}</h2>
      <FigureTable
        caption={t('funnel')}
        columns={[t('step'), t('count'), t('goOn')]}
        rows={steps.map((step, i) => {
          const before = i === 0 ? 0 : funnel[steps[i - 1] as (typeof steps)[number]];
          // A program may hold places without a view of the page.
          const share = before === 0 ? null : Math.min(1, funnel[step] / before);
          return {
            key: step,
            name: (
              <>
                {t(`f_${step}`)}
                <Bar share={funnel[step] / most} />
              </>
            ),
            cells: [formatCount(funnel[step]), share === null ? '–' : formatShare(share)],
          };
        })}
      />
    </section>
  );
}
