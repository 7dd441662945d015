import { isProblem } from '../../../../client/problem.ts';
import type { CheckIn } from '../../../../contract/check-ins.ts';
import type { DoorWarning } from '../../../../contract/door-warning.ts';
import { Icon } from '../../ui/Icon.tsx';
import { formatWhen } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { t } from './words.ts';

export type ScanOutcome =
  | { kind: 'admitted'; checkIn: CheckIn }
  | { kind: 'refused' | 'offline'; error: unknown };

const box = 'flex min-h-56 flex-col items-center justify-center rounded-3xl p-6 text-center';

/** What to do with the guest, readable from two metres: colour, sign and word say the same. */
export function ScanResult({
  outcome,
  pending,
  timeZone,
}: {
  outcome: ScanOutcome | null;
  pending: boolean;
  timeZone: string;
}) {
  return (
    <div role="status" aria-live="assertive" aria-atomic="true">
      {outcome === null ? (
        <div className={`${box} bg-sunken text-muted`}>
          <Icon
            name="ticket"
            size={48}
            className={pending ? 'animate-[breathe_0.8s_ease-in-out_infinite]' : ''}
          />
          <p className="mt-2 text-lg font-semibold">{pending ? t('checking') : ' '}</p>
        </div>
      ) : outcome.kind === 'admitted' ? (
        <Admitted checkIn={outcome.checkIn} timeZone={timeZone} />
      ) : (
        <Refused outcome={outcome} timeZone={timeZone} />
      )}
    </div>
  );
}

function Admitted({ checkIn, timeZone }: { checkIn: CheckIn; timeZone: string }) {
  const { place, warning } = checkIn;
  return (
    <div className={`${box} text-white ${warning ? 'bg-gate-wait' : 'bg-gate-admit'}`}>
      <Icon name={warning ? 'warning' : 'check'} size={88} strokeWidth={3} />
      <p className="text-4xl font-extrabold tracking-tight">{t('admitted')}</p>
      {warning && <p className="mt-2 text-xl font-bold">{sayWarning(warning.code, warning.at, timeZone)}</p>}
      <p className="mt-2 text-xl font-semibold">
        <bdi>{checkIn.ticketTypeName}</bdi>
      </p>
      {place && (
        <p className="text-lg">
          {place.row === ''
            ? t('seatNameNoRow', { section: place.section, seat: place.seat })
            : t('seatName', place)}
        </p>
      )}
      {checkIn.attendeeName && (
        <p className="text-lg">
          <bdi>{checkIn.attendeeName}</bdi>
        </p>
      )}
      <p className="mt-1 text-white/90">{t('order', { number: checkIn.orderNumber })}</p>
    </div>
  );
}

/** What is unlikely about the time of a scan, with the date. */
export const sayWarning = (code: DoorWarning['code'], at: string, timeZone: string): string =>
  t(code === 'long_before_doors' ? 'notYet' : 'longOver', { when: formatWhen(at, timeZone, 'long') });

function Refused({
  outcome,
  timeZone,
}: {
  outcome: { kind: 'refused' | 'offline'; error: unknown };
  timeZone: string;
}) {
  const { error } = outcome;
  if (outcome.kind === 'offline') {
    return (
      <div className={`${box} bg-gate-wait text-white`}>
        <Icon name="bolt" size={72} strokeWidth={2.5} />
        <p className="text-4xl font-extrabold tracking-tight">{t('offline')}</p>
        <p className="mt-2 text-lg">{t('offlineText')}</p>
      </div>
    );
  }
  const { usedAt, gate, by } = (isProblem(error) ? error.members : {}) as {
    usedAt?: string;
    gate?: string | null;
    by?: string;
  };
  const where = [
    usedAt && t('usedAt', { when: formatWhen(usedAt, timeZone) }),
    gate && t('atGate', { gate }),
    by && t('byName', { name: by }),
  ];
  return (
    <div className={`${box} bg-gate-refuse text-white`}>
      <Icon name="cross" size={88} strokeWidth={3} />
      <p className="text-4xl font-extrabold tracking-tight">{t('refused')}</p>
      <p className="mt-2 text-xl font-semibold">{sayProblem(error)}</p>
      {where.some(Boolean) && <p className="text-lg">{where.filter(Boolean).join(' ')}</p>}
    </div>
  );
}
