import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { makePreviewLink, revokePreviewLink } from '../../../../client/endpoints.generated.ts';
import type { EventId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { nowMs } from '../../ui/clock.ts';
import { Field, Select } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { formatWhen } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { previewLinksQuery } from './queries.ts';
import { t } from './words.ts';

const choices = [1, 7, 14, 30, 60];

/** Links for colleagues without an account. Each is shown once, when it is made. */
export function PreviewLinks({ eventId }: { eventId: EventId }) {
  const client = useQueryClient();
  const query = previewLinksQuery(eventId);
  const links = useQuery(query);
  const [label, setLabel] = useState('');
  const [days, setDays] = useState(14);
  const [now] = useState(nowMs);
  const changed = () => client.invalidateQueries({ queryKey: query.queryKey });
  const make = useMutation({
    mutationFn: () => call(makePreviewLink, { params: { eventId }, body: { label: label.trim(), days } }),
    onSuccess: () => {
      setLabel('');
      return changed();
    },
  });
  const revoke = useMutation({
    mutationFn: (previewLinkId: `pvl_${string}`) =>
      call(revokePreviewLink, { params: { eventId, previewLinkId } }),
    onSuccess: changed,
  });
  const error = make.error ?? revoke.error ?? links.error;
  const valid = links.data?.items.filter(
    ({ revokedAt, expiresAt }) => revokedAt === null && Date.parse(expiresAt) > now,
  );
  return (
    <section className="grid gap-4 border-t border-line pt-6">
      <h3 className="text-lg font-bold">{t('previewLinks')}</h3>
      <p className="text-muted">{t('previewLinksText')}</p>
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <Field
          label={t('linkFor')}
          maxLength={80}
          value={label}
          onChange={({ target }) => setLabel(target.value)}
        />
        <Select label={t('linkDays')} value={days} onChange={({ target }) => setDays(Number(target.value))}>
          {choices.map((each) => (
            <option key={each} value={each}>
              {t('days', { days: each })}
            </option>
          ))}
        </Select>
      </div>
      <div>
        <Button look="quiet" busy={make.isPending} onClick={() => make.mutate()}>
          {t('makeLink')}
        </Button>
      </div>
      {make.data && <NewLink url={make.data.url} />}
      {error && (
        <Notice tone="bad" live>
          {sayProblem(error)}
        </Notice>
      )}
      {valid && valid.length > 0 && (
        <ul className="divide-y divide-line rounded-card border border-line">
          {valid.map(({ id, label, createdBy, expiresAt }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 p-3">
              <div className="min-w-0">
                <p className="font-semibold wrap-anywhere">
                  <bdi>{label || t('linkUnnamed')}</bdi>
                </p>
                <p className="text-sm text-muted">
                  {t('linkUntil', { name: createdBy, when: formatWhen(expiresAt, ownTimeZone()) })}
                </p>
              </div>
              <Button
                look="quiet"
                size="small"
                aria-label={t('revokeNamed', { name: label || t('linkUnnamed') })}
                busy={revoke.isPending && revoke.variables === id}
                onClick={() => revoke.mutate(id)}
              >
                {t('revoke')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function NewLink({ url }: { url: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <Notice tone="good" title={t('linkOnce')} live>
      <p dir="ltr" className="mt-1 select-all wrap-anywhere">
        {url}
      </p>
      <Button
        look="quiet"
        size="small"
        className="mt-2"
        onClick={() => void navigator.clipboard?.writeText(url).then(() => setCopied(true))}
      >
        {t(copied ? 'copied' : 'copyLink')}
      </Button>
    </Notice>
  );
}
