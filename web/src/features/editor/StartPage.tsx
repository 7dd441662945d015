import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { createEvent } from '../../../../client/endpoints.generated.ts';
import type { NewEvent } from '../../../../contract/events.ts';
import { call } from '../../api/call.ts';
import { meQuery } from '../../api/session.ts';
import { useAct } from '../../api/use-act.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { backLink } from '../../ui/back-link.ts';
import { Field } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { useTitle } from '../../ui/title.ts';
import { chosenOrganisation } from '../organise/chosen.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { SignInFirst } from '../shell/SignInFirst.tsx';
import { settle } from './queries.ts';
import { t } from './words.ts';

const route = getRouteApi('/organise/start');

/** A new event exists as a draft as soon as it has a title. */
export function StartPage() {
  useTitle(t('newEvent'));
  const { data: me } = useSuspenseQuery(meQuery);
  const { org } = route.useSearch();
  const client = useQueryClient();
  const navigate = useNavigate();
  const act = useAct();
  const [title, setTitle] = useState('');
  const [tried, setTried] = useState(false);
  const organisation = chosenOrganisation(me, org);
  const create = useMutation({
    mutationFn: () =>
      call(createEvent, {
        body: {
          organisationId: organisation?.id,
          title: title.trim(),
          timeZone: ownTimeZone(),
          pools: [{ key: 'floor', name: t('firstPool'), capacity: 100 }],
        } as NewEvent,
        act,
      }),
    onSuccess: (event) => {
      settle(client, event);
      return navigate({ to: paths.editEvent, params: { eventId: event.id, step: 'basics' }, replace: true });
    },
  });
  if (!me || !organisation) return <SignInFirst next={paths.organise} />;
  return (
    <div className="page max-w-xl py-6 sm:py-10">
      <Link to={paths.organise} search={{ org: organisation.id }} className={backLink}>
        <Icon name="left" size={18} />
        {t('back')}
      </Link>
      <h1 tabIndex={-1} className="mb-2 mt-2 text-title font-extrabold">
        {t('newEvent')}
      </h1>
      <p className="mb-6 text-muted">{t('startText')}</p>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(submitted) => {
          submitted.preventDefault();
          setTried(true);
          if (title.trim() !== '' && !create.isPending) create.mutate();
        }}
      >
        <Field
          label={t('copyName')}
          maxLength={120}
          aria-required
          value={title}
          onChange={({ target }) => setTitle(target.value)}
          error={tried && title.trim() === '' ? t('nameMissing') : undefined}
        />
        {create.isError && (
          <Notice tone="bad" live>
            {sayProblem(create.error)}
          </Notice>
        )}
        <div>
          <Button type="submit" size="large" busy={create.isPending}>
            {t('start')}
          </Button>
        </div>
      </form>
      <p className="mt-8">
        <Link
          to={paths.newEvent}
          search={{ org: organisation.id }}
          className="inline-flex min-h-11 items-center font-medium text-accent underline-offset-4 hover:underline"
        >
          {t('onOnePage')}
        </Link>
      </p>
    </div>
  );
}
