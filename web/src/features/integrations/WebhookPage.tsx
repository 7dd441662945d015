import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import {
  changeWebhookEndpoint,
  deleteWebhookEndpoint,
  rotateWebhookSecret,
  testWebhookEndpoint,
} from '../../../../client/endpoints.generated.ts';
import type { OrganisationId, WebhookEndpointId } from '../../../../contract/ids.ts';
import type { WebhookEndpoint } from '../../../../contract/webhooks.ts';
import { call } from '../../api/call.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { OrganisationPage } from '../organise/OrganisationPage.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { Confirm } from './Confirm.tsx';
import { EndpointForm } from './EndpointForm.tsx';
import { EndpointState } from './EndpointState.tsx';
import { webhooksQuery } from './queries.ts';
import { RotateDialog } from './RotateDialog.tsx';
import { WebhookLog } from './WebhookLog.tsx';
import { t } from './words.ts';

const route = getRouteApi('/organise/webhooks/$endpointId');

/** One webhook endpoint: what it is told, and what became of each message. */
export function WebhookPage() {
  const { endpointId } = route.useParams();
  return (
    <OrganisationPage
      title={t('hooksTitle')}
      back={paths.webhooks}
      backText={t('hooksTitle')}
      needs={{ capability: 'integrations.manage', refusal: t('mayNot') }}
    >
      {({ id }) => <Found organisationId={id} endpointId={endpointId as WebhookEndpointId} />}
    </OrganisationPage>
  );
}

function Found({
  organisationId,
  endpointId,
}: {
  organisationId: OrganisationId;
  endpointId: WebhookEndpointId;
}) {
  const endpoints = useQuery(webhooksQuery(organisationId));
  if (endpoints.error)
    return (
      <Notice tone="bad" live className="mt-6">
        {sayProblem(endpoints.error)}
      </Notice>
    );
  if (!endpoints.data) return <Skeleton className="mt-6 h-64" />;
  const endpoint = endpoints.data.items.find(({ id }) => id === endpointId);
  if (!endpoint) return <p className="mt-6 text-muted">{t('hookGone')}</p>;
  return <Endpoint endpoint={endpoint} organisationId={organisationId} />;
}

function Endpoint({
  endpoint,
  organisationId,
}: {
  endpoint: WebhookEndpoint;
  organisationId: OrganisationId;
}) {
  const { id, url, version, disabled } = endpoint;
  const client = useQueryClient();
  const navigate = useNavigate();
  const [open, setOpen] = useState<'rotate' | 'remove' | 'change' | null>(null);
  const reload = () => client.invalidateQueries({ queryKey: webhooksQuery(organisationId).queryKey });
  const reloadLog = () => client.invalidateQueries({ queryKey: ['webhook-log', id] });
  const params = { organisationId, endpointId: id };
  const turn = useMutation({
    mutationFn: () =>
      call(changeWebhookEndpoint, { params, body: { enabled: disabled !== null }, ifMatch: version }),
    onSettled: reload,
  });
  const test = useMutation({
    mutationFn: () => call(testWebhookEndpoint, { params }),
    onSuccess: reloadLog,
  });
  const rotate = useMutation({
    mutationFn: (overlapHours: number) => call(rotateWebhookSecret, { params, body: { overlapHours } }),
    onSuccess: reload,
  });
  const remove = useMutation({
    mutationFn: () => call(deleteWebhookEndpoint, { params }),
    onSuccess: async () => {
      await navigate({ to: paths.webhooks, search: { org: organisationId } });
      await reload();
    },
  });
  const close = () => {
    setOpen(null);
    rotate.reset();
  };
  const trouble = turn.error ?? test.error;
  return (
    <>
      <p className="mt-2 text-lg font-bold wrap-anywhere">
        <bdi dir="ltr">{url}</bdi>
      </p>
      {endpoint.description && (
        <p className="wrap-anywhere">
          <bdi>{endpoint.description}</bdi>
        </p>
      )}
      <EndpointState endpoint={endpoint} />
      <div className="mt-4 flex flex-wrap gap-3">
        <Button
          size="small"
          busy={test.isPending}
          disabledBecause={disabled !== null && t('off.person')}
          onClick={() => test.mutate()}
        >
          {t('test')}
        </Button>
        <Button look="quiet" size="small" onClick={() => setOpen('change')}>
          {t('change')}
        </Button>
        <Button look="quiet" size="small" onClick={() => setOpen('rotate')}>
          {t('rotate')}
        </Button>
        <Button look="quiet" size="small" busy={turn.isPending} onClick={() => turn.mutate()}>
          {t(disabled ? 'switchOn' : 'switchOff')}
        </Button>
        <Button look="quiet" size="small" onClick={() => setOpen('remove')}>
          {t('remove')}
        </Button>
      </div>
      {trouble && (
        <Notice tone="bad" live className="mt-4">
          {sayProblem(trouble)}
        </Notice>
      )}
      <WebhookLog of={params} isOff={disabled !== null} />
      {open === 'change' && (
        <EndpointForm organisationId={organisationId} endpoint={endpoint} onClose={close} />
      )}
      {open === 'rotate' && <RotateDialog name={new URL(url).host} rotate={rotate} onClose={close} />}
      {open === 'remove' && (
        <Confirm
          title={t('removeNamed', { name: new URL(url).host })}
          text={t('removeText')}
          action={t('remove')}
          of={remove}
          onClose={close}
        />
      )}
    </>
  );
}
