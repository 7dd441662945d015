import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { addressOf } from '../../../../client/endpoint.ts';
import {
  deleteExportSchedule,
  getExportFile,
  putExportSchedule,
} from '../../../../client/endpoints.generated.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import type { ExportSchedule } from '../../../../contract/export-schedules.ts';
import { call } from '../../api/call.ts';
import { useMay } from '../../api/use-may.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { useTitle } from '../../ui/title.ts';
import { formatWhen } from '../../ui/When.tsx';
import { managedEventQuery } from '../organise/queries.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { schedulesQuery } from './queries.ts';
import { ScheduleForm } from './ScheduleForm.tsx';
import { formatNames, rhythmText, tableName } from './say-schedule.ts';
import { t } from './words.ts';

const route = getRouteApi('/organise/events/$eventId/exports');

/** The exports of an event that its team gets by itself, and their files. */
export function ScheduledExportsPage() {
  const { eventId } = route.useParams();
  const { data: event } = useSuspenseQuery(managedEventQuery(eventId));
  const may = useMay(event.organisation.id, event.id);
  useTitle(`${t('title')} · ${event.title}`);
  return (
    <Subpage
      back={{ to: paths.managedEvent, params: { eventId: event.id } }}
      backText={event.title}
      title={t('title')}
    >
      <p className="mt-2 text-muted">{t('text')}</p>
      {may('exports.read') ? <Schedules event={event} /> : <Notice className="mt-6">{t('mayNot')}</Notice>}
    </Subpage>
  );
}

/** A new schedule has no id. */
type Edited = ExportSchedule | 'new' | null;

function Schedules({ event }: { event: ManagedEvent }) {
  const schedules = useQuery(schedulesQuery(event.id));
  const [edited, setEdited] = useState<Edited>(null);
  if (schedules.error)
    return (
      <Notice tone="bad" live className="mt-6">
        {sayProblem(schedules.error)}
      </Notice>
    );
  if (!schedules.data) return null;
  const { items, people } = schedules.data;
  return (
    <>
      <div className="mt-6">
        <Button onClick={() => setEdited('new')}>{t('add')}</Button>
      </div>
      {items.length === 0 && <p className="mt-6 text-muted">{t('empty')}</p>}
      <ul className="mt-6 grid gap-4">
        {items.map((schedule) => (
          <Schedule
            key={schedule.id}
            event={event}
            schedule={schedule}
            onChange={() => setEdited(schedule)}
          />
        ))}
      </ul>
      {edited && (
        <ScheduleForm
          event={event}
          people={people}
          schedule={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  );
}

interface Props {
  event: ManagedEvent;
  schedule: ExportSchedule;
  onChange: () => void;
}

function Schedule({ event, schedule, onChange }: Props) {
  const { id, table, format, rhythm, isPaused, recipients, nextDueAt, ranAt, lastError, files } = schedule;
  const client = useQueryClient();
  const reload = () => client.invalidateQueries({ queryKey: schedulesQuery(event.id).queryKey });
  const params = { eventId: event.id, scheduleId: id };
  const pause = useMutation({
    mutationFn: () =>
      call(putExportSchedule, {
        params,
        body: {
          ...{ table, format, rhythm },
          isPaused: !isPaused,
          recipients: recipients.map(({ userId }) => userId),
        },
      }),
    onSuccess: reload,
  });
  const remove = useMutation({ mutationFn: () => call(deleteExportSchedule, { params }), onSuccess: reload });
  const when = (at: string) => formatWhen(at, event.timeZone);
  const name = `${tableName(table)}, ${formatNames[format]}`;
  const trouble = pause.error ?? remove.error;
  const state = isPaused ? t('paused') : nextDueAt ? t('next', { when: when(nextDueAt) }) : t('ended');
  return (
    <li className="rounded-card border border-line p-5">
      <h2 className="text-lg font-bold">{name}</h2>
      <p>{rhythmText(rhythm)}</p>
      <p className="text-sm text-muted">
        {state}
        {ranAt && ` · ${t('ran', { when: when(ranAt) })}`}
      </p>
      <p className="mt-2 text-sm wrap-anywhere">
        {recipients.length === 0 && t('nobody')}
        {recipients.map(({ userId, name: person, wantsMails }, i) => (
          <span key={userId}>
            {i > 0 && ' · '}
            <bdi>{person}</bdi>
            {!wantsMails && ` (${t('off')})`}
          </span>
        ))}
      </p>
      {lastError && (
        <Notice tone="warn" title={t('failed')} className="mt-3">
          <p className="wrap-anywhere">{lastError}</p>
        </Notice>
      )}
      <ul className="-mx-2 mt-2">
        {files.map((file) => (
          <li key={file.id} className="flex flex-wrap items-center gap-x-3">
            <a
              href={addressOf(getExportFile, { params: { eventId: event.id, exportFileId: file.id } })}
              download
              aria-label={t('getFile', { name, when: when(file.dueAt) })}
              className="inline-flex min-h-11 items-center gap-1.5 rounded-control px-2 font-semibold text-accent underline-offset-4 hover:underline"
            >
              <Icon name="download" size={16} />
              {when(file.dueAt)}
            </a>
            <span className="px-2 text-sm text-muted">{t('fileEnds', { when: when(file.endsAt) })}</span>
          </li>
        ))}
      </ul>
      {trouble && (
        <Notice tone="bad" live className="mt-3">
          {sayProblem(trouble)}
        </Notice>
      )}
      <div className="mt-4 flex flex-wrap gap-3">
        <Button look="quiet" size="small" aria-label={`${t('change')}: ${name}`} onClick={onChange}>
          {t('change')}
        </Button>
        <Button
          look="quiet"
          size="small"
          busy={pause.isPending}
          disabledBecause={recipients.length === 0 && t('nobody')}
          aria-label={`${t(isPaused ? 'resume' : 'pause')}: ${name}`}
          onClick={() => pause.mutate()}
        >
          {t(isPaused ? 'resume' : 'pause')}
        </Button>
        <Button
          look="quiet"
          size="small"
          busy={remove.isPending}
          aria-label={`${t('remove')}: ${name}`}
          onClick={() => remove.mutate()}
        >
          {t('remove')}
        </Button>
      </div>
    </li>
  );
}
