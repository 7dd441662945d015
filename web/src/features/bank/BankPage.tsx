import { useQuery } from '@tanstack/react-query';
import type { OrganisationId } from '../../../../contract/ids.ts';
import { mayIn } from '../../../../contract/team-roles.ts';
import { paths } from '../../paths.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { OrganisationPage } from '../organise/OrganisationPage.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { Entries } from './Entries.tsx';
import { ImportStatement } from './ImportStatement.tsx';
import { waysQuery } from './queries.ts';
import { Returns } from './Returns.tsx';
import { WaysForm } from './WaysForm.tsx';
import { t } from './words.ts';

/** Bank transfers of an organisation: its account, statements, what matches, and what goes back. */
export function BankPage() {
  return (
    <OrganisationPage
      title={t('title')}
      back={paths.organise}
      needs={{ capability: 'payouts.read', refusal: t('mayNot') }}
    >
      {(organisation) => (
        <Desk organisationId={organisation.id} mayEdit={mayIn(organisation, 'payouts.connect')} />
      )}
    </OrganisationPage>
  );
}

function Desk({ organisationId, mayEdit }: { organisationId: OrganisationId; mayEdit: boolean }) {
  const ways = useQuery(waysQuery(organisationId));
  if (ways.error)
    return (
      <Notice tone="bad" live className="mt-4">
        {sayProblem(ways.error)}
      </Notice>
    );
  if (!ways.data) return <Skeleton className="mt-6 h-96" />;
  return (
    <>
      <p className="mt-2 text-muted">{t('text')}</p>
      <WaysForm of={ways.data} organisationId={organisationId} mayEdit={mayEdit} />
      {ways.data.ways.account && (
        <>
          <ImportStatement organisationId={organisationId} />
          <Entries organisationId={organisationId} />
          <Returns organisationId={organisationId} />
        </>
      )}
    </>
  );
}
