import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { createOrganisation } from '../../../../client/endpoints.generated.ts';
import type { Me } from '../../../../contract/accounts.ts';
import { organisationFields } from '../../../../contract/person.ts';
import { type Capability, may, mayIn } from '../../../../contract/team-roles.ts';
import { call } from '../../api/call.ts';
import { meQuery } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Cover } from '../../ui/Cover.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Field, Select } from '../../ui/Field.tsx';
import { Guarded } from '../../ui/Guarded.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useTitle } from '../../ui/title.ts';
import { When } from '../../ui/When.tsx';
import { t as editorWord } from '../editor/words.ts';
import { useContractForm } from '../forms/use-contract-form.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { LibraryLink } from '../seat-library/LibraryLink.tsx';
import { SignInFirst } from '../shell/SignInFirst.tsx';
import { chosenOrganisation } from './chosen.ts';
import { EventStatus } from './EventStatus.tsx';
import { organisationEventsQuery } from './queries.ts';
import { t } from './words.ts';

const route = getRouteApi('/organise');

export function OrganisePage() {
  useTitle(t('title'));
  const { data: me } = useSuspenseQuery(meQuery);
  const { org } = route.useSearch();
  if (!me || me.isGuest) return <SignInFirst next={paths.organise} />;
  const current = chosenOrganisation(me, org);
  return (
    <div className="page max-w-4xl py-8 sm:py-12">
      {current ? <Events me={me} current={current} /> : <OpenFirst me={me} />}
    </div>
  );
}

type Organisation = Me['organisations'][number];

function Events({ me, current }: { me: Me; current: Organisation }) {
  const navigate = useNavigate();
  const [archived, setArchived] = useState(false);
  const { data } = useQuery(organisationEventsQuery(current.id, archived ? 'only' : 'without'));
  const mayHere = (needed: Capability) => mayIn(current, needed);
  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-4">
        <h1 tabIndex={-1} className="text-title font-extrabold">
          <bdi>{current.name}</bdi>
        </h1>
        <div className="flex flex-wrap gap-3">
          {me.organisations.length > 1 && (
            <Select
              label={t('organisation')}
              hideLabel
              value={current.id}
              onChange={(event) => void navigate({ to: paths.organise, search: { org: event.target.value } })}
            >
              {me.organisations.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
          {may(current.role, 'figures.read') && (
            <Link to={paths.teamFigures} search={{ org: current.id }} className={buttonClass('quiet')}>
              {t('figures')}
            </Link>
          )}
          {may(current.role, 'orders.read') && (
            <Link to={paths.soldOrders} search={{ org: current.id }} className={buttonClass('quiet')}>
              <Icon name="ticket" />
              {t('orders')}
            </Link>
          )}
          {mayHere('orders.read') && (
            <Link to={paths.orderReviews} search={{ org: current.id }} className={buttonClass('quiet')}>
              <Icon name="warning" />
              {t('orderReviews')}
            </Link>
          )}
          {mayHere('money.read') && (
            <Link to={paths.books} search={{ org: current.id }} className={buttonClass('quiet')}>
              <Icon name="list" />
              {t('books')}
            </Link>
          )}
          {mayHere('payouts.read') && (
            <Link to={paths.payouts} search={{ org: current.id }} className={buttonClass('quiet')}>
              <Icon name="card" />
              {t('payouts')}
            </Link>
          )}
          {mayHere('events.read') && <LibraryLink organisationId={current.id} />}
          {(mayHere('team.read') || mayHere('seller.edit')) && (
            <Link to={paths.team} search={{ org: current.id }} className={buttonClass('quiet')}>
              <Icon name="person" />
              {t('team')}
            </Link>
          )}
          {mayHere('events.edit') && (
            <Link to={paths.startEvent} search={{ org: current.id }} className={buttonClass()}>
              <Icon name="plus" />
              {t('newEvent')}
            </Link>
          )}
        </div>
      </div>
      {!data && <Skeleton className="mt-8 h-96" />}
      {data?.items.length === 0 && (
        <EmptyState icon="calendar" title={t('noEvents')}>
          {t('noEventsText')}
        </EmptyState>
      )}
      <ul className="mt-8 grid grid-cols-1 gap-3">
        {data?.items.map((event) => (
          <li
            key={event.id}
            className="relative flex flex-wrap items-center gap-4 rounded-card border border-line bg-raised p-3 hover:border-line-strong"
          >
            <Guarded fallback={event.title}>
              <Cover
                src={event.coverUrl}
                title={event.title}
                className="size-[min(4rem,20vw)] rounded-field sm:w-24"
              />
              <div className="min-w-[min(7rem,100%)] flex-1">
                <h2 dir="auto" className="page-side truncate font-bold">
                  <Link
                    to={paths.managedEvent}
                    params={{ eventId: event.id }}
                    className="after:absolute after:inset-0 after:rounded-card"
                  >
                    {event.title}
                  </Link>
                </h2>
                <p className="truncate text-sm text-muted">
                  {event.undecided.includes('startsAt') ? (
                    editorWord('dateOpen')
                  ) : (
                    <When at={event.startsAt} timeZone={event.timeZone} />
                  )}
                  {event.venue.name && (
                    <>
                      {' '}
                      · <bdi>{[event.venue.name, event.venue.city].filter(Boolean).join(', ')}</bdi>
                    </>
                  )}
                </p>
              </div>
              <EventStatus status={event.status} />
            </Guarded>
          </li>
        ))}
      </ul>
      <Button look="quiet" size="small" className="mt-6" onClick={() => setArchived(!archived)}>
        {editorWord(archived ? 'notArchived' : 'archived')}
      </Button>
      <details className="mt-10">
        <summary className="py-2 font-semibold text-muted">{t('another')}</summary>
        <OpenForm me={me} />
      </details>
    </>
  );
}

function OpenFirst({ me }: { me: Me }) {
  return (
    <div className="mx-auto max-w-md">
      <h1 tabIndex={-1} className="text-title font-extrabold">
        {t('openTitle')}
      </h1>
      <p className="mt-2 text-muted">{t('openText')}</p>
      <OpenForm me={me} />
    </div>
  );
}

function OpenForm({ me }: { me: Me }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const open = useMutation({
    mutationFn: (name: string) => call(createOrganisation, { body: { name } }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: meQuery.queryKey });
      await navigate({ to: paths.organise, search: { org: id } });
    },
  });
  const form = useContractForm(organisationFields, { name: '' });
  return (
    <form
      noValidate
      className="mt-6 grid max-w-md gap-4"
      onSubmit={form.handleSubmit(({ name }) => {
        if (!open.isPending) open.mutate(name, { onError: form.showRefusal });
      })}
    >
      {!me.emailVerified && <Notice tone="warn">{t('verifyFirst')}</Notice>}
      {open.isError && !form.standsFor(open.error) && (
        <Notice tone="bad" live>
          {sayProblem(open.error)}
        </Notice>
      )}
      <Field label={t('orgName')} aria-required {...form.field('name')} />
      <Button type="submit" busy={open.isPending} disabledBecause={!me.emailVerified && t('verifyFirst')}>
        {t('openOrg')}
      </Button>
    </form>
  );
}
