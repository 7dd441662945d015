import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OrganisationId, UserId } from '../../../../contract/ids.ts';
import { paths } from '../../paths.ts';
import { Select } from '../../ui/Field.tsx';
import { OrganisationPage } from '../organise/OrganisationPage.tsx';
import { membersQuery } from '../organise/queries.ts';
import { ActFilter, Entries } from './Entries.tsx';
import { auditLogQuery, type Filters, teamActs } from './queries.ts';
import { t } from './words.ts';

export function AuditLogPage() {
  return (
    <OrganisationPage title={t('title')} back={paths.team} backText={t('back')}>
      {({ id }) => (
        <>
          <p className="mt-2 text-muted">{t('text')}</p>
          <TeamLog organisationId={id} />
        </>
      )}
    </OrganisationPage>
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
