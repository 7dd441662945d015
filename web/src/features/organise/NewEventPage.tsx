import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { createEvent } from '../../../../client/endpoints.generated.ts';
import type { EventPatch, NewEvent } from '../../../../contract/events.ts';
import { call } from '../../api/call.ts';
import { meQuery } from '../../api/session.ts';
import { useAct } from '../../api/use-act.ts';
import { paths } from '../../paths.ts';
import { backLink } from '../../ui/back-link.ts';
import { Icon } from '../../ui/Icon.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { useTitle } from '../../ui/title.ts';
import { useContractForm } from '../forms/use-contract-form.ts';
import { SignInFirst } from '../shell/SignInFirst.tsx';
import { chosenOrganisation } from './chosen.ts';
import { emptyDraft } from './draft.ts';
import { EventForm } from './EventForm.tsx';
import { eventForm, fieldOf } from './event-body.ts';
import { same } from './same.ts';
import { t } from './words.ts';

const route = getRouteApi('/organise/new');
const newEventForm = eventForm(null);

export function NewEventPage() {
  useTitle(t('newEvent'));
  const { data: me } = useSuspenseQuery(meQuery);
  const { org } = route.useSearch();
  const navigate = useNavigate();
  const act = useAct();
  const [initial] = useState(() => emptyDraft(ownTimeZone(), t('firstPool'), t('firstType')));
  const form = useContractForm(newEventForm, initial, fieldOf);
  const created = useRef(false);
  const organisation = chosenOrganisation(me, org);
  const create = useMutation({
    mutationFn: (fields: EventPatch) =>
      call(createEvent, { body: { organisationId: organisation?.id, ...fields } as NewEvent, act }),
    onSuccess: (event) => {
      created.current = true;
      return navigate({ to: paths.managedEvent, params: { eventId: event.id } });
    },
    onError: (error) => void form.showRefusal(error),
  });
  if (!me || !organisation) return <SignInFirst next={paths.organise} />;
  return (
    <div className="page max-w-3xl py-6 sm:py-10">
      <Link to={paths.organise} search={{ org: organisation.id }} className={backLink}>
        <Icon name="left" size={18} />
        {t('back')}
      </Link>
      <h1 tabIndex={-1} className="mb-8 mt-2 text-title font-extrabold">
        {t('newEvent')}
      </h1>
      <EventForm
        form={form}
        organisationId={organisation.id}
        before={null}
        submit={t('create')}
        busy={create.isPending}
        error={create.error}
        // The form sets the time zone itself, which is nothing that a person would miss.
        isDirty={() =>
          !created.current && !same({ ...form.getValues(), timeZone: initial.timeZone }, initial)
        }
        onSubmit={(body) => create.mutate(body)}
      />
    </div>
  );
}
