import type { ReactNode } from 'react';
import type { EventDashboard } from '../../../../contract/dashboard.ts';
import { formatMoney } from '../../ui/Money.tsx';
import { formatWhen } from '../../ui/When.tsx';
import { FigureTable } from './FigureTable.tsx';
import { growth, niceTicks, pathOf, type Step } from './scale.ts';
import { formatCount } from './Tiles.tsx';
import { t } from './words.ts';

const [width, height, left, bottom, top] = [640, 260, 76, 36, 12];
const unitMs = { hour: 3_600_000, day: 86_400_000 };

/** Tickets since the beginning of the sale, beside the last comparable event, with the numbers in a table. */
export function SalesChart({
  sales,
  comparison,
  timeZone,
}: Pick<EventDashboard, 'sales' | 'comparison' | 'timeZone'>) {
  if (sales.points.length === 0) return <p className="mt-3 text-muted">{t('noSales')}</p>;
  const now = growth(sales, unitMs[sales.unit]);
  const before = comparison ? growth(comparison, unitMs[comparison.unit]) : [];
  return (
    <>
      <Lines now={now} before={before} unit={sales.unit} />
      <ul className="mt-2 flex flex-wrap gap-x-6 gap-y-1 text-sm">
        <Key className="stroke-accent">{t('thisEvent')}</Key>
        {comparison && before.length > 0 && (
          <Key className="stroke-muted" dashed>
            <bdi>{comparison.title}</bdi>
          </Key>
        )}
      </ul>
      <details className="mt-3">
        <summary className="py-2 font-semibold text-muted">{t('asTable')}</summary>
        <FigureTable
          caption={t('sales')}
          columns={[t('when'), t('tickets'), t('gross')]}
          rows={sales.points.map(({ at, tickets, gross }) => ({
            key: at,
            name: <bdi>{formatWhen(at, timeZone, sales.unit === 'hour' ? 'short' : 'day')}</bdi>,
            cells: [formatCount(tickets), <bdi key="gross">{formatMoney(gross)}</bdi>],
          }))}
        />
      </details>
    </>
  );
}

function Lines({ now, before, unit }: { now: Step[]; before: Step[]; unit: 'hour' | 'day' }) {
  const all = [...now, ...before];
  const span = Math.max(unitMs[unit], ...all.map(({ at }) => at));
  const ticks = niceTicks(Math.max(...all.map(({ total }) => total)));
  const most = ticks.at(-1) ?? 1;
  const x = (at: number) => left + (at / span) * (width - left - 8);
  const y = (total: number) => top + (1 - total / most) * (height - top - bottom);
  const line = pathOf(now, x, y);
  const last = now.at(-1) as Step;
  const after = t(unit === 'hour' ? 'hours' : 'days', { count: Math.round(span / unitMs[unit]) });
  return (
    // Time runs from left to right in all languages, as on most charts.
    <svg
      role="img"
      direction="ltr"
      viewBox={`0 0 ${width} ${height}`}
      className="mt-3 h-auto w-full text-[24px] sm:text-[14px]"
      aria-label={t('chartText', { tickets: formatCount(last.total), span: after })}
    >
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={left} x2={width - 8} y1={y(tick)} y2={y(tick)} className="stroke-line" />
          <text x={left - 6} y={y(tick) + 4} textAnchor="end" className="fill-muted">
            {formatCount(tick)}
          </text>
        </g>
      ))}
      {before.length > 0 && (
        <path
          d={pathOf(before, x, y)}
          className="fill-none stroke-muted"
          strokeWidth={2}
          strokeDasharray="5 4"
        />
      )}
      <path d={`${line}L${x(last.at)} ${y(0)}L${x(0)} ${y(0)}Z`} className="fill-accent-soft" />
      <path d={line} className="fill-none stroke-accent" strokeWidth={2.5} strokeLinejoin="round" />
      <circle cx={x(last.at)} cy={y(last.total)} r={4} className="fill-accent" />
      <text x={left} y={height - 8} className="fill-muted">
        {t('beginning')}
      </text>
      <text x={width - 8} y={height - 8} textAnchor="end" className="fill-muted">
        {after}
      </text>
    </svg>
  );
}

function Key({
  className,
  dashed = false,
  children,
}: {
  className: string;
  dashed?: boolean;
  children: ReactNode;
}) {
  return (
    <li className="flex min-w-0 items-center gap-2">
      <svg aria-hidden="true" viewBox="0 0 24 4" className="h-1 w-6 shrink-0">
        <line
          x2={24}
          y1={2}
          y2={2}
          strokeWidth={3}
          strokeDasharray={dashed ? '5 4' : undefined}
          className={className}
        />
      </svg>
      {children}
    </li>
  );
}
