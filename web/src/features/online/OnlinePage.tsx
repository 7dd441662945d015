import { queryOptions, useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { getOnlineAccess, putOnlineAccess } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { EventId } from '../../../../contract/ids.ts';
import type { OnlineAccess } from '../../../../contract/online.ts';
import { type Attendance, attendances, onlineAccessInput } from '../../../../contract/online-fields.ts';
import { call } from '../../api/call.ts';
import { useMay } from '../../api/use-may.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, Select, TextArea } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { useTitle } from '../../ui/title.ts';
import { Unsaved } from '../forms/Unsaved.tsx';
import { managedEventQuery } from '../organise/queries.ts';
import { sayProblem } from '../problems/say-problem.ts';
import {
  type AccessField,
  bodyOf,
  mergeAccess,
  type TypedAccess,
  typedAfterSave,
  typedOf,
} from './merge-access.ts';
import { t } from './words.ts';

const route = getRouteApi('/organise/events/$eventId/online');

const accessQuery = (eventId: EventId) =>
  queryOptions({
    queryKey: ['online-access', eventId],
    queryFn: ({ signal }) => call(getOnlineAccess, { params: { eventId }, signal }),
    // A refetch must not replace what somebody is typing.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

/** How people attend an event, and the link that only holders of tickets see. */
export function OnlinePage() {
  const { eventId } = route.useParams();
  const { data: event } = useSuspenseQuery(managedEventQuery(eventId));
  const may = useMay(event.organisation.id, event.id);
  const access = useQuery({ ...accessQuery(event.id), enabled: may('events.edit') });
  useTitle(`${t('title')} · ${event.title}`);
  return (
    <Subpage
      back={{ to: paths.managedEvent, params: { eventId: event.id } }}
      backText={event.title}
      title={t('title')}
    >
      <p className="mt-2 text-muted">{t('text')}</p>
      {access.error && (
        <Notice tone="bad" live className="mt-6">
          {sayProblem(access.error)}
        </Notice>
      )}
      {!may('events.edit') && <Notice className="mt-6">{t('mayNot')}</Notice>}
      {access.data && may('events.edit') && (
        <Editor eventId={event.id} saved={access.data} hasHolders={event.status !== 'draft'} />
      )}
    </Subpage>
  );
}

function Editor({
  eventId,
  saved,
  hasHolders,
}: {
  eventId: EventId;
  saved: OnlineAccess;
  hasHolders: boolean;
}) {
  const client = useQueryClient();
  const [base, setBase] = useState(saved);
  const [typed, setTyped] = useState(() => typedOf(saved));
  const [meeting, setMeeting] = useState<Meeting | null>(null);
  const [tells, setTells] = useState(false);
  const [wrongUrl, setWrongUrl] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const isOnline = typed.attendance !== 'in-person';
  const isDirty = () => JSON.stringify(typed) !== JSON.stringify(typedOf(base));
  const put = (changed: Partial<TypedAccess>) => {
    save.reset();
    setWrongUrl(false);
    setTyped((before) => ({ ...before, ...changed }));
  };
  const save = useMutation({
    mutationFn: (sent: TypedAccess) =>
      call(putOnlineAccess, {
        params: { eventId },
        body: { ...bodyOf(sent), tellHolders: tells && isOnline },
        ifMatch: base.version,
      }),
    onError: async (error) => {
      if (isProblem(error, 'version_mismatch')) await meetTheirs();
    },
    onSuccess: ({ told: _, ...access }, sent) => {
      setBase(access);
      setTyped((now) => typedAfterSave(now, sent, typedOf(access)));
      setMeeting(null);
      setTells(false);
      client.setQueryData(accessQuery(eventId).queryKey, access);
      void client.invalidateQueries({ queryKey: ['managed', eventId] });
    },
  });
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    const isWrong = !onlineAccessInput.safeParse(bodyOf(typed)).success;
    setWrongUrl(isWrong);
    if (isWrong) form.current?.querySelector<HTMLElement>('input')?.focus();
    else if (!save.isPending && !isOpen) save.mutate(typed);
  };
  /** Somebody else has saved. What only they changed is in the form now, and what both changed is asked about. */
  const meetTheirs = async () => {
    const access = await client.fetchQuery({ ...accessQuery(eventId), staleTime: 0 });
    const theirs = typedOf(access);
    const merged = mergeAccess(typedOf(base), typed, theirs);
    setBase(access);
    setTyped(merged.typed);
    setMeeting({ theirs, clashes: merged.clashes });
    save.reset();
  };
  const decide = (field: AccessField, takes: boolean) => {
    if (takes && meeting) put({ [field]: meeting.theirs[field] });
    setMeeting((now) => now && { ...now, clashes: now.clashes.filter((each) => each !== field) });
  };
  const isOpen = meeting !== null && meeting.clashes.length > 0;
  return (
    <form ref={form} onSubmit={submit} noValidate className="mt-6 grid gap-5">
      <Unsaved isDirty={isDirty} />
      <Select
        label={t('attendance')}
        value={typed.attendance}
        onChange={({ target }) => put({ attendance: target.value as Attendance })}
      >
        {attendances.map((each) => (
          <option key={each} value={each}>
            {t(each)}
          </option>
        ))}
      </Select>
      {isOnline && (
        <>
          <Field
            label={t('link')}
            hint={t('linkHint')}
            type="url"
            inputMode="url"
            dir="ltr"
            autoComplete="off"
            value={typed.url}
            error={wrongUrl ? t('linkWrong') : undefined}
            onChange={({ target }) => put({ url: target.value })}
          />
          <TextArea
            label={t('note')}
            hint={t('noteHint')}
            rows={3}
            maxLength={500}
            value={typed.note}
            onChange={({ target }) => put({ note: target.value })}
          />
          {hasHolders && (
            <label className="flex min-h-11 items-start gap-3">
              <input
                type="checkbox"
                className="mt-1 size-5 accent-accent"
                checked={tells}
                onChange={({ target }) => setTells(target.checked)}
              />
              <span>
                {t('tell')}
                <span className="block text-sm text-muted">{t('tellHint')}</span>
              </span>
            </label>
          )}
        </>
      )}
      <div aria-live="polite" className="grid gap-3 empty:hidden">
        {meeting && (
          <Notice tone="warn" title={t(isOpen ? 'conflictBoth' : 'conflict')}>
            {meeting.clashes.map((field) => (
              <div key={field} className="mt-2">
                <p>{t(labels[field])}</p>
                <p className="wrap-anywhere">
                  <bdi>{sayValue(field, meeting.theirs)}</bdi>
                </p>
                <div className="mt-1 flex flex-wrap gap-2">
                  <Button look="quiet" size="small" onClick={() => decide(field, true)}>
                    {t('conflictTake')}
                  </Button>
                  <Button look="quiet" size="small" onClick={() => decide(field, false)}>
                    {t('conflictKeep')}
                  </Button>
                </div>
              </div>
            ))}
          </Notice>
        )}
        {save.error && !isProblem(save.error, 'version_mismatch') && (
          <Notice tone="bad">{sayProblem(save.error)}</Notice>
        )}
        {save.isSuccess && !isDirty() && (
          <Notice tone="good">
            {save.data.told > 0 ? t('savedTold', { count: save.data.told }) : t('saved')}
          </Notice>
        )}
      </div>
      <div>
        <Button type="submit" busy={save.isPending} disabledBecause={isOpen && t('conflictBoth')}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}

/** What somebody else has saved meanwhile, and the fields that both changed. */
interface Meeting {
  theirs: TypedAccess;
  clashes: AccessField[];
}

const labels = { attendance: 'attendance', url: 'link', note: 'note' } as const;

const sayValue = (field: AccessField, theirs: TypedAccess): string =>
  field === 'attendance' ? t(theirs.attendance) : theirs[field] || t('conflictEmpty');
