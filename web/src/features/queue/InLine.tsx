import { Link } from '@tanstack/react-router';
import type { Event } from '../../../../contract/events.ts';
import type { Queue } from '../../../../contract/waiting-room.ts';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { LeaveButton } from './LeaveButton.tsx';
import { Next } from './Next.tsx';
import { Headline } from './StageCard.tsx';
import { sayTurn } from './say-wait.ts';
import { aheadOf, type OwnEntry } from './stage.ts';
import { useEstimate, useMostAhead } from './use-estimate.ts';
import { WhoWaits } from './WhoWaits.tsx';
import { t } from './words.ts';

interface Props {
  event: Event;
  queue: Queue;
  entry: OwnEntry;
  stage: 'waiting' | 'paused' | 'all_held' | 'sold_out';
}

/** The person has a position, and others are ahead. */
export function InLine({ event, queue, entry, stage }: Props) {
  const ahead = aheadOf(queue, entry);
  return (
    <>
      <p className="mb-1 font-semibold text-accent">{t('position', { position: entry.position ?? 0 })}</p>
      {stage === 'waiting' ? (
        <Headline>{t('ahead', { count: ahead })}</Headline>
      ) : (
        <>
          <Headline>{t(stage)}</Headline>
          <p className="mt-3 text-lg">
            {stage === 'all_held' ? t('all_heldText', { count: queue.paying }) : t(`${stage}Text`)}
          </p>
          <p className="mt-3 font-semibold">{t('ahead', { count: ahead })}</p>
        </>
      )}
      <Progress entry={entry} ahead={ahead} />
      <Wait queue={queue} ahead={ahead} />
      {stage === 'sold_out' && event.waitlist.enabled && (
        <Link
          to={paths.event}
          params={{ slug: event.slug }}
          hash="waitlist"
          className={buttonClass('quiet', 'medium', 'mt-5 w-full')}
        >
          {t('toWaitlist')}
        </Link>
      )}
      {stage === 'waiting' && queue.left < ahead && (
        <Notice tone="warn" className="mt-4">
          {t('mayNotReach', { left: queue.left, ahead })}
        </Notice>
      )}
      <Next windowSeconds={queue.windowSeconds} />
      <WhoWaits />
      <LeaveButton eventId={event.id} />
    </>
  );
}

function Progress({ entry, ahead }: { entry: OwnEntry; ahead: number }) {
  const most = useMostAhead(entry.id, ahead);
  const percent = most === 0 ? 100 : Math.round(((most - ahead) / most) * 100);
  return (
    <div
      role="progressbar"
      aria-label={t('progress')}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      className="mt-5 h-3 overflow-hidden rounded-full bg-sunken"
    >
      <div
        className="h-full min-w-3 rounded-full bg-accent transition-[width] duration-700"
        style={{ width: `${percent}%` }}
      />
    </div>
  );
}

/** How long it takes, how we know, and why it takes longer than we said. */
function Wait({ queue, ahead }: { queue: Queue; ahead: number }) {
  const { turnMs, later, nowMs } = useEstimate(queue, ahead);
  if (queue.state !== 'open') return null;
  if (turnMs === null || queue.peoplePerMinute === null)
    return <p className="mt-4 text-muted">{t('cannotTell')}</p>;
  return (
    <div className="mt-4">
      <p className="text-lg font-semibold">{sayTurn(turnMs - nowMs)}</p>
      {later && <p className="mt-1 text-warn">{t(`later_${later.reason}`)}</p>}
      <p className="mt-1 text-sm text-muted">
        {t('method', { rate: Math.max(1, Math.round(queue.peoplePerMinute)) })}
      </p>
    </div>
  );
}
