import type { WebhookEndpoint } from '../../../../contract/webhooks.ts';
import { Notice } from '../../ui/Notice.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { formatWhen } from '../../ui/When.tsx';
import { t } from './words.ts';

const when = (at: string) => formatWhen(at, ownTimeZone());

/** Whether an endpoint gets webhooks, and what it is told. */
export const EndpointState = ({ endpoint }: { endpoint: WebhookEndpoint }) => (
  <>
    <p className="mt-1 text-sm text-muted">{endpoint.types.map((type) => t(`type.${type}`)).join(' · ')}</p>
    {endpoint.disabled ? (
      <Notice tone="warn" className="mt-3">
        {t(`off.${endpoint.disabled.reason}`)}
      </Notice>
    ) : (
      <p className="mt-2 font-medium">
        {endpoint.failingSince ? t('failingSince', { when: when(endpoint.failingSince) }) : t('isOn')}
      </p>
    )}
    {endpoint.oldSecretUntil && (
      <p className="mt-1 text-sm">{t('oldUntil', { when: when(endpoint.oldSecretUntil) })}</p>
    )}
  </>
);
