import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { deliverParkedMessage, runFailedJob } from '../../../../client/endpoints.generated.ts';
import type { FailedJob, ParkedMessage } from '../../../../contract/failed-work.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { When } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { failedJobsQuery, parkedMessagesQuery } from './queries.ts';
import { WaitingList } from './WaitingList.tsx';
import { t } from './words.ts';

/** Jobs whose last attempt failed. */
export function FailedJobs() {
  const jobs = useInfiniteQuery(failedJobsQuery);
  return (
    <WaitingList title={t('jobs')} text={t('jobsText')} none={t('noJobs')} of={jobs}>
      {(job) => <Job key={job.id} job={job} />}
    </WaitingList>
  );
}

function Job({ job }: { job: FailedJob }) {
  const { id, task, error, attempts, about, failedAt } = job;
  return (
    <Work
      name={task}
      at={failedAt}
      details={[t('attempts', { count: attempts }), ...about]}
      error={error}
      again={t('runAgain')}
      said={t('runs')}
      act={() => call(runFailedJob, { params: { jobId: id } })}
    />
  );
}

/** Messages that a sink has refused for good. */
export function ParkedMessages() {
  const messages = useInfiniteQuery(parkedMessagesQuery);
  return (
    <WaitingList title={t('messages')} text={t('messagesText')} none={t('noMessages')} of={messages}>
      {(message) => <Message key={`${message.id}:${message.sink}`} message={message} />}
    </WaitingList>
  );
}

function Message({ message }: { message: ParkedMessage }) {
  const { id, sink, type, eventId, error, parkedAt } = message;
  return (
    <Work
      name={type}
      at={parkedAt}
      details={[t('receiver', { sink }), eventId]}
      error={error}
      again={t('deliverAgain')}
      said={t('isDelivered')}
      act={() => call(deliverParkedMessage, { params: { sink, position: id } })}
    />
  );
}

interface WorkProps {
  name: string;
  at: string;
  details: string[];
  /** The error of the last attempt, in English. */
  error: string;
  again: string;
  /** What it says after the person had it done again. */
  said: string;
  act: () => Promise<unknown>;
}

function Work({ name, at, details, error, again, said, act }: WorkProps): ReactNode {
  const asked = useMutation({ mutationFn: act });
  return (
    <li className="py-4">
      <p className="font-semibold wrap-anywhere" dir="ltr">
        {name}
      </p>
      <p className="text-sm text-muted wrap-anywhere">
        <When at={at} timeZone={ownTimeZone()} />
        {details.map((each) => (
          <span key={each}>
            {' · '}
            <bdi>{each}</bdi>
          </span>
        ))}
      </p>
      <p
        className="mt-2 rounded-field bg-sunken p-3 text-start font-mono text-sm wrap-anywhere"
        dir="ltr"
        lang="en"
      >
        {error}
      </p>
      <div aria-live="polite" className="mt-3">
        {asked.error && <Notice tone="bad">{sayProblem(asked.error)}</Notice>}
        {asked.isSuccess ? (
          <Notice tone="good">{said}</Notice>
        ) : (
          <Button look="quiet" size="small" busy={asked.isPending} onClick={() => asked.mutate()}>
            {again}
          </Button>
        )}
      </div>
    </li>
  );
}
