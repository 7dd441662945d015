import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { putExportSchedule, saveExportSchedule } from '../../../../client/endpoints.generated.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import type {
  ExportRhythm,
  ExportSchedule,
  NewExportSchedule,
} from '../../../../contract/export-schedules.ts';
import type { ExportFormat, ExportTable } from '../../../../contract/exports.ts';
import type { UserId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { useAct } from '../../api/use-act.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Select } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { schedulesQuery } from './queries.ts';
import { formatNames, formats, hourName, tableName, tables, weekdayName } from './say-schedule.ts';
import { t } from './words.ts';

interface Props {
  event: ManagedEvent;
  people: ExportSchedule['recipients'];
  /** The schedule to change; without it a new one is saved. */
  schedule: ExportSchedule | undefined;
  onClose: () => void;
}

const everyWords = { day: 'everyDay', week: 'everyWeek', month: 'everyMonth' } as const satisfies Record<
  ExportRhythm['every'],
  string
>;
const everies = Object.keys(everyWords) as ExportRhythm['every'][];
const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

export function ScheduleForm({ event, people, schedule, onClose }: Props) {
  const client = useQueryClient();
  const act = useAct();
  const [table, setTable] = useState<ExportTable>(schedule?.table ?? 'attendees');
  const [format, setFormat] = useState<ExportFormat>(schedule?.format ?? 'xlsx');
  const [rhythm, setRhythm] = useState<ExportRhythm>(schedule?.rhythm ?? { every: 'day', hour: 6 });
  const [recipients, setRecipients] = useState<UserId[]>(
    schedule?.recipients.map(({ userId }) => userId) ?? [],
  );
  const [isMissing, setIsMissing] = useState(false);
  const save = useMutation({
    mutationFn: (body: NewExportSchedule) =>
      schedule
        ? call(putExportSchedule, { params: { eventId: event.id, scheduleId: schedule.id }, body, act })
        : call(saveExportSchedule, { params: { eventId: event.id }, body, act }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: schedulesQuery(event.id).queryKey });
      onClose();
    },
  });
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    if (save.isPending) return;
    setIsMissing(recipients.length === 0);
    if (recipients.length > 0)
      save.mutate({ table, format, rhythm, recipients, isPaused: schedule?.isPaused ?? false });
  };
  const chooseEvery = (to: ExportRhythm['every']) => {
    const { hour } = rhythm;
    if (to === 'day') setRhythm({ every: to, hour });
    if (to === 'week') setRhythm({ every: to, weekday: 1, hour });
    if (to === 'month') setRhythm({ every: to, day: 1, hour });
  };
  return (
    <Dialog title={t(schedule ? 'change' : 'add')} closeLabel={t('close')} onClose={onClose}>
      <form onSubmit={submit} noValidate className="grid gap-4">
        <Select
          label={t('table')}
          value={table}
          onChange={({ target }) => setTable(target.value as ExportTable)}
        >
          {tables.map((each) => (
            <option key={each} value={each}>
              {tableName(each)}
            </option>
          ))}
        </Select>
        <Select
          label={t('format')}
          value={format}
          onChange={({ target }) => setFormat(target.value as ExportFormat)}
        >
          {formats.map((each) => (
            <option key={each} value={each}>
              {formatNames[each]}
            </option>
          ))}
        </Select>
        <Select
          label={t('every')}
          value={rhythm.every}
          onChange={({ target }) => chooseEvery(target.value as ExportRhythm['every'])}
        >
          {everies.map((each) => (
            <option key={each} value={each}>
              {t(everyWords[each])}
            </option>
          ))}
        </Select>
        {rhythm.every === 'week' && (
          <Select
            label={t('weekday')}
            value={rhythm.weekday}
            onChange={({ target }) => setRhythm({ ...rhythm, weekday: Number(target.value) })}
          >
            {upTo(1, 7).map((weekday) => (
              <option key={weekday} value={weekday}>
                {weekdayName(weekday)}
              </option>
            ))}
          </Select>
        )}
        {rhythm.every === 'month' && (
          <Select
            label={t('day')}
            hint={rhythm.day > 28 ? t('dayHint') : undefined}
            value={rhythm.day}
            onChange={({ target }) => setRhythm({ ...rhythm, day: Number(target.value) })}
          >
            {upTo(1, 31).map((day) => (
              <option key={day}>{day}</option>
            ))}
          </Select>
        )}
        <Select
          label={t('hour')}
          hint={t('hourHint', { zone: event.timeZone })}
          value={rhythm.hour}
          onChange={({ target }) => setRhythm({ ...rhythm, hour: Number(target.value) })}
        >
          {upTo(0, 23).map((hour) => (
            <option key={hour} value={hour}>
              {hourName(hour)}
            </option>
          ))}
        </Select>
        <fieldset aria-describedby={isMissing ? 'recipients-missing' : undefined}>
          <legend className="mb-1 text-sm font-semibold">{t('recipients')}</legend>
          {people.map(({ userId, name, wantsMails }) => (
            <label key={userId} className="flex min-h-11 items-center gap-2.5 wrap-anywhere">
              <input
                type="checkbox"
                className="size-5 shrink-0 accent-accent"
                checked={recipients.includes(userId)}
                onChange={({ target: { checked } }) =>
                  setRecipients((all) => (checked ? [...all, userId] : all.filter((each) => each !== userId)))
                }
              />
              <span>
                <bdi>{name}</bdi>
                {!wantsMails && <span className="text-muted"> ({t('off')})</span>}
              </span>
            </label>
          ))}
          {isMissing && (
            <p id="recipients-missing" role="alert" className="mt-1 text-sm font-medium text-bad">
              {t('recipientsMissing')}
            </p>
          )}
        </fieldset>
        {save.error && (
          <Notice tone="bad" live>
            {sayProblem(save.error)}
          </Notice>
        )}
        <div className="flex flex-wrap justify-end gap-3 max-sm:*:grow">
          <Button type="submit" busy={save.isPending}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
