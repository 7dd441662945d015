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
    <section aria-labelledby="last-scans">
      <h2 id="last-scans" className="text-sm font-semibold">
        {t('last')}
      </h2>
      {scans.length === 0 && <p className="mt-1 text-muted">{t('noScans')}</p>}
      <ol className="mt-1 divide-y divide-line">
        {scans.map((scan) => (
          <li key={scan.key}>
            <button
              type="button"
              onClick={() => onShow(scan)}
              className="flex min-h-12 w-full items-center gap-3 py-2 text-start hover:bg-sunken"
            >
              <Sign outcome={scan.outcome} />
              <span className="min-w-0 flex-1 wrap-break-word">{titleOf(scan.outcome)}</span>
              <span className="numeric shrink-0 text-sm text-muted">
                {formatWhen(new Date(scan.atMs).toISOString(), timeZone, 'time')}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

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
