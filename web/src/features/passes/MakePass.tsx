import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { createPass, getManagedEvent } from '../../../../client/endpoints.generated.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import type { EventId } from '../../../../contract/ids.ts';
import type { OrganisationEvent } from '../../../../contract/organisation-events.ts';
import { mostPassDates } from '../../../../contract/passes.ts';
import { call } from '../../api/call.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, Select } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { formatWhen } from '../../ui/When.tsx';
import { amountOf } from '../codes/typed.ts';
import { organisationEventsQuery } from '../organise/queries.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { t } from './words.ts';

/** Ticket types whose places have no numbers. Only these can be a part of a pass. */
const openTypes = ({ ticketTypes }: ManagedEvent) => ticketTypes.filter(({ zone }) => zone === null);

/** Makes a pass for this event and other dates of its organisation. */
export function MakePass({ event }: { event: ManagedEvent }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const types = openTypes(event);
  const events = useQuery(organisationEventsQuery(event.organisation.id));
  const dates = (events.data?.items ?? []).filter((each) => isAhead(each) && each.id !== event.id);
  const [title, setTitle] = useState('');
  const [price, setPrice] = useState('');
  const [typeName, setTypeName] = useState(types[0]?.name ?? '');
  const [chosen, setChosen] = useState<ReadonlySet<EventId>>(new Set());
  const make = useMutation({
    mutationFn: async (priceMinor: number) => {
      const wanted = dates.filter(({ id }) => chosen.has(id));
      const others = await Promise.all(
        wanted.map(({ id }) => call(getManagedEvent, { params: { eventId: id } })),
      );
      const ofDates = [event, ...others].map((date) => ({ date, type: typeOf(date, typeName) }));
      const unfit = ofDates.find(({ type }) => !type);
      if (unfit) throw new UnfitDate(unfit.date.title);
      return call(createPass, {
        params: { organisationId: event.organisation.id },
        body: {
          title: title.trim(),
          priceMinor,
          dates: ofDates.flatMap(({ date, type }) =>
            type ? [{ eventId: date.id, ticketTypeId: type.id }] : [],
          ),
        },
      });
    },
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ['managed'] });
      await navigate({ to: paths.eventPass, params: { eventId: made.id } });
    },
  });
  const priceMinor = amountOf(price, event.currency);
  const missing =
    types.length === 0
      ? t('noTypes')
      : !title.trim()
        ? t('titleMissing')
        : Number.isNaN(priceMinor)
          ? t('priceMissing')
          : chosen.size === 0 || chosen.size >= mostPassDates
            ? t('datesMissing')
            : undefined;
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    if (!missing && !make.isPending) make.mutate(priceMinor);
  };
  const toggle = (id: EventId) =>
    setChosen((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  return (
    <form noValidate className="mt-6 grid max-w-xl gap-5" onSubmit={submit} onChange={() => make.reset()}>
      <Field
        label={t('title')}
        value={title}
        maxLength={120}
        onChange={({ target }) => setTitle(target.value)}
      />
      <Field
        label={t('price', { currency: event.currency })}
        inputMode="decimal"
        value={price}
        onChange={({ target }) => setPrice(target.value)}
      />
      {types.length > 0 && (
        <Select
          label={t('type')}
          hint={t('typeHint')}
          value={typeName}
          onChange={({ target }) => setTypeName(target.value)}
        >
          {types.map(({ id, name }) => (
            <option key={id} value={name}>
              {name}
            </option>
          ))}
        </Select>
      )}
      <fieldset>
        <legend className="font-semibold">{t('otherDates')}</legend>
        {events.error && (
          <Notice tone="bad" className="mt-2">
            {sayProblem(events.error)}
          </Notice>
        )}
        {events.data && dates.length === 0 && <p className="mt-2 text-muted">{t('noDates')}</p>}
        <ul className="mt-2 grid gap-1">
          {dates.map((date) => (
            <li key={date.id}>
              <label className="flex min-h-11 items-center gap-3 py-1">
                <input
                  type="checkbox"
                  className="size-5 shrink-0 accent-accent"
                  checked={chosen.has(date.id)}
                  onChange={() => toggle(date.id)}
                />
                <span className="min-w-0 wrap-anywhere">
                  <bdi>{date.title}</bdi>
                  <span className="block text-sm text-muted">{formatWhen(date.startsAt, date.timeZone)}</span>
                </span>
              </label>
            </li>
          ))}
        </ul>
      </fieldset>
      <div aria-live="polite">
        {make.error && (
          <Notice tone="bad">
            {make.error instanceof UnfitDate
              ? t('unfit', { title: make.error.message })
              : sayProblem(make.error)}
          </Notice>
        )}
      </div>
      <div>
        <Button type="submit" busy={make.isPending} disabledBecause={missing}>
          {t('make')}
        </Button>
      </div>
    </form>
  );
}

/** The date has no ticket type for a pass. The message is its title. */
class UnfitDate extends Error {}

/** The type with this name, or the first one whose places have no numbers. */
function typeOf(date: ManagedEvent, name: string) {
  const types = openTypes(date);
  return types.find((type) => type.name === name) ?? types[0];
}

const isAhead = ({ status, undecided }: OrganisationEvent): boolean =>
  status !== 'cancelled' && status !== 'over' && !undecided.includes('startsAt');
