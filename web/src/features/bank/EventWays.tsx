import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { getEventPayWays, putEventPayWays } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { EventId } from '../../../../contract/ids.ts';
import { eventWaysFields } from '../../../../contract/pay-way-fields.ts';
import type { EventPayWays } from '../../../../contract/pay-ways.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { TermsFields } from './TermsFields.tsx';
import { termsOf, typedTerms } from './typed-ways.ts';
import { t } from './words.ts';

const eventWaysQuery = (eventId: EventId) =>
  queryOptions({
    queryKey: ['event-pay-ways', eventId],
    queryFn: ({ signal }) => call(getEventPayWays, { params: { eventId }, signal }),
    // A refetch must not replace what somebody is typing.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

/** How buyers may pay at one event, if that differs from its organisation. Only members who may edit the event see it. */
export default function EventWays({ eventId }: { eventId: EventId }) {
  const ways = useQuery(eventWaysQuery(eventId));
  return (
    <>
      <p className="text-muted">{t('eventWaysText')}</p>
      {ways.error && (
        <Notice tone="bad" live className="mt-6">
          {sayProblem(ways.error)}
        </Notice>
      )}
      {ways.isPending && <Skeleton className="mt-6 h-64" />}
      {ways.data && <Form of={ways.data} eventId={eventId} />}
    </>
  );
}

const noFaults: ReadonlySet<string> = new Set();

function Form({ of, eventId }: { of: EventPayWays; eventId: EventId }) {
  const client = useQueryClient();
  const [version, setVersion] = useState(of.version);
  const [isOwn, setIsOwn] = useState(of.own !== null);
  const [typed, setTyped] = useState(() => typedTerms(of.own ?? of.organisation));
  const [isTried, setIsTried] = useState(false);
  const read = eventWaysFields.safeParse(termsOf(typed));
  const faults = new Set(read.success ? [] : read.error.issues.map(({ path }) => String(path.at(-1))));
  const save = useMutation({
    mutationFn: () => {
      const own = isOwn && read.success ? read.data : null;
      return call(putEventPayWays, { params: { eventId }, body: { own }, ifMatch: version });
    },
    onSuccess: (saved) => {
      setVersion(saved.version);
      client.setQueryData(eventWaysQuery(eventId).queryKey, saved);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (!save.isPending && (!isOwn || read.success)) save.mutate();
  };
  const choice = (own: boolean) => (
    <label className="flex min-h-11 items-center gap-3">
      <input
        type="radio"
        name="own"
        className="size-5 accent-accent"
        checked={isOwn === own}
        onChange={() => setIsOwn(own)}
      />
      {t(own ? 'ownTerms' : 'teamTerms')}
    </label>
  );
  return (
    <form onSubmit={submit} noValidate className="mt-6 grid gap-5">
      {!of.hasAccount && <Notice>{t('noAccount')}</Notice>}
      <fieldset>
        <legend className="sr-only">{t('eventWays')}</legend>
        {choice(false)}
        {choice(true)}
      </fieldset>
      {isOwn && (
        <TermsFields
          typed={typed}
          faults={isTried ? faults : noFaults}
          onChange={(changed) => setTyped({ ...typed, ...changed })}
        />
      )}
      {save.error && (
        <Notice tone="bad" live>
          {sayProblem(save.error)}
          {isProblem(save.error, 'version_mismatch') && (
            <Button
              look="quiet"
              size="small"
              className="mt-3"
              onClick={async () => {
                setVersion((await call(getEventPayWays, { params: { eventId } })).version);
                save.reset();
              }}
            >
              {t('keepMine')}
            </Button>
          )}
        </Notice>
      )}
      {save.isSuccess && (
        <Notice tone="good" live>
          {t('saved')}
        </Notice>
      )}
      <div>
        <Button type="submit" busy={save.isPending}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
