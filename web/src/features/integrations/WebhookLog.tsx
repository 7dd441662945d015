import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { replayFailedWebhooks, replayWebhook } from '../../../../client/endpoints.generated.ts';
import type { OrganisationId, WebhookEndpointId } from '../../../../contract/ids.ts';
import { type WebhookDelivery, webhookLogDays } from '../../../../contract/webhooks.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { nowMs } from '../../ui/clock.ts';
import { Select } from '../../ui/Field.tsx';
import { MoreButton } from '../../ui/MoreButton.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { formatWhen } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { deliveriesQuery, deliveryQuery } from './queries.ts';
import { t } from './words.ts';

interface OfEndpoint {
  organisationId: OrganisationId;
  endpointId: WebhookEndpointId;
}

const statuses = ['pending', 'delivered', 'failed'] as const;
const when = (at: string) => formatWhen(at, ownTimeZone());

/** What was sent to an endpoint, and what became of it. */
export function WebhookLog({ of: params, isOff }: { of: OfEndpoint; isOff: boolean }) {
  const client = useQueryClient();
  const [status, setStatus] = useState<WebhookDelivery['status']>();
  const log = useInfiniteQuery(deliveriesQuery(params, status));
  const reload = () => client.invalidateQueries({ queryKey: ['webhook-log', params.endpointId] });
  const replayAll = useMutation({
    mutationFn: () => {
      const since = new Date(nowMs() - webhookLogDays * 24 * 3_600_000).toISOString();
      return call(replayFailedWebhooks, { params, body: { since } });
    },
    onSuccess: reload,
  });
  const items = log.data?.pages.flatMap((page) => page.items);
  const trouble = log.error ?? replayAll.error;
  return (
    <section aria-labelledby="log" className="mt-10">
      <h2 id="log" className="text-xl font-bold tracking-tight">
        {t('log')}
      </h2>
      <p className="text-muted">{t('logText')}</p>
      <div className="mt-4 flex flex-wrap items-end gap-3">
        <Select
          label={t('show')}
          className="grow basis-40"
          value={status ?? ''}
          onChange={({ target }) => setStatus((target.value || undefined) as typeof status)}
        >
          <option value="">{t('status.all')}</option>
          {statuses.map((each) => (
            <option key={each} value={each}>
              {t(`status.${each}`)}
            </option>
          ))}
        </Select>
        <Button look="quiet" busy={log.isFetching} onClick={() => void reload()}>
          {t('refresh')}
        </Button>
        <Button
          look="quiet"
          busy={replayAll.isPending}
          disabledBecause={isOff && t('off.person')}
          onClick={() => replayAll.mutate()}
        >
          {t('replayFailed')}
        </Button>
      </div>
      {trouble && (
        <Notice tone="bad" live className="mt-4">
          {sayProblem(trouble)}
        </Notice>
      )}
      {replayAll.data && (
        <Notice tone="good" live className="mt-4">
          {t('replayed', { count: replayAll.data.count })}
        </Notice>
      )}
      {log.isPending && <Skeleton className="mt-6 h-40" />}
      {items?.length === 0 && <p className="mt-6 text-muted">{t('noDeliveries')}</p>}
      <ul className="mt-4 divide-y divide-line border-line not-empty:border-y">
        {items?.map((delivery) => (
          <Delivery key={delivery.id} of={delivery} params={params} isOff={isOff} onReplay={reload} />
        ))}
      </ul>
      <MoreButton of={log}>{t('more')}</MoreButton>
    </section>
  );
}

function Delivery({
  of: delivery,
  params,
  isOff,
  onReplay,
}: {
  of: WebhookDelivery;
  params: OfEndpoint;
  isOff: boolean;
  onReplay: () => Promise<void>;
}) {
  const [isOpen, setIsOpen] = useState(false);
  const replay = useMutation({
    mutationFn: () => call(replayWebhook, { params: { ...params, deliveryId: delivery.id } }),
    onSuccess: onReplay,
  });
  const { status, lastStatus, lastError, nextAt, attempts } = delivery;
  return (
    <li className="py-4">
      <p className="flex flex-wrap justify-between gap-x-4">
        <strong>{t(`type.${delivery.type}`)}</strong>
        <span className="text-sm text-muted">{when(delivery.createdAt)}</span>
      </p>
      <p className="text-sm">
        {t(`status.${status}`)} · {t('tries', { count: attempts })}
        {lastStatus !== null && (
          <>
            {' · '}
            <bdi dir="ltr">HTTP {lastStatus}</bdi>
          </>
        )}
        {nextAt && ` · ${t('nextAt', { when: when(nextAt) })}`}
      </p>
      {lastError && (
        <p className="text-sm text-bad wrap-anywhere">
          {t('noAnswer')}: <bdi dir="ltr">{lastError}</bdi>
        </p>
      )}
      <details onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
        <summary className="inline-flex min-h-11 cursor-pointer items-center text-sm font-medium underline">
          {t('details')}
        </summary>
        {isOpen && <Details params={params} delivery={delivery} />}
      </details>
      {status !== 'pending' && (
        <Button
          look="quiet"
          size="small"
          busy={replay.isPending}
          disabledBecause={isOff && t('off.person')}
          onClick={() => replay.mutate()}
        >
          {t('replay')}
        </Button>
      )}
      {replay.error && (
        <Notice tone="bad" live className="mt-2">
          {sayProblem(replay.error)}
        </Notice>
      )}
    </li>
  );
}

const code = 'mt-1 overflow-x-auto rounded-field bg-sunken p-3 text-xs whitespace-pre-wrap wrap-anywhere';

function Details({ params, delivery }: { params: OfEndpoint; delivery: WebhookDelivery }) {
  const full = useQuery(deliveryQuery({ ...params, deliveryId: delivery.id }));
  if (full.error) return <Notice tone="bad">{sayProblem(full.error)}</Notice>;
  if (!full.data) return <Skeleton className="h-40" />;
  return (
    <div className="grid gap-3 pb-3 text-sm">
      <div>
        <h3 className="font-semibold">{t('sent')}</h3>
        <pre dir="ltr" className={code}>
          webhook-id: {full.data.messageId}
          {'\n\n'}
          {full.data.body}
        </pre>
      </div>
      {full.data.log.map((attempt) => (
        <div key={attempt.at}>
          <h3 className="font-semibold">
            {t('answered')} · {when(attempt.at)}
          </h3>
          <pre dir="ltr" className={code}>
            {attempt.status === null ? attempt.error : `HTTP ${attempt.status}`} · {attempt.durationMs} ms
            {'\n'}
            {attempt.excerpt}
          </pre>
        </div>
      ))}
    </div>
  );
}
