import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { revokeApiKey, rotateApiKey } from '../../../../client/endpoints.generated.ts';
import type { ApiKey } from '../../../../contract/api-keys.ts';
import type { OrganisationId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { meQuery } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { formatWhen } from '../../ui/When.tsx';
import { OrganisationPage } from '../organise/OrganisationPage.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { Confirm } from './Confirm.tsx';
import { MakeKey } from './MakeKey.tsx';
import { apiKeysQuery } from './queries.ts';
import { RotateDialog } from './RotateDialog.tsx';
import { sayScopes } from './scope-choice.ts';
import { t } from './words.ts';

/** The API keys of an organisation. */
export function ApiKeysPage() {
  return (
    <OrganisationPage
      title={t('keysTitle')}
      back={paths.team}
      backText={t('back')}
      needs={{ capability: 'integrations.manage', refusal: t('mayNot') }}
    >
      {({ id }) => <Keys organisationId={id} />}
    </OrganisationPage>
  );
}

function Keys({ organisationId }: { organisationId: OrganisationId }) {
  const keys = useQuery(apiKeysQuery(organisationId));
  const [isMaking, setIsMaking] = useState(false);
  return (
    <>
      <p className="mt-2 text-muted">{t('keysText')}</p>
      <Button className="mt-6" onClick={() => setIsMaking(true)}>
        {t('makeKey')}
      </Button>
      {keys.error && (
        <Notice tone="bad" live className="mt-6">
          {sayProblem(keys.error)}
        </Notice>
      )}
      {keys.isPending && <Skeleton className="mt-6 h-40" />}
      {keys.data?.items.length === 0 && <p className="mt-6 text-muted">{t('noKeys')}</p>}
      <ul className="mt-6 grid gap-4">
        {keys.data?.items.map((key) => (
          <Key key={key.id} of={key} organisationId={organisationId} />
        ))}
      </ul>
      {isMaking && <MakeKey organisationId={organisationId} onClose={() => setIsMaking(false)} />}
    </>
  );
}

const when = (at: string) => formatWhen(at, ownTimeZone());

function Key({ of: key, organisationId }: { of: ApiKey; organisationId: OrganisationId }) {
  const { data: me } = useSuspenseQuery(meQuery);
  const client = useQueryClient();
  const [open, setOpen] = useState<'rotate' | 'revoke' | null>(null);
  const reload = () => client.invalidateQueries({ queryKey: apiKeysQuery(organisationId).queryKey });
  const params = { organisationId, apiKeyId: key.id };
  const rotate = useMutation({
    mutationFn: (overlapHours: number) => call(rotateApiKey, { params, body: { overlapHours } }),
    onSuccess: reload,
  });
  const revoke = useMutation({
    mutationFn: () => call(revokeApiKey, { params }),
    onSuccess: () => {
      setOpen(null);
      return reload();
    },
  });
  const close = () => {
    setOpen(null);
    rotate.reset();
  };
  return (
    <li className="rounded-card border border-line p-5">
      <h2 className="text-lg font-bold wrap-anywhere">
        <bdi>{key.name}</bdi>
      </h2>
      <p className="font-mono text-sm text-muted">
        <bdi dir="ltr">{key.hint}…</bdi>
      </p>
      <p className="mt-2">{sayScopes(key.scopes).join(' · ')}</p>
      <p>{key.eventIds ? t('someEvents', { count: key.eventIds.length }) : t('allEvents')}</p>
      <p className="mt-2 text-sm text-muted">
        {t('madeBy', { name: key.madeBy.name, when: when(key.createdAt) })}
        {' · '}
        {key.lastUsedAt ? t('lastUsed', { when: when(key.lastUsedAt) }) : t('neverUsed')}
        {key.state === 'valid' && key.expiresAt && ` · ${t('endsAt', { when: when(key.expiresAt) })}`}
      </p>
      {key.oldSecretUntil && key.state === 'valid' && (
        <p className="mt-1 text-sm">{t('oldUntil', { when: when(key.oldSecretUntil) })}</p>
      )}
      {key.state === 'valid' ? (
        <div className="mt-4 flex flex-wrap gap-3">
          <Button
            look="quiet"
            size="small"
            aria-label={t('rotateNamed', { name: key.name })}
            disabledBecause={me?.id !== key.madeBy.id && t('rotateOther', { name: key.madeBy.name })}
            onClick={() => setOpen('rotate')}
          >
            {t('rotate')}
          </Button>
          <Button
            look="quiet"
            size="small"
            aria-label={t('revokeNamed', { name: key.name })}
            onClick={() => setOpen('revoke')}
          >
            {t('revoke')}
          </Button>
        </div>
      ) : (
        <p className="mt-3 font-medium">{t(key.state)}</p>
      )}
      {open === 'rotate' && <RotateDialog name={key.name} rotate={rotate} onClose={close} />}
      {open === 'revoke' && (
        <Confirm
          title={t('revokeNamed', { name: key.name })}
          text={t('revokeText')}
          action={t('revoke')}
          of={revoke}
          onClose={close}
        />
      )}
    </li>
  );
}
