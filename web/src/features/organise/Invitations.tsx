import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod/mini';
import type { AnswerOf } from '../../../../client/endpoint.ts';
import {
  invite,
  type listInvitations,
  sendInvitationAgain,
  withdrawInvitation,
} from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { EventId, InvitationId, OrganisationId } from '../../../../contract/ids.ts';
import { invitationFields } from '../../../../contract/person.ts';
import { teamRoles } from '../../../../contract/team-roles.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, Select } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { formatWhen } from '../../ui/When.tsx';
import { useContractForm } from '../forms/use-contract-form.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { EventChoice } from './EventChoice.tsx';
import { sayEvents } from './MemberEvents.tsx';
import { invitationsQuery } from './queries.ts';
import { t } from './words.ts';

type Listed = AnswerOf<typeof listInvitations>['items'][number];

/** For owners: inviting a person, and the state of the invitations that are not accepted yet. */
export function Invitations({ organisationId }: { organisationId: OrganisationId }) {
  const client = useQueryClient();
  const query = invitationsQuery(organisationId);
  const { data } = useQuery(query);
  const [said, setSaid] = useState('');
  const changed = () => client.invalidateQueries({ queryKey: query.queryKey });
  const again = useMutation({
    mutationFn: ({ id }: Listed) =>
      call(sendInvitationAgain, { params: { organisationId, invitationId: id as InvitationId } }),
    onMutate: () => setSaid(''),
    onSuccess: ({ email }) => setSaid(t('invited', { email })),
    onSettled: changed,
  });
  const withdraw = useMutation({
    mutationFn: ({ id }: Listed) =>
      call(withdrawInvitation, { params: { organisationId, invitationId: id as InvitationId } }),
    onMutate: () => setSaid(''),
    onSuccess: (_, { email }) => setSaid(t('withdrawn', { email })),
    onSettled: changed,
  });
  const problem = again.error ?? withdraw.error;
  const busy = again.isPending || withdraw.isPending;
  return (
    <>
      <InviteForm
        organisationId={organisationId}
        onInvited={(email) => {
          setSaid(t('invited', { email }));
          return changed();
        }}
      />
      {said && (
        <Notice tone="good" live className="mt-4">
          {said}
        </Notice>
      )}
      {problem && (
        <Notice tone="bad" live className="mt-4">
          {sayProblem(problem)}
        </Notice>
      )}
      {data && data.items.length > 0 && (
        <>
          <h2 className="mt-10 text-xl font-bold tracking-tight">{t('invitationsHeading')}</h2>
          <ul className="mt-3 divide-y divide-line border-y border-line">
            {data.items.map((each) => (
              <li key={each.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
                <div className="min-w-0 flex-1 basis-60">
                  <p dir="auto" className="page-side truncate font-semibold">
                    {each.email}
                  </p>
                  <p className="text-sm text-muted">
                    {t(each.role)} · {each.events && `${sayEvents(each.events)} · `}
                    {stateOf(each)} · {t('invitedByName', { name: each.invitedBy })}
                  </p>
                </div>
                {each.state !== 'declined' && (
                  <div className="flex flex-wrap gap-2">
                    <Button
                      look="quiet"
                      size="small"
                      busy={busy}
                      aria-label={t('sendAgainTo', { email: each.email })}
                      onClick={() => again.mutate(each)}
                    >
                      {t('sendAgain')}
                    </Button>
                    <Button
                      look="quiet"
                      size="small"
                      busy={busy}
                      aria-label={t('withdrawFrom', { email: each.email })}
                      onClick={() => withdraw.mutate(each)}
                    >
                      {t('withdraw')}
                    </Button>
                  </div>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function stateOf({ state, expiresAt }: Listed): string {
  if (state === 'expired') return t('stateExpired');
  if (state === 'declined') return t('stateDeclined');
  if (state === 'withdrawn') return t('stateWithdrawn');
  return t('pendingUntil', { date: formatWhen(expiresAt, ownTimeZone(), 'short') });
}

function InviteForm({
  organisationId,
  onInvited,
}: {
  organisationId: OrganisationId;
  onInvited: (email: string) => Promise<void>;
}) {
  const form = useContractForm(invitationFields, { email: '', role: 'door' });
  const [events, setEvents] = useState<EventId[] | null>(null);
  const isOwner = form.watch('role') === 'owner';
  const send = useMutation({
    mutationFn: (body: z.infer<typeof invitationFields>) =>
      call(invite, { params: { organisationId }, body: { ...body, events: isOwner ? null : events } }),
    onSuccess: ({ email }: AnswerOf<typeof invite>) => {
      form.reset();
      setEvents(null);
      return onInvited(email);
    },
    onError: (error) => {
      if (isProblem(error, 'already_member', 'already_invited', 'invitation_declined')) {
        form.refuse('email', sayProblem(error));
      } else form.showRefusal(error);
    },
  });
  return (
    <form
      noValidate
      className="mt-10 grid gap-4"
      onSubmit={form.handleSubmit((body) => {
        if (!send.isPending) send.mutate(body);
      })}
    >
      <div>
        <h2 className="text-xl font-bold tracking-tight">{t('inviteHeading')}</h2>
        <p className="mt-1 text-muted">{t('inviteText')}</p>
      </div>
      {send.isError && form.saysNothing() && (
        <Notice tone="bad" live>
          {sayProblem(send.error)}
        </Notice>
      )}
      <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_10rem_auto] sm:items-start">
        <Field
          label={t('email')}
          type="email"
          aria-required
          {...form.field('email', undefined, { setValueAs: (value: string) => value.trim() })}
        />
        <Select label={t('role')} {...form.field('role')}>
          {teamRoles.map((each) => (
            <option key={each} value={each}>
              {t(each)}
            </option>
          ))}
        </Select>
        <Button
          type="submit"
          busy={send.isPending}
          disabledBecause={!isOwner && events?.length === 0 && t('chooseEvent')}
          className="sm:mt-6.5"
        >
          {t('invite')}
        </Button>
      </div>
      {!isOwner && <EventChoice organisationId={organisationId} chosen={events} onChange={setEvents} />}
    </form>
  );
}
