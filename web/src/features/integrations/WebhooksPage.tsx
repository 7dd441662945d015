import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { OrganisationId } from '../../../../contract/ids.ts';
import type { WebhookEndpoint } from '../../../../contract/webhooks.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { OrganisationPage } from '../organise/OrganisationPage.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { EndpointForm } from './EndpointForm.tsx';
import { EndpointState } from './EndpointState.tsx';
import { webhooksQuery } from './queries.ts';
import { t } from './words.ts';

/** The webhook endpoints of an organisation. */
export function WebhooksPage() {
  return (
    <OrganisationPage
      title={t('hooksTitle')}
      back={paths.team}
      backText={t('back')}
      needs={{ capability: 'integrations.manage', refusal: t('mayNot') }}
    >
      {({ id }) => <Endpoints organisationId={id} />}
    </OrganisationPage>
  );
}

function Endpoints({ organisationId }: { organisationId: OrganisationId }) {
  const endpoints = useQuery(webhooksQuery(organisationId));
  const [isMaking, setIsMaking] = useState(false);
  return (
    <>
      <p className="mt-2 text-muted">{t('hooksText')}</p>
      <Button className="mt-6" onClick={() => setIsMaking(true)}>
        {t('makeHook')}
      </Button>
      {endpoints.error && (
        <Notice tone="bad" live className="mt-6">
          {sayProblem(endpoints.error)}
        </Notice>
      )}
      {endpoints.isPending && <Skeleton className="mt-6 h-40" />}
      {endpoints.data?.items.length === 0 && <p className="mt-6 text-muted">{t('noHooks')}</p>}
      <ul className="mt-6 grid gap-4">
        {endpoints.data?.items.map((endpoint) => (
          <Endpoint key={endpoint.id} endpoint={endpoint} organisationId={organisationId} />
        ))}
      </ul>
      {isMaking && <EndpointForm organisationId={organisationId} onClose={() => setIsMaking(false)} />}
    </>
  );
}

const Endpoint = ({
  endpoint,
  organisationId,
}: {
  endpoint: WebhookEndpoint;
  organisationId: OrganisationId;
}) => (
  <li className="rounded-card border border-line p-5">
    <h2 className="font-bold wrap-anywhere">
      <Link
        to={paths.webhook}
        params={{ endpointId: endpoint.id }}
        search={{ org: organisationId }}
        className="inline-flex min-h-11 items-center underline"
      >
        <bdi dir="ltr">{endpoint.url}</bdi>
      </Link>
    </h2>
    {endpoint.description && (
      <p className="wrap-anywhere">
        <bdi>{endpoint.description}</bdi>
      </p>
    )}
    <EndpointState endpoint={endpoint} />
  </li>
);
