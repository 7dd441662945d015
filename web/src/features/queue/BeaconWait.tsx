import type { QueueBeacon } from '../../../../contract/queue-beacon.ts';
import type { Queue } from '../../../../contract/waiting-room.ts';
import { useNowMs } from '../../ui/clock.ts';
import { When } from '../../ui/When.tsx';
import { t } from './words.ts';

/** The beacon that a draw still waits for; null if it needs none. */
export const awaitedBeacon = ({ beacon }: Queue): QueueBeacon | null =>
  beacon && beacon.droppedAt === null ? beacon : null;

/** A round may take some seconds to reach everybody. */
const lateMs = 15_000;

/** While the list is closed: which round of the beacon the draw waits for, and whether it is late. */
export function BeaconWait({
  beacon,
  timeZone,
  offsetMs,
}: {
  beacon: QueueBeacon;
  timeZone: string;
  offsetMs: number;
}) {
  const now = useNowMs(1000) + offsetMs;
  const isLate = now > Date.parse(beacon.roundAt) + lateMs;
  return (
    <p className="mt-4 text-muted">
      {isLate ? t('beaconLate') : t('beaconWaits', { round: beacon.round })}{' '}
      {!isLate && <When at={beacon.roundAt} timeZone={timeZone} />}
    </p>
  );
}
