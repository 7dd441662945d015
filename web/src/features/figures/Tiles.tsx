import type { ReactNode } from 'react';
import type { EventDashboard } from '../../../../contract/dashboard.ts';
import { locale } from '../../ui/language.ts';
import { formatMoney } from '../../ui/Money.tsx';
import { t } from './words.ts';

export const formatCount = (count: number): string => new Intl.NumberFormat(locale()).format(count);
export const formatShare = (share: number): string =>
  new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: share < 0.1 ? 1 : 0 }).format(
    share,
  );

function Tile({ name, children, note }: { name: string; children: ReactNode; note?: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col max-sm:last:odd:col-span-2 rounded-card border border-line bg-raised p-4">
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="mt-1 text-2xl font-bold tracking-tight numeric wrap-anywhere">
        <bdi>{children}</bdi>
      </dd>
      {note && <dd className="mt-auto pt-1 text-sm text-muted">{note}</dd>}
    </div>
  );
}

/** The places of an event or of all events, as large figures with a bar of what is sold and held. */
export function Places({
  counts,
  queue = null,
}: {
  counts: EventDashboard['counts'];
  queue?: EventDashboard['queue'];
}) {
  const { capacity, sold, held, free, blocked, admitted, waiting } = counts;
  const columns = ['sm:grid-cols-5', 'sm:grid-cols-3', 'sm:grid-cols-4'];
  const more = (blocked > 0 ? 1 : 0) + (queue ? 1 : 0);
  const share = capacity === 0 ? 0 : sold / capacity;
  return (
    <div className="mt-6">
      <dl className={`grid grid-cols-2 gap-3 ${columns[more]}`}>
        <Tile
          name={t('sold')}
          note={t('ofCapacity', { share: formatShare(share), capacity: formatCount(capacity) })}
        >
          {formatCount(sold)}
        </Tile>
        <Tile name={t('held')}>{formatCount(held)}</Tile>
        <Tile name={t('free')}>{formatCount(free)}</Tile>
        {blocked > 0 && <Tile name={t('blocked')}>{formatCount(blocked)}</Tile>}
        <Tile name={t('admitted')} note={sold > 0 && formatShare(admitted / sold)}>
          {formatCount(admitted)}
        </Tile>
        {queue && <Tile name={t('inQueue')}>{formatCount(queue.waiting)}</Tile>}
        <Tile name={t('waiting')}>{formatCount(waiting)}</Tile>
      </dl>
      {capacity > 0 && (
        <svg
          aria-hidden="true"
          className="mt-3 h-3 w-full rounded-full"
          preserveAspectRatio="none"
          viewBox={`0 0 ${capacity} 1`}
        >
          <g className="rtl:[transform:scaleX(-1)] rtl:origin-center">
            <rect width={capacity} height={1} className="fill-line" />
            <rect width={Math.min(capacity, sold + held)} height={1} className="fill-warn" />
            <rect width={Math.min(capacity, sold)} height={1} className="fill-accent" />
          </g>
        </svg>
      )}
    </div>
  );
}

/** What was paid, and what is left of it for the organiser. */
export function Revenue({
  revenue,
  pending,
}: {
  revenue: EventDashboard['revenue'];
  pending?: EventDashboard['revenue']['gross'];
}) {
  const less = [
    ['fees', revenue.fees],
    ['tax', revenue.tax],
    ['refunds', revenue.refunds],
    ['disputed', revenue.disputed],
  ] as const;
  return (
    <dl className="mt-3 divide-y divide-line border-y border-line numeric">
      <Row name={t('gross')}>{formatMoney(revenue.gross)}</Row>
      {less.map(([name, value]) => (
        <Row
          key={name}
          name={t(name)}
          note={
            name === 'refunds' &&
            pending &&
            pending.amount > 0 &&
            t('onTheirWay', { amount: formatMoney(pending) })
          }
        >
          {formatMoney(value)}
        </Row>
      ))}
      <Row name={t('net')} note={t('netText')} strong>
        {formatMoney(revenue.net)}
      </Row>
    </dl>
  );
}

function Row({
  name,
  note,
  strong = false,
  children,
}: {
  name: string;
  note?: ReactNode;
  strong?: boolean;
  children: string;
}) {
  return (
    <div className={`flex flex-wrap justify-between gap-x-4 py-3 ${strong ? 'font-bold' : ''}`}>
      <dt className="min-w-0 wrap-anywhere">
        {name}
        {note && <span className="block text-sm font-normal text-muted">{note}</span>}
      </dt>
      <dd>
        <bdi className="whitespace-nowrap">{children}</bdi>
      </dd>
    </div>
  );
}
