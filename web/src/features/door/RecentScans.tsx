import { memo } from 'react';
import { Icon } from '../../ui/Icon.tsx';
import { formatWhen } from '../../ui/When.tsx';
import { refusalOf } from './refusals.ts';
import { sayGroup } from './ScanResult.tsx';
import type { ScanOutcome } from './scan-outcome.ts';
import { t } from './words.ts';

export interface RecentScan {
  key: string;
  atMs: number;
  outcome: ScanOutcome;
}

/** The last scans of this device, the newest first. Pressing one shows its result again. */
export function RecentScans({
  scans,
  timeZone,
  onShow,
}: {
  scans: RecentScan[];
  timeZone: string;
  onShow: (scan: RecentScan) => void;
}) {
  return (
    // A browser lays out only what is in view.
    <section
      aria-labelledby="last-scans"
      className="[contain-intrinsic-block-size:auto_30rem] [content-visibility:auto]"
    >
      <h2 id="last-scans" className="text-sm font-semibold">
        {t('last')}
      </h2>
      {scans.length === 0 && <p className="mt-1 text-muted">{t('noScans')}</p>}
      <ol className="mt-1 divide-y divide-line">
        {scans.map((scan) => (
          <Row key={scan.key} scan={scan} timeZone={timeZone} onShow={onShow} />
        ))}
      </ol>
    </section>
  );
}

/** Rendered once: to format the times of twenty rows for each scan took longer than to decide it. */
const Row = memo(function Row({
  scan,
  timeZone,
  onShow,
}: {
  scan: RecentScan;
  timeZone: string;
  onShow: (scan: RecentScan) => void;
}) {
  const { atMs, outcome } = scan;
  return (
    <li>
      <button
        type="button"
        onClick={() => onShow(scan)}
        className="flex min-h-12 w-full items-center gap-3 py-2 text-start hover:bg-sunken"
      >
        <Sign outcome={outcome} />
        <span className="min-w-0 flex-1 wrap-break-word">{titleOf(outcome)}</span>
        <span className="numeric shrink-0 text-sm text-muted">
          {formatWhen(new Date(atMs).toISOString(), timeZone, 'time')}
        </span>
      </button>
    </li>
  );
});

function Sign({ outcome }: { outcome: ScanOutcome }) {
  if (outcome.kind === 'admitted') return <Icon name="check" className="text-good" />;
  if (outcome.kind === 'group') {
    const isAll = outcome.admitted === outcome.of;
    return <Icon name={isAll ? 'check' : 'warning'} className={isAll ? 'text-good' : 'text-warn'} />;
  }
  if (outcome.kind === 'unanswered') return <Icon name="bolt" className="text-warn" />;
  const { icon, look } = refusalOf(outcome.code);
  return <Icon name={icon} className={look === 'wait' ? 'text-warn' : 'text-bad'} />;
}

function titleOf(outcome: ScanOutcome): string {
  if (outcome.kind === 'unanswered') return t('offline');
  if (outcome.kind === 'refused') return t(refusalOf(outcome.code).title);
  if (outcome.kind === 'group') return sayGroup(outcome);
  const { attendeeName, ticketTypeName } = outcome.ticket;
  if (outcome.movement === 'exit') return `${t('wentOut')} · ${attendeeName ?? ticketTypeName}`;
  return attendeeName ? `${attendeeName} · ${ticketTypeName}` : ticketTypeName;
}
