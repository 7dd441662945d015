import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { Select } from '../../ui/Field.tsx';
import { locale } from '../../ui/language.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { formatWhen } from '../../ui/When.tsx';
import { FigureTable } from '../figures/FigureTable.tsx';
import { niceTicks } from '../figures/scale.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { type Bar, barsOf } from './minutes.ts';
import { doorCountsQuery, doorSettingsQuery, doorTimelineQuery } from './queries.ts';
import { t } from './words.ts';

const formatCount = (count: number): string => new Intl.NumberFormat(locale()).format(count);

/** Who is in, who is still to come, and what each gate does, while the doors are open. */
export function LiveView({ event, isLive }: { event: ManagedEvent; isLive: boolean }) {
  const counts = useQuery(doorCountsQuery(event.id));
  const timeline = useQuery(doorTimelineQuery(event.id));
  const { data: settings } = useQuery(doorSettingsQuery(event.id));
  const error = counts.error ?? timeline.error;
  return (
    <>
      <p className="mt-6 flex items-center gap-2 text-sm text-muted" role="status">
        <span aria-hidden="true" className={`size-2 rounded-full ${isLive ? 'bg-good' : 'bg-warn'}`} />
        {t(isLive ? 'live' : 'notLive')}
      </p>
      {error && (
        <Notice tone="bad" live className="mt-4">
          {sayProblem(error)}
        </Notice>
      )}
      {!(counts.data && timeline.data) && !error && <Skeleton className="mt-4 h-96" />}
      {counts.data && (
        <dl className="mt-4 grid grid-cols-2 gap-3 sm:grid-cols-3">
          <Tile
            name={t('insideNow')}
            note={
              settings?.insideLimit ? t('ofLimit', { limit: formatCount(settings.insideLimit) }) : undefined
            }
          >
            {formatCount(counts.data.inside)}
          </Tile>
          <Tile name={t('cameIn')} note={t('ofTickets', { tickets: formatCount(counts.data.tickets) })}>
            {formatCount(counts.data.admitted)}
          </Tile>
          <Tile name={t('toCome')}>{formatCount(counts.data.toCome)}</Tile>
        </dl>
      )}
      {timeline.data && <Scanned event={event} {...timeline.data} names={settings?.checkpoints ?? []} />}
    </>
  );
}

function Tile({ name, note, children }: { name: string; note?: string | undefined; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col rounded-card border border-line bg-raised p-4 max-sm:last:odd:col-span-2">
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="mt-1 text-2xl font-bold tracking-tight numeric wrap-anywhere">
        <bdi>{children}</bdi>
      </dd>
      {note && <dd className="mt-auto pt-1 text-sm text-muted">{note}</dd>}
    </div>
  );
}

interface ScannedProps {
  event: ManagedEvent;
  gates: {
    gate: string | null;
    checkpointId: string | null;
    entries: number;
    exits: number;
    handouts: number;
    lastAt: string;
  }[];
  minutes: { at: string; gate: string | null; entries: number; exits: number }[];
  names: { id: string; name: string }[];
}

function Scanned({ event, gates, minutes, names }: ScannedProps) {
  // `all`, or `gate:` with its name; `gate:` alone is the one without a name.
  const [shown, setShown] = useState('all');
  const known = [...new Set(gates.map(({ gate }) => gate))];
  const bars = barsOf(minutes, shown === 'all' ? undefined : shown.slice('gate:'.length) || null);
  if (gates.length === 0) return <p className="mt-8 text-muted">{t('nothingScanned')}</p>;
  const time = (at: number | string) => formatWhen(new Date(at).toISOString(), event.timeZone, 'time');
  return (
    <>
      <section className="mt-10">
        <div className="flex flex-wrap items-end justify-between gap-3">
          <h2 className="text-xl font-bold tracking-tight">{t('byMinute')}</h2>
          {known.length > 1 && (
            <Select
              label={t('shownGate')}
              hideLabel
              pill
              value={shown}
              onChange={({ target }) => setShown(target.value)}
            >
              <option value="all">{t('allGates')}</option>
              {known.map((gate) => (
                <option key={gate ?? ''} value={`gate:${gate ?? ''}`}>
                  {gate ?? t('noGate')}
                </option>
              ))}
            </Select>
          )}
        </div>
        <Chart bars={bars} time={time} />
        <details className="mt-3">
          <summary className="py-2 font-semibold text-muted">{t('asTable')}</summary>
          <FigureTable
            caption={t('byMinute')}
            columns={[t('minute'), t('in'), t('out')]}
            rows={bars
              .filter(({ entries, exits }) => entries + exits > 0)
              .toReversed()
              .map(({ atMs, entries, exits }) => ({
                key: String(atMs),
                name: <bdi>{time(atMs)}</bdi>,
                cells: [formatCount(entries), formatCount(exits)],
              }))}
          />
        </details>
      </section>
      <section className="mt-10">
        <h2 className="text-xl font-bold tracking-tight">{t('byGate')}</h2>
        <FigureTable
          caption={t('byGate')}
          columns={[t('gate'), t('in'), t('out'), t('handedOut'), t('latest')]}
          rows={gates.map(({ gate, checkpointId, entries, exits, handouts, lastAt }) => ({
            key: `${gate} ${checkpointId}`,
            name: (
              <bdi>
                {[gate ?? t('noGate'), names.find(({ id }) => id === checkpointId)?.name]
                  .filter(Boolean)
                  .join(' · ')}
              </bdi>
            ),
            cells: [
              formatCount(entries),
              formatCount(exits),
              formatCount(handouts),
              <bdi key="latest">{time(lastAt)}</bdi>,
            ],
          }))}
        />
      </section>
    </>
  );
}

const [width, height, left, bottom, top] = [640, 240, 56, 36, 12];

/** A bar for each minute of the last hour. The table below it has the same numbers. */
function Chart({ bars, time }: { bars: Bar[]; time: (at: number) => string }) {
  const ticks = niceTicks(Math.max(...bars.map(({ entries }) => entries)));
  const most = ticks.at(-1) ?? 1;
  const [first, last] = [bars[0], bars.at(-1)];
  if (!first || !last) return null;
  // A short time has no broad bars.
  const slot = (width - left - 8) / Math.max(20, bars.length);
  const y = (count: number) => top + (1 - count / most) * (height - top - bottom);
  const busiest = bars.reduce((best, bar) => (bar.entries > best.entries ? bar : best), first);
  return (
    // Time runs from left to right in all languages, as on most charts.
    <svg
      role="img"
      direction="ltr"
      viewBox={`0 0 ${width} ${height}`}
      className="mt-3 h-auto w-full text-[24px] sm:text-[14px]"
      aria-label={t('chartText', {
        from: time(first.atMs),
        to: time(last.atMs),
        count: busiest.entries,
        at: time(busiest.atMs),
      })}
    >
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={left} x2={width - 8} y1={y(tick)} y2={y(tick)} className="stroke-line" />
          <text x={left - 6} y={y(tick) + 4} textAnchor="end" className="fill-muted">
            {formatCount(tick)}
          </text>
        </g>
      ))}
      {bars.map(({ atMs, entries }, i) => (
        <rect
          key={atMs}
          x={left + i * slot + slot * 0.1}
          width={slot * 0.8}
          y={y(entries)}
          height={y(0) - y(entries)}
          className="fill-accent"
        />
      ))}
      <text x={left} y={height - 8} className="fill-muted">
        {time(first.atMs)}
      </text>
      {bars.length > 20 && (
        <text x={width - 8} y={height - 8} textAnchor="end" className="fill-muted">
          {time(last.atMs)}
        </text>
      )}
    </svg>
  );
}
