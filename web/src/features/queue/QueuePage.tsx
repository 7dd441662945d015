import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { notAdmittedReasons } from '../../../../contract/queue-refusals.ts';
import { paths } from '../../paths.ts';
import { backLink } from '../../ui/back-link.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useTitle } from '../../ui/title.ts';
import { When } from '../../ui/When.tsx';
import { eventQuery } from '../buy/queries.ts';
import { Announcement } from './Announcement.tsx';
import { DrawNote } from './DrawNote.tsx';
import { Lanes } from './Lanes.tsx';
import { StageCard } from './StageCard.tsx';
import { aheadOf, type Stage } from './stage.ts';
import { useQueue } from './use-queue.ts';
import { t } from './words.ts';

const route = getRouteApi('/e/$slug/queue');

/** The queue of an event: joining it, the draw, the own position, and the turn. */
export function QueuePage() {
  const { slug } = route.useParams();
  const { why } = route.useSearch();
  const { data: event } = useSuspenseQuery(eventQuery(slug));
  const now = useQueue(event.id);
  const whyWord = why === undefined ? null : wordOf(why);
  const { queue, entry, stage, trouble } = now;
  const ahead = queue && entry?.position && isInLine(stage) ? aheadOf(queue, entry) : null;
  const title = t('titleOf', { event: event.title });
  useTitle(
    stage === 'active' || stage === 'called'
      ? `${t('turnTitle')} · ${event.title}`
      : ahead !== null
        ? `${t('ahead', { count: ahead })} · ${event.title}`
        : title,
  );
  return (
    <div className="page max-w-2xl pb-24 pt-4 sm:pt-10">
      <Link to={paths.event} params={{ slug: event.slug }} className={backLink}>
        <Icon name="left" size={18} />
        {t('backToEvent')}
      </Link>
      <h1 tabIndex={-1} className="mt-2 text-2xl font-extrabold tracking-tight sm:text-title">
        <bdi>{title}</bdi>
      </h1>
      <p className="mt-1 text-muted">
        <When at={event.startsAt} timeZone={event.timeZone} withZone />
        {event.venue.name && (
          <>
            {' '}
            · <bdi>{event.venue.name}</bdi>
          </>
        )}
      </p>
      {whyWord && (stage === 'join' || isInLine(stage)) && (
        <Notice tone="warn" live className="mt-5">
          {t(whyWord)}
        </Notice>
      )}
      {queue?.message && (
        <Notice title={t('message')} live className="mt-5">
          <p dir="auto" className="wrap-anywhere whitespace-pre-line">
            {queue.message}
          </p>
        </Notice>
      )}
      <StageCard event={event} {...now} />
      {queue && queue.lanes.length > 0 && <Lanes eventId={event.id} queue={queue} entry={entry} />}
      {queue?.opensAt && <DrawNote event={event} queue={queue} entry={entry} />}
      <Announcement stage={stage} ahead={ahead} />
      {/* It covers nothing that moves, so nothing moves when it comes and goes. */}
      {trouble && (
        <div className="fixed inset-x-0 bottom-0 z-20 p-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
          <Notice tone="warn" live className="mx-auto max-w-2xl shadow-lift">
            {t(trouble)}
          </Notice>
        </div>
      )}
    </div>
  );
}

const isInLine = (stage: Stage): boolean =>
  ['waiting', 'paused', 'all_held', 'sold_out'].some((each) => each === stage);

/** Why the places were not held, when a refusal has led here. Null if the address says something else. */
function wordOf(reason: string) {
  if (!notAdmittedReasons.some((each) => each === reason)) return null;
  if (reason === 'not_in_queue' || reason === 'waiting') return `why_${reason}` as const;
  return reason === 'ended' || reason === 'expired' ? 'why_over' : 'why_wrong';
}
