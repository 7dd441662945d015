import { useInfiniteQuery, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { OrganisationId, UserId } from '../../../../contract/ids.ts';
import { meQuery } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { Select } from '../../ui/Field.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { useTitle } from '../../ui/title.ts';
import { chosenOrganisation } from '../organise/chosen.ts';
import { membersQuery } from '../organise/queries.ts';
import { SignInFirst } from '../shell/SignInFirst.tsx';
import { ActFilter, Entries } from './Entries.tsx';
import { auditLogQuery, type Filters, teamActs } from './queries.ts';
import { t } from './words.ts';

const route = getRouteApi('/organise/log');

export function AuditLogPage() {
  const { data: me } = useSuspenseQuery(meQuery);
  const { org } = route.useSearch();
  const organisation = chosenOrganisation(me, org);
  useTitle(t('title'));
  if (!organisation) return <SignInFirst next={paths.organise} />;
  return (
    <Subpage
      back={{ to: paths.team, search: { org: organisation.id } }}
      backText={t('back')}
      title={t('title')}
    >
      <p className="mt-2 text-muted">{t('text')}</p>
      <TeamLog organisationId={organisation.id} key={organisation.id} />
    </Subpage>
  );
}

function TeamLog({ organisationId }: { organisationId: OrganisationId }) {
  const [{ act, actor }, setFilters] = useState<Filters>({});
  const { data: members } = useQuery(membersQuery(organisationId));
  const log = useInfiniteQuery(auditLogQuery(organisationId, { act, actor }));
  return (
    <>
      <div className="mt-6 grid gap-4 sm:grid-cols-2">
        <ActFilter acts={teamActs} value={act} onChange={(chosen) => setFilters({ act: chosen, actor })} />
        <Select
          label={t('person')}
          value={actor ?? ''}
          onChange={({ target }) => setFilters({ act, actor: (target.value || undefined) as UserId })}
        >
          <option value="">{t('anybody')}</option>
          {members?.items.map(({ userId, name }) => (
            <option key={userId} value={userId}>
              {name}
            </option>
          ))}
        </Select>
      </div>
      <Entries log={log} />
    </>
  );
}
