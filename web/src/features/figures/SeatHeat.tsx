import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { SeatFigures } from '../../../../contract/dashboard.ts';
import type { EventId } from '../../../../contract/ids.ts';
import type { SeatMap } from '../../../../contract/seating.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { formatWhen } from '../../ui/When.tsx';
import { FigureTable } from './FigureTable.tsx';
import { planQuery, seatFiguresQuery } from './queries.ts';
import { formatCount } from './Tiles.tsx';
import { t } from './words.ts';

/** The seat plan in colours: free, held, and sold, the later the stronger. A table has the numbers of each section. */
export function SeatHeat({ eventId, timeZone }: { eventId: EventId; timeZone: string }) {
  const { data: figures } = useQuery(seatFiguresQuery(eventId));
  const mapId = figures?.seatMapId;
  const { data: map } = useQuery({
    ...planQuery(eventId, mapId as NonNullable<typeof mapId>),
    enabled: Boolean(mapId),
  });
  if (figures && !mapId) return null;
  return (
    <section className="mt-10">
      <h2 className="text-xl font-bold tracking-tight">{t('plan')}</h2>
      {figures && map ? (
        <>
          <Plan map={map} figures={figures} />
          <Legend figures={figures} timeZone={timeZone} />
          <Sections map={map} figures={figures} />
        </>
      ) : (
        <Skeleton className="mt-3 h-64" />
      )}
    </section>
  );
}

/** The number at the end of a seat's id is its index within the event. */
const indexOf = (seatId: string): number => Number(seatId.slice(seatId.lastIndexOf('_') + 1));

/** How late each sold seat was sold, between 0.25 for the first and 1 for the last. */
function heatOf({ sold, soldAt }: SeatFigures): Map<number, number> {
  const [first, last] = spanOf(soldAt);
  const span = Math.max(1, last - first);
  return new Map(sold.map((index, i) => [index, 0.25 + (0.75 * ((soldAt[i] ?? first) - first)) / span]));
}

/** The least and the greatest of many numbers. Math.min(...many) would take each as an argument. */
function spanOf(many: number[]): [number, number] {
  let [least, most] = [many[0] ?? 0, many[0] ?? 0];
  for (const each of many) {
    if (each < least) least = each;
    if (each > most) most = each;
  }
  return [least, most];
}

function Plan({ map, figures }: { map: SeatMap; figures: SeatFigures }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const draw = () => paint(element, map, figures);
    draw();
    const size = new ResizeObserver(draw);
    size.observe(element);
    // The reader may choose another theme, or the system at nightfall.
    const theme = new MutationObserver(draw);
    theme.observe(document.documentElement, { attributes: true });
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', draw);
    return () => {
      size.disconnect();
      theme.disconnect();
      dark.removeEventListener('change', draw);
    };
  }, [map, figures]);
  const { sold, held, blocked, seats } = figures;
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={t('planText', {
        sold: formatCount(sold.length),
        held: formatCount(held.length),
        free: formatCount(Math.max(0, seats - sold.length - held.length - blocked.length)),
      })}
      className="mt-3 aspect-[4/3] w-full rounded-card border border-line bg-sunken"
    />
  );
}

function paint(canvas: HTMLCanvasElement, map: SeatMap, figures: SeatFigures): void {
  const context = canvas.getContext('2d');
  const { width, height } = canvas.getBoundingClientRect();
  if (!context || width === 0) return;
  const ratio = devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const places = map.sections.flatMap(({ rows }) => rows.flatMap(({ seats }) => seats));
  const [left, right] = spanOf(places.map(({ x }) => x));
  const [top, bottom] = spanOf(places.map(({ y }) => y));
  const scale = Math.min(width / (right - left + 20), height / (bottom - top + 20)) * ratio;
  const offsetX = (canvas.width - (right - left) * scale) / 2;
  const offsetY = (canvas.height - (bottom - top) * scale) / 2;
  const size = Math.max(1.5, Math.min(18 * ratio, 7 * scale));
  const style = getComputedStyle(canvas);
  const token = (name: string) => style.getPropertyValue(`--color-${name}`);
  const colour = resolver(canvas);
  const free = colour(token('seat-taken'));
  const held = colour(token('warn'));
  const hot = colour(token('accent'));
  const blocked = colour(token('line'));
  const heat = heatOf(figures);
  const isHeld = new Set(figures.held);
  const isBlocked = new Set(figures.blocked);
  for (const { id, x, y } of places) {
    const index = indexOf(id);
    const late = heat.get(index);
    const [px, py] = [offsetX + (x - left) * scale - size / 2, offsetY + (y - top) * scale - size / 2];
    context.globalAlpha = late ?? 1;
    context.fillStyle =
      late !== undefined ? hot : isHeld.has(index) ? held : isBlocked.has(index) ? blocked : free;
    if (late === undefined && !isHeld.has(index) && !isBlocked.has(index)) {
      context.globalAlpha = 0.9;
      context.strokeStyle = free;
      context.lineWidth = ratio;
      context.strokeRect(px + 0.5, py + 0.5, size - 1, size - 1);
    } else context.fillRect(px, py, size, size);
  }
  context.globalAlpha = 1;
}

/** A canvas does not know light-dark(), so the browser resolves the colour on an element. */
function resolver(beside: HTMLElement): (colour: string) => string {
  return (colour) => {
    const probe = document.createElement('span');
    probe.style.color = colour;
    beside.parentElement?.append(probe);
    const resolved = getComputedStyle(probe).color;
    probe.remove();
    return resolved;
  };
}

function Legend({ figures, timeZone }: { figures: SeatFigures; timeZone: string }) {
  const [first, last] = spanOf(figures.soldAt);
  const when = (seconds: number) => formatWhen(new Date(seconds * 1000).toISOString(), timeZone);
  return (
    <ul className="mt-2 flex flex-wrap gap-x-6 gap-y-1 text-sm">
      <li className="flex items-center gap-2">
        <Square className="fill-none stroke-seat-taken" />
        {t('free')}
      </li>
      <li className="flex items-center gap-2">
        <Square className="fill-warn" />
        {t('held')}
      </li>
      {figures.sold.length > 0 && (
        <>
          <li className="flex items-center gap-2">
            <Square className="fill-accent opacity-25" />
            {t('soldWhen', { when: when(first) })}
          </li>
          <li className="flex items-center gap-2">
            <Square className="fill-accent" />
            {t('soldWhen', { when: when(last) })}
          </li>
        </>
      )}
    </ul>
  );
}

const Square = ({ className }: { className: string }) => (
  <svg aria-hidden="true" viewBox="0 0 12 12" className="size-3 shrink-0">
    <rect x={1} y={1} width={10} height={10} className={className} />
  </svg>
);

function Sections({ map, figures }: { map: SeatMap; figures: SeatFigures }) {
  const sold = new Set(figures.sold);
  const held = new Set(figures.held);
  const rows = map.sections.map(({ key, name, rows: inSection }) => {
    const seats = inSection.flatMap(({ seats: ofRow }) => ofRow.map(({ id }) => indexOf(id)));
    return {
      key,
      name,
      seats: seats.length,
      sold: seats.filter((index) => sold.has(index)).length,
      held: seats.filter((index) => held.has(index)).length,
    };
  });
  return (
    <details className="mt-3">
      <summary className="py-2 font-semibold text-muted">{t('asTable')}</summary>
      <FigureTable
        caption={t('plan')}
        columns={[t('section'), t('seats'), t('sold'), t('held')]}
        rows={rows
          .filter(({ seats }) => seats > 0)
          .map((row) => ({
            key: row.key,
            name: <bdi>{row.name}</bdi>,
            cells: [row.seats, row.sold, row.held].map(formatCount),
          }))}
      />
    </details>
  );
}
