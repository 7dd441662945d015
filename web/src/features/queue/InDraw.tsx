import { useQueryClient } from '@tanstack/react-query';
import type { Event } from '../../../../contract/events.ts';
import type { Queue } from '../../../../contract/waiting-room.ts';
import { Countdown } from '../../ui/Countdown.tsx';
import { nowMs } from '../../ui/clock.ts';
import { When } from '../../ui/When.tsx';
import { awaitedBeacon, BeaconWait } from './BeaconWait.tsx';
import { LeaveButton } from './LeaveButton.tsx';
import { Next } from './Next.tsx';
import { queueQuery } from './queries.ts';
import { Headline } from './StageCard.tsx';
import type { OwnEntry } from './stage.ts';
import { WhoWaits } from './WhoWaits.tsx';
import { t } from './words.ts';

interface Props {
  event: Event;
  queue: Queue;
  entry: OwnEntry;
  isDrawing: boolean;
}

/** Before the opening the date says more than a number of hours. */
const countsDownMs = 24 * 3_600_000;

/** The person has a place, and nobody knows the order yet. */
export function InDraw({ event, queue, entry, isDrawing }: Props) {
  const client = useQueryClient();
  const opensMs = Date.parse(queue.opensAt ?? '');
  const beacon = awaitedBeacon(queue);
  const leftMs = opensMs - nowMs() - entry.offsetMs;
  return (
    <>
      <Headline>{t(isDrawing ? 'drawing' : 'inDraw')}</Headline>
      <p className="mt-3 text-lg">{t(isDrawing ? 'drawingText' : 'inDrawText')}</p>
      {!isDrawing && queue.opensAt && (
        <p className="mt-4 font-semibold">
          {leftMs <= 0 ? (
            t('anyMoment')
          ) : leftMs > countsDownMs ? (
            <Opening at={queue.opensAt} event={event} />
          ) : (
            <>
              <span className="text-3xl">
                <Countdown
                  endsAtMs={opensMs}
                  offsetMs={entry.offsetMs}
                  label={t('untilOpening')}
                  onEnd={() => void client.invalidateQueries({ queryKey: queueQuery(event.id).queryKey })}
                />
              </span>{' '}
              {t('untilOpening')}
            </>
          )}
        </p>
      )}
      {isDrawing && beacon && (
        <BeaconWait beacon={beacon} timeZone={event.timeZone} offsetMs={entry.offsetMs} />
      )}
      <p className="mt-1 text-muted">{t('howMany', { count: Math.max(1, queue.waiting) })}</p>
      <Next windowSeconds={queue.windowSeconds} />
      <WhoWaits />
      <LeaveButton eventId={event.id} />
    </>
  );
}

export function Opening({ at, event }: { at: string; event: Event }) {
  return (
    <>
      {t('opening')} <When at={at} timeZone={event.timeZone} format="long" withZone />
    </>
  );
}
