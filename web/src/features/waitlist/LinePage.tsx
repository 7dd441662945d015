import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { paths } from '../../paths.ts';
import { Select } from '../../ui/Field.tsx';
import { MoreButton } from '../../ui/MoreButton.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { useTitle } from '../../ui/title.ts';
import { formatWhen } from '../../ui/When.tsx';
import { managedEventQuery } from '../organise/queries.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { lineQuery } from './list-queries.ts';
import { t } from './words.ts';

const route = getRouteApi('/organise/events/$eventId/waitlist');

/** The waitlist of an event, for its team. */
export function LinePage() {
  const { eventId } = route.useParams();
  const { data: event } = useSuspenseQuery(managedEventQuery(eventId));
  const [status, setStatus] = useState<'open' | 'all'>('open');
  const list = useInfiniteQuery(lineQuery(event.id, status));
  const entries = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const nameOf = (id: string) => event.ticketTypes.find((type) => type.id === id)?.name ?? '';
  const at = (instant: string) => formatWhen(instant, event.timeZone);
  useTitle(`${t('lineTitle')} · ${event.title}`);
  return (
    <Subpage
      back={{ to: paths.managedEvent, params: { eventId: event.id } }}
      backText={event.title}
      title={t('lineTitle')}
    >
      <p className="mt-2 text-muted">{t('lineText')}</p>
      <div className="mt-6 max-w-sm">
        <Select
          label={t('show')}
          value={status}
          onChange={({ target: { value } }) => setStatus(value === 'all' ? 'all' : 'open')}
        >
          <option value="open">{t('open')}</option>
          <option value="all">{t('all')}</option>
        </Select>
      </div>
      {list.error && (
        <Notice tone="bad" live className="mt-4">
          {sayProblem(list.error)}
        </Notice>
      )}
      {list.data && entries.length === 0 && <p className="mt-8 text-muted">{t('empty')}</p>}
      {entries.length > 0 && (
        <ol className="mt-6 divide-y divide-line border-y border-line" aria-busy={list.isPlaceholderData}>
          {entries.map((entry) => (
            <li key={entry.id} className="py-4">
              <p className="font-semibold wrap-anywhere">
                {entry.position !== null && `${t('atPosition', { position: entry.position })} · `}
                <bdi>{`${entry.quantity} × ${nameOf(entry.ticketTypeId)}`}</bdi>
              </p>
              <p className="text-sm wrap-anywhere">
                <bdi>{entry.name || t('guest')}</bdi> · <bdi>{entry.email || t('noAddress')}</bdi>
              </p>
              <p className="mt-1 text-sm text-muted">
                {t(`s_${entry.status}`)} ·{' '}
                {entry.offerExpiresAt
                  ? t('offeredUntil', { when: at(entry.offerExpiresAt) })
                  : t('joinedAt', { when: at(entry.joinedAt) })}
              </p>
            </li>
          ))}
        </ol>
      )}
      <MoreButton of={list}>{t('showMore')}</MoreButton>
    </Subpage>
  );
}
