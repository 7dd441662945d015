import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type Dispatch, type FormEvent, type ReactNode, type SetStateAction, useRef, useState } from 'react';
import { putDoorSettings } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { DoorSettings } from '../../../../contract/door-settings.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { call } from '../../api/call.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, Select } from '../../ui/Field.tsx';
import { locale } from '../../ui/language.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { Places } from './Places.tsx';
import { doorSettingsQuery } from './queries.ts';
import { bodyOf, differs, draftOf, faultsOf, type RulesDraft } from './rules-draft.ts';
import { t } from './words.ts';

/** What the person has typed, and the rules that it began from. The page keeps it while its other parts are looked at. */
export interface RulesEdit {
  draft: RulesDraft;
  from: DoorSettings;
}

interface Props {
  event: ManagedEvent;
  edit: RulesEdit | null;
  setEdit: Dispatch<SetStateAction<RulesEdit | null>>;
}

/** The rules of the door: coming back, limits, and further places where tickets are scanned. */
export function RulesForm({ event, edit, setEdit }: Props) {
  const client = useQueryClient();
  const settings = useQuery(doorSettingsQuery(event.id));
  const form = useRef<HTMLFormElement>(null);
  const [isChecked, setChecked] = useState(false);
  const latest = settings.data;
  const save = useMutation({
    mutationFn: ({ draft, version }: { draft: RulesDraft; version: number }) =>
      call(putDoorSettings, {
        params: { eventId: event.id },
        body: bodyOf(draft),
        ifMatch: version,
      }),
    onSuccess: (saved) => {
      client.setQueryData(doorSettingsQuery(event.id).queryKey, saved);
      setEdit(null);
      setChecked(false);
    },
    onError: (error) => {
      if (isProblem(error, 'version_mismatch')) void settings.refetch();
    },
  });
  if (settings.error && !latest)
    return (
      <Notice tone="bad" live className="mt-6">
        {sayProblem(settings.error)}
      </Notice>
    );
  if (!latest) return <Skeleton className="mt-6 h-96" />;
  const from = edit?.from ?? latest;
  const draft = edit?.draft ?? draftOf(latest);
  const change = (fields: Partial<RulesDraft>) => {
    save.reset();
    setEdit({ from, draft: { ...draft, ...fields } });
  };
  const faults = isChecked ? faultsOf(draft) : {};
  const faultOf = (field: string) => {
    const fault = faults[field];
    return fault && t(fault);
  };
  const isDirty = edit !== null && differs(edit.draft, edit.from);
  const isOvertaken = isDirty && latest.version !== from.version;
  const send = (version: number) => {
    setChecked(true);
    if (Object.keys(faultsOf(draft)).length > 0) {
      // The fields show their faults after this render.
      setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid], [data-fault]')?.focus());
      return;
    }
    if (!save.isPending) save.mutate({ draft, version });
  };
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    if (isDirty && !isOvertaken) send(from.version);
  };
  const why = isOvertaken ? t('overtaken') : isDirty ? undefined : t('rulesUnchanged');
  return (
    <form ref={form} noValidate onSubmit={submit} className="mt-6 grid gap-8">
      <p className="text-muted">{t('rulesText')}</p>
      <Group title={t('comingBack')}>
        <Choice
          label={t('reEntry.no')}
          hint={t('reEntryNoHint')}
          name="reEntry"
          checked={draft.reEntry === 'no'}
          onChoose={() => change({ reEntry: 'no' })}
        />
        <Choice
          label={t('reEntry.after-exit')}
          hint={t('reEntryAfterExitHint')}
          name="reEntry"
          checked={draft.reEntry === 'after-exit'}
          onChoose={() => change({ reEntry: 'after-exit' })}
        />
      </Group>
      <Group title={t('houseLimit')}>
        <p className="text-sm text-muted">{t('houseLimitText')}</p>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label={t('stopAt')}
            hint={t('noLimitHint')}
            inputMode="numeric"
            value={draft.insideLimit}
            error={faultOf('insideLimit')}
            onChange={({ target }) => change({ insideLimit: target.value })}
          />
          <Field
            label={t('warnFrom')}
            hint={t('noWarningHint')}
            inputMode="numeric"
            value={draft.warnInsideAt}
            error={faultOf('warnInsideAt')}
            onChange={({ target }) => change({ warnInsideAt: target.value })}
          />
        </div>
      </Group>
      <Places event={event} draft={draft} faultOf={faultOf} onChange={(places) => change({ places })} />
      <Group title={t('codes')}>
        <p>{t(`codesText.${event.ticketCodes}`)}</p>
        <p>
          <Link
            to={paths.managedEvent}
            params={{ eventId: event.id }}
            className="font-semibold text-accent underline underline-offset-2"
          >
            {t('codesChange')}
          </Link>
        </p>
      </Group>
      <Group title={t('special')}>
        <Select
          label={t('disputedTickets')}
          hint={t('disputedHint')}
          value={draft.disputed}
          onChange={({ target }) => change({ disputed: target.value as RulesDraft['disputed'] })}
        >
          <option value="refuse">{t('disputed.refuse')}</option>
          <option value="admit">{t('disputed.admit')}</option>
        </Select>
        <Select
          label={t('dayStarts')}
          hint={t('dayStartsHint')}
          value={draft.dayStartsHour}
          onChange={({ target }) => change({ dayStartsHour: target.value })}
        >
          {hours.map((hour) => (
            <option key={hour} value={String(hour)}>
              {sayHour(hour)}
            </option>
          ))}
        </Select>
      </Group>
      <div aria-live="polite" className="grid gap-3 empty:hidden">
        {isOvertaken && (
          <Notice tone="warn" title={t('overtaken')}>
            <p>{t('overtakenText')}</p>
            <div className="mt-3 flex flex-wrap gap-3">
              <Button look="quiet" size="small" onClick={() => setEdit(null)}>
                {t('takeTheirs')}
              </Button>
              <Button size="small" busy={save.isPending} onClick={() => send(latest.version)}>
                {t('saveMine')}
              </Button>
            </div>
          </Notice>
        )}
        {save.error && !isProblem(save.error, 'version_mismatch') && (
          <Notice tone="bad">{sayProblem(save.error)}</Notice>
        )}
        {Object.keys(faults).length > 0 && <Notice tone="bad">{t('rulesFaults')}</Notice>}
        {save.isSuccess && !isDirty && <Notice tone="good">{t('rulesSaved')}</Notice>}
      </div>
      <div className="flex flex-wrap justify-end gap-3 max-sm:*:grow">
        <Button type="submit" busy={save.isPending} disabledBecause={why}>
          {t('saveRules')}
        </Button>
      </div>
    </form>
  );
}

const hours = [...Array(13).keys()];

/** Midnight, 1:00, … as the reader writes times. */
const sayHour = (hour: number): string =>
  new Intl.DateTimeFormat(locale(), { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(
    hour * 3_600_000,
  );

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="grid min-w-0 gap-4">
      <legend className="mb-3 text-xl font-bold tracking-tight">{title}</legend>
      {children}
    </fieldset>
  );
}

interface ChoiceProps {
  label: string;
  hint: string;
  name: string;
  checked: boolean;
  onChoose: () => void;
}

function Choice({ label, hint, name, checked, onChoose }: ChoiceProps) {
  return (
    <label className="flex min-h-11 items-start gap-3">
      <input
        type="radio"
        name={name}
        checked={checked}
        onChange={onChoose}
        className="mt-1 size-5 shrink-0 accent-accent"
      />
      <span className="min-w-0">
        <span className="block font-semibold">{label}</span>
        <span className="block text-sm text-muted">{hint}</span>
      </span>
    </label>
  );
}
