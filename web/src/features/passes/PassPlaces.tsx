import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { setPassPlaces } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import type { ManagedPass } from '../../../../contract/passes.ts';
import { call } from '../../api/call.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { formatWhen } from '../../ui/When.tsx';
import { wholeOf } from '../codes/typed.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { managedPassQuery } from './queries.ts';
import { t } from './words.ts';

/** How many passes there are, and what each date has of them. */
export function PassPlaces({ event, mayChange }: { event: ManagedEvent; mayChange: boolean }) {
  const { data: pass, error } = useQuery(managedPassQuery(event.id));
  return (
    <>
      {error && (
        <Notice tone="bad" live className="mt-6">
          {sayProblem(error)}
        </Notice>
      )}
      {pass && (
        <>
          <p className="mt-4 text-lg font-semibold">
            {t('soldOf', { sold: pass.sold, places: pass.places })}
          </p>
          {pass.changing && <Notice className="mt-4">{t('changing')}</Notice>}
          {mayChange && !event.cancellation && <PlacesForm event={event} pass={pass} />}
          <section className="mt-10">
            <h2 className="text-xl font-bold tracking-tight">{t('dates')}</h2>
            <ul className="mt-3 divide-y divide-line border-y border-line">
              {pass.dates.map((date) => (
                <DateRow key={date.eventId} date={date} />
              ))}
            </ul>
          </section>
        </>
      )}
    </>
  );
}

function PlacesForm({ event, pass }: { event: ManagedEvent; pass: ManagedPass }) {
  const client = useQueryClient();
  // Null until somebody types: then the field follows what is stored, and a change by a colleague takes nothing away that was typed.
  const [own, setOwn] = useState<string | null>(null);
  const typed = own ?? String(pass.places);
  const change = useMutation({
    mutationFn: (places: number) => call(setPassPlaces, { params: { eventId: event.id }, body: { places } }),
    onSuccess: (changed) => {
      client.setQueryData(managedPassQuery(event.id).queryKey, changed);
      setOwn(null);
      return client.invalidateQueries({ queryKey: ['managed'] });
    },
  });
  const places = wholeOf(typed);
  const wrong = Number.isNaN(places) ? t('numberMissing') : places > 100_000 ? t('tooMany') : undefined;
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    if (!wrong && !change.isPending) change.mutate(places);
  };
  return (
    <form noValidate className="mt-6 grid max-w-xl gap-5" onSubmit={submit}>
      <Field
        label={t('places')}
        hint={t('placesHint')}
        inputMode="numeric"
        value={typed}
        onChange={({ target }) => {
          change.reset();
          setOwn(target.value);
        }}
      />
      <div aria-live="polite">
        {change.error && <Notice tone="bad">{sayRefusal(change.error, pass)}</Notice>}
        {change.isSuccess && <Notice tone="good">{t('saved')}</Notice>}
      </div>
      <div>
        <Button type="submit" busy={change.isPending} disabledBecause={wrong}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}

/** Names the date that has too few places. */
function sayRefusal(error: Error, pass: ManagedPass): string {
  if (!isProblem(error, 'pass_date_full')) return sayProblem(error);
  const { eventId, available } = error as unknown as { eventId?: string; available?: number };
  const date = pass.dates.find((each) => each.eventId === eventId);
  return date
    ? t('dateFull', {
        title: date.title,
        when: formatWhen(date.startsAt, date.timeZone),
        count: available ?? 0,
      })
    : sayProblem(error);
}

function DateRow({ date }: { date: ManagedPass['dates'][number] }) {
  return (
    <li className="py-4">
      <p className="font-semibold wrap-anywhere">
        <Link
          to={paths.managedEvent}
          params={{ eventId: date.eventId }}
          className="inline-block py-1 text-accent underline-offset-4 hover:underline"
        >
          <bdi>{date.title}</bdi>
        </Link>
      </p>
      <p className="text-sm text-muted">
        {formatWhen(date.startsAt, date.timeZone)}
        {date.status === 'cancelled' && ` · ${t('cancelled')}`}
      </p>
      <p className="mt-1 text-sm">
        {t('ofDate', { tickets: date.tickets, admitted: date.admitted, kept: date.kept, free: date.free })}
      </p>
    </li>
  );
}
