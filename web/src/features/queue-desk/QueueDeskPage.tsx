import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { steerQueue } from '../../../../client/endpoints.generated.ts';
import type { EventId } from '../../../../contract/ids.ts';
import type { Queue } from '../../../../contract/waiting-room.ts';
import { call } from '../../api/call.ts';
import { listen } from '../../api/live.ts';
import { useAct } from '../../api/use-act.ts';
import { useMay } from '../../api/use-may.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { locale } from '../../ui/language.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { useTitle } from '../../ui/title.ts';
import { When } from '../../ui/When.tsx';
import { managedEventQuery } from '../organise/queries.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { queueQuery } from '../queue/queries.ts';
import { BeaconWait } from './BeaconWait.tsx';
import { LanesForm } from './LanesForm.tsx';
import { Rehearsals } from './Rehearsals.tsx';
import { SteerForm } from './SteerForm.tsx';
import { t } from './words.ts';

const route = getRouteApi('/organise/events/$eventId/queue');

/** The queue of an event, for its team: what happens in it, and steering it. */
export function QueueDeskPage() {
  const { eventId } = route.useParams();
  const { data: event } = useSuspenseQuery(managedEventQuery(eventId));
  const { data: queue, error } = useLiveQueue(event.id);
  const may = useMay(event.organisation.id, event.id)('events.edit');
  useTitle(`${t('title')} · ${event.title}`);
  return (
    <Subpage
      back={{ to: paths.managedEvent, params: { eventId: event.id } }}
      backText={event.title}
      title={t('title')}
    >
      <p className="mt-2 text-muted">{t('text')}</p>
      {error && (
        <Notice tone="bad" live className="mt-4">
          {sayProblem(error)}
        </Notice>
      )}
      {queue === undefined && !error && <Skeleton className="mt-6 h-64" />}
      {queue === null && <p className="mt-6">{t('none')}</p>}
      {queue && (
        <>
          <p role="status" className="mt-6 text-xl font-bold">
            {t(`s_${queue.state}`)}
          </p>
          {queue.isPaused && queue.state !== 'paused' && queue.state !== 'ended' && (
            <p className="mt-1 text-warn">{t('pausedBefore')}</p>
          )}
          {queue.state === 'drawing' && queue.beacon?.droppedAt === null && (
            <BeaconWait eventId={event.id} beacon={queue.beacon} timeZone={event.timeZone} may={may} />
          )}
          <Figures queue={queue} timeZone={event.timeZone} />
          <div className="mt-6 flex flex-wrap gap-3">
            {queue.state !== 'ended' && <PauseButton eventId={event.id} queue={queue} may={may} />}
            <Link to={paths.queue} params={{ slug: event.slug }} className={buttonClass('quiet')}>
              {t('viewPage')}
            </Link>
          </div>
          {queue.state === 'before_draw' && <LanesForm eventId={event.id} may={may} />}
          {queue.state !== 'ended' && <SteerForm eventId={event.id} queue={queue} may={may} />}
          {queue.state !== 'ended' && <Rehearsals eventId={event.id} may={may} />}
        </>
      )}
    </Subpage>
  );
}

/** Pushed by the live connection, and read every ten seconds in case that there is none. */
function useLiveQueue(eventId: EventId) {
  const client = useQueryClient();
  useEffect(() => {
    const { queryKey } = queueQuery(eventId);
    return listen({
      query: { event: eventId },
      onOpen: () => void client.invalidateQueries({ queryKey }),
      onRefused: () => {},
      onMessage: (name, payload) => {
        if (name === 'queue') client.setQueryData(queryKey, payload as Queue);
      },
    });
  }, [client, eventId]);
  return useQuery({ ...queueQuery(eventId), refetchInterval: 10_000 });
}

function Figures({ queue, timeZone }: { queue: Queue; timeZone: string }) {
  // Before the opening nobody has a position, and the keeper counts no places.
  const isOpen = queue.state !== 'before_draw' && queue.state !== 'drawing';
  const figures = [
    ['waiting', queue.waiting],
    ['rate', isOpen ? (queue.peoplePerMinute ?? 0) : null],
    ['serving', isOpen ? queue.nowServing : null],
    ['lastPosition', isOpen ? queue.lastPosition : null],
    ['left', isOpen ? queue.left : null],
    ['paying', isOpen ? queue.paying : null],
  ] as const;
  const numbers = new Intl.NumberFormat(locale(), { maximumFractionDigits: 0 });
  return (
    <dl className="mt-5 grid grid-cols-2 gap-4 sm:grid-cols-3">
      {figures.map(([name, count]) => (
        <div key={name} className="flex flex-col-reverse justify-end rounded-card border border-line p-4">
          <dt className="text-sm text-muted">{t(name)}</dt>
          <dd className="numeric text-2xl font-bold">{count === null ? '–' : numbers.format(count)}</dd>
        </div>
      ))}
      {queue.opensAt && (
        <div className="col-span-full">
          <dt className="text-sm text-muted">{t(queue.drawnAt ? 'drawn' : 'opens')}</dt>
          <dd className="font-semibold">
            <When at={queue.drawnAt ?? queue.opensAt} timeZone={timeZone} format="long" withZone />
          </dd>
        </div>
      )}
    </dl>
  );
}

function PauseButton({ eventId, queue, may }: { eventId: EventId; queue: Queue; may: boolean }) {
  const client = useQueryClient();
  const act = useAct();
  const [said, say] = useState('');
  const pause = useMutation({
    mutationFn: (paused: boolean) => call(steerQueue, { params: { eventId }, body: { paused }, act }),
    onSuccess: (steered) => {
      client.setQueryData(queueQuery(eventId).queryKey, steered);
      say(t(steered.isPaused ? 'paused' : 'resumed'));
    },
  });
  return (
    <>
      <Button
        look={queue.isPaused ? 'primary' : 'quiet'}
        busy={pause.isPending}
        disabledBecause={!may && t('mayNot')}
        onClick={() => pause.mutate(!queue.isPaused)}
      >
        {t(queue.isPaused ? 'resume' : 'pause')}
      </Button>
      <p role="status" className="sr-only">
        {said}
      </p>
      {pause.error && (
        <Notice tone="bad" live className="basis-full">
          {sayProblem(pause.error)}
        </Notice>
      )}
    </>
  );
}
