import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import {
  publishEvent,
  schedulePublication,
  unpublishEvent,
  unschedulePublication,
} from '../../../../client/endpoints.generated.ts';
import type { EventStep } from '../../../../contract/event-preparation.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { call } from '../../api/call.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { instantOf } from '../../ui/time-zone.ts';
import { formatWhen } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { PreviewLinks } from './PreviewLinks.tsx';
import { useEventAct } from './queries.ts';
import { SaleStop } from './SaleStop.tsx';
import { NotSaved } from './saver.ts';
import { stepsOf } from './steps.ts';
import { t } from './words.ts';

/** What the event still needs, and when buyers see it: now, at a time, or not yet. */
export function PublishStep({ event, flush }: { event: ManagedEvent; flush: () => Promise<void> }) {
  const act = useEventAct(event.id, flush);
  // What is not saved never keeps an event before buyers.
  const back = useEventAct(event.id);
  const params = { eventId: event.id };
  const publish = () => act.mutate((version) => call(publishEvent, { params, ifMatch: version }));
  return (
    <div className="grid gap-8">
      <section className="grid justify-items-start gap-4">
        <Gaps event={event} />
        {event.status === 'draft' ? (
          <Button
            size="large"
            busy={act.isPending}
            disabledBecause={event.gaps.length > 0 && t('completeFirst')}
            onClick={publish}
          >
            {t('publishNow')}
          </Button>
        ) : (
          <div className="flex flex-wrap gap-3">
            <Link to={paths.event} params={{ slug: event.slug }} className={buttonClass('quiet')}>
              {t('viewPage')}
            </Link>
            {event.status === 'published' && (
              <Button
                look="quiet"
                busy={back.isPending}
                onClick={() => back.mutate((version) => call(unpublishEvent, { params, ifMatch: version }))}
              >
                {t('unpublish')}
              </Button>
            )}
          </div>
        )}
        <div aria-live="polite" className="w-full">
          <Failure event={event} error={act.error ?? back.error} />
        </div>
      </section>
      {event.status === 'draft' && <Schedule event={event} flush={flush} />}
      <SaleStop event={event} />
      <PreviewLinks eventId={event.id} />
    </div>
  );
}

function Gaps({ event }: { event: ManagedEvent }) {
  if (event.status === 'published')
    return (
      <Notice tone="good" className="wrap-anywhere">
        {t('isPublished')}
      </Notice>
    );
  if (event.status === 'over') return <Notice className="wrap-anywhere">{t('isOver')}</Notice>;
  if (event.gaps.length === 0)
    return (
      <Notice tone="good" className="wrap-anywhere">
        {t('isComplete')}
      </Notice>
    );
  return (
    <Notice tone="warn" title={t('missing')} className="w-full wrap-anywhere">
      <StepLinks
        event={event}
        links={event.gaps.map(({ code, step }) => ({ step, label: t(`gap_${code}`) }))}
      />
    </Notice>
  );
}

function StepLinks({ event, links }: { event: ManagedEvent; links: { step: EventStep; label: string }[] }) {
  return (
    <ul className="mt-1 grid gap-1">
      {links.map(({ step, label }) => (
        <li key={label}>
          <Link
            to={paths.editEvent}
            params={{ eventId: event.id, step }}
            className="inline-flex min-h-8 items-center font-medium underline underline-offset-4"
          >
            {label}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Why nothing was published. If what is typed could not be saved, it says in which steps that is. */
function Failure({ event, error }: { event: ManagedEvent; error: Error | null }) {
  if (!error) return null;
  if (!(error instanceof NotSaved)) return <Notice tone="bad">{sayProblem(error)}</Notice>;
  return (
    <Notice tone="bad" title={t('saveFirst')}>
      <StepLinks
        event={event}
        links={stepsOf(error.fields).map((step) => ({ step, label: t(`step_${step}`) }))}
      />
    </Notice>
  );
}

/** Has the event published by itself. The time is one of the event's zone. */
function Schedule({ event, flush }: { event: ManagedEvent; flush: () => Promise<void> }) {
  const act = useEventAct(event.id, flush);
  const off = useEventAct(event.id);
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const at = instantOf(typed, event.timeZone);
  const params = { eventId: event.id };
  const set = event.scheduledPublication;
  const schedule = () => {
    setTried(true);
    if (at === null) return;
    act.mutate((version) => call(schedulePublication, { params, ifMatch: version, body: { at } }));
  };
  return (
    <section className="grid gap-4 border-t border-line pt-6">
      <h3 className="text-lg font-bold">{t('later')}</h3>
      {set?.failedAt === null && (
        <Notice tone="good" live>
          <p>{t('scheduledAt', { when: formatWhen(set.at, event.timeZone, 'long') })}</p>
          <Button
            look="quiet"
            size="small"
            className="mt-2"
            busy={off.isPending}
            onClick={() => off.mutate((version) => call(unschedulePublication, { params, ifMatch: version }))}
          >
            {t('unschedule')}
          </Button>
        </Notice>
      )}
      {set?.failedAt && (
        <Notice tone="bad" title={t('scheduleFailed', { when: formatWhen(set.at, event.timeZone, 'long') })}>
          <p>{set.gaps.map(({ code }) => t(`gap_${code}`)).join(', ')}</p>
        </Notice>
      )}
      <div className="flex flex-wrap items-end gap-3">
        <Field
          label={t('publishAt')}
          type="datetime-local"
          className="min-w-0 grow basis-56"
          hint={t('timesAreOf', { zone: event.timeZone })}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          error={tried && at === null ? t('timeMissing') : undefined}
        />
      </div>
      <div>
        <Button
          look="quiet"
          busy={act.isPending}
          disabledBecause={event.gaps.length > 0 && t('completeFirst')}
          onClick={schedule}
        >
          {t(set?.failedAt === null ? 'reschedule' : 'schedule')}
        </Button>
      </div>
      <div aria-live="polite">
        <Failure event={event} error={act.error ?? off.error} />
      </div>
    </section>
  );
}
