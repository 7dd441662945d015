import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Event } from '../../../../contract/events.ts';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { Countdown } from '../../ui/Countdown.tsx';
import { When } from '../../ui/When.tsx';
import { aheadOf, type Stage } from './stage.ts';
import { type QueueNow, useQueue } from './use-queue.ts';
import { t } from './words.ts';

export interface QueueGateProps {
  event: Event;
  /** Called with whether the person has to wait, so cannot hold places now. */
  onWaits?: (waits: boolean) => void;
}

/** Tells on a page with places that the event has a queue, and leads to it. During the turn it says how long that lasts. */
export function QueueGate({ event, onWaits }: QueueGateProps) {
  const now = useQueue(event.id, { isFed: true });
  const waits = hasToWait(now.stage);
  useEffect(() => onWaits?.(waits), [onWaits, waits]);
  if (!waits && now.stage !== 'active') return null;
  return (
    <section aria-label={t('queue')} className="mb-6 rounded-card bg-accent-soft p-5">
      {now.stage === 'active' && now.entry ? (
        <p className="flex flex-wrap items-baseline justify-between gap-x-4 font-semibold">
          {t('active')}
          <Countdown
            endsAtMs={Date.parse(now.entry.activeUntil ?? '')}
            offsetMs={now.entry.offsetMs}
            label={t('leftToChoose')}
            onEnd={() => {}}
          />
        </p>
      ) : (
        <Waits event={event} {...now} />
      )}
    </section>
  );
}

const hasToWait = (stage: Stage): boolean => !['none', 'standby', 'over', 'active'].includes(stage);

function Waits({ event, queue, entry, stage }: QueueNow & { event: Event }) {
  const isIn = stage !== 'join' && stage !== 'bought';
  return (
    <>
      <p className="font-semibold">{stage === 'called' ? t('called') : t(isIn ? 'inQueue' : 'hasQueue')}</p>
      <p className="mt-1 text-sm">
        {isIn && queue && entry?.position
          ? t('ahead', { count: aheadOf(queue, entry) })
          : t(queue?.opensAt && queue.state === 'before_draw' ? 'hasQueueDrawn' : 'joinText')}
      </p>
      {queue?.opensAt && queue.state === 'before_draw' && (
        <p className="mt-1 text-sm font-semibold">
          {t('opening')} <When at={queue.opensAt} timeZone={event.timeZone} withZone />
        </p>
      )}
      <Link
        to={paths.queue}
        params={{ slug: event.slug }}
        className={buttonClass('primary', 'medium', 'mt-4 w-full')}
      >
        {t(isIn ? 'toPlace' : 'toQueue')}
      </Link>
    </>
  );
}
