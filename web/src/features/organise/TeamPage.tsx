import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import { changeMemberRole, invite, removeMember } from '../../../../client/endpoints.generated.ts';
import type { EventId, OrganisationId, UserId } from '../../../../contract/ids.ts';
import { type Membership, mayIn, type TeamRole, teamRoles } from '../../../../contract/team-roles.ts';
import { call } from '../../api/call.ts';
import { meQuery } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Select } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { useTitle } from '../../ui/title.ts';
import { Brand } from '../branding/Brand.tsx';
import { SellerDetails } from '../documents/SellerDetails.tsx';
import { t as sayIntegration } from '../integrations/words.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { SignInFirst } from '../shell/SignInFirst.tsx';
import { chosenOrganisation } from './chosen.ts';
import { Invitations } from './Invitations.tsx';
import { MemberEvents, sayEvents } from './MemberEvents.tsx';
import { membersQuery } from './queries.ts';
import { RecordKeeping } from './RecordKeeping.tsx';
import { RoleTable } from './RoleTable.tsx';
import { t } from './words.ts';

const route = getRouteApi('/organise/team');

const integrationLink = 'inline-flex min-h-11 items-center font-medium underline';

export function TeamPage() {
  const { data: me } = useSuspenseQuery(meQuery);
  const { org } = route.useSearch();
  const organisation = chosenOrganisation(me, org);
  useTitle(t('team'));
  if (!organisation) return <SignInFirst next={paths.organise} />;
  return (
    <Subpage
      back={{ to: paths.organise, search: { org: organisation.id } }}
      backText={t('back')}
      title={t('teamTitle', { name: organisation.name })}
    >
      <p className="mt-2 text-muted">{t('teamText')}</p>
      {mayIn(organisation, 'team.read') && <Members organisation={organisation} />}
      {mayIn(organisation, 'audit-log.read') && (
        <Link
          to={paths.auditLog}
          search={{ org: organisation.id }}
          className="mt-6 inline-flex min-h-11 items-center font-medium underline"
        >
          {t('auditLog')}
        </Link>
      )}
      {mayIn(organisation, 'integrations.manage') && (
        <p className="flex flex-wrap gap-x-6">
          <Link to={paths.apiKeys} search={{ org: organisation.id }} className={integrationLink}>
            {sayIntegration('keysTitle')}
          </Link>
          <Link to={paths.webhooks} search={{ org: organisation.id }} className={integrationLink}>
            {sayIntegration('hooksTitle')}
          </Link>
        </p>
      )}
      <Fragment key={organisation.id}>
        {mayIn(organisation, 'seller.edit') && <SellerDetails organisationId={organisation.id} />}
        {mayIn(organisation, 'settings.edit') && <RecordKeeping organisationId={organisation.id} />}
        {mayIn(organisation, 'events.edit') && <Brand organisationId={organisation.id} />}
      </Fragment>
      <RoleTable />
    </Subpage>
  );
}

interface Leaving {
  userId: UserId;
  name: string;
}

function Members({
  organisation: { id: organisationId, name: organisationName, ...own },
}: {
  organisation: { id: OrganisationId; name: string } & Membership;
}) {
  const client = useQueryClient();
  const query = membersQuery(organisationId);
  const { data } = useQuery(query);
  const mayChange = mayIn(own, 'team.edit');
  /** The member whom the dialog asks about. */
  const [leaving, setLeaving] = useState<Leaving | null>(null);
  const changed = () => client.invalidateQueries({ queryKey: query.queryKey });
  const change = useMutation({
    mutationFn: ({ userId, ...body }: { userId: UserId; role: TeamRole; events: EventId[] | null }) =>
      call(changeMemberRole, { params: { organisationId, userId }, body }),
    onSuccess: changed,
  });
  // A person must agree to become an owner.
  const offer = useMutation({
    mutationFn: (email: string) =>
      call(invite, { params: { organisationId }, body: { email, role: 'owner' } }),
    onSuccess: changed,
  });
  const remove = useMutation({
    mutationFn: ({ userId }: Leaving) => call(removeMember, { params: { organisationId, userId } }),
    onSuccess: () => {
      setLeaving(null);
      return changed();
    },
  });
  const problem = change.error ?? offer.error;
  return (
    <>
      <ul className="mt-6 divide-y divide-line border-y border-line">
        {data?.items.map((member) => (
          <li key={member.userId} className="flex flex-wrap items-center gap-2 py-3">
            <div className="min-w-0 grow basis-36">
              <p className="font-semibold">
                <bdi>{member.name}</bdi>
              </p>
              <p dir="auto" className="page-side truncate text-sm text-muted">
                {member.email}
              </p>
              {mayChange && member.role !== 'owner' ? (
                <MemberEvents
                  organisationId={organisationId}
                  member={member}
                  onChoose={(events) => change.mutate({ userId: member.userId, role: member.role, events })}
                />
              ) : (
                member.events && <p className="text-sm text-muted">{sayEvents(member.events)}</p>
              )}
            </div>
            {mayChange ? (
              // Together, so that a narrow screen puts both below the name and not the button alone.
              <div className="flex max-w-full items-center gap-1">
                <Select
                  label={`${t('role')}: ${member.name}`}
                  hideLabel
                  className="w-36 min-w-0"
                  value={member.role}
                  onChange={(event) => {
                    const chosen = event.target.value as TeamRole;
                    for (const each of [change, offer, remove]) each.reset();
                    if (chosen === 'owner') offer.mutate(member.email);
                    else change.mutate({ userId: member.userId, role: chosen, events: member.events });
                  }}
                >
                  {teamRoles.map((each) => (
                    <option key={each} value={each}>
                      {t(each)}
                    </option>
                  ))}
                </Select>
                <button
                  type="button"
                  aria-label={t('removeMember', { name: member.name })}
                  onClick={() => {
                    remove.reset();
                    setLeaving(member);
                  }}
                  className="grid size-11 place-items-center rounded-full text-muted hover:bg-sunken hover:text-bad"
                >
                  <Icon name="cross" />
                </button>
              </div>
            ) : (
              <span className="text-muted">{t(member.role)}</span>
            )}
          </li>
        ))}
      </ul>
      {problem && (
        <Notice tone="bad" live className="mt-4">
          {sayProblem(problem)}
        </Notice>
      )}
      {offer.isSuccess && (
        <Notice tone="good" live className="mt-4">
          {t('ownerOffered', { email: offer.data.email })}
        </Notice>
      )}
      {remove.isSuccess && (
        <Notice tone="good" live className="mt-4 wrap-anywhere">
          {t('memberRemoved', { name: remove.variables.name })}
        </Notice>
      )}
      {leaving && (
        <Dialog
          title={t('removeTitle', { name: leaving.name })}
          closeLabel={t('keepMember')}
          onClose={() => setLeaving(null)}
          footer={
            <>
              <Button look="quiet" onClick={() => setLeaving(null)}>
                {t('keepMember')}
              </Button>
              <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate(leaving)}>
                {t('removeDo')}
              </Button>
            </>
          }
        >
          <p className="wrap-anywhere">{t('removeText', { organisation: organisationName })}</p>
          {remove.error && (
            <Notice tone="bad" live className="mt-4">
              {sayProblem(remove.error)}
            </Notice>
          )}
        </Dialog>
      )}
      {mayChange && <Invitations organisationId={organisationId} />}
    </>
  );
}
