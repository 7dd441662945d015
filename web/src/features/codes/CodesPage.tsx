import { keepPreviousData, useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { addressOf } from '../../../../client/endpoint.ts';
import { exportVouchers } from '../../../../client/endpoints.generated.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { voucherStates } from '../../../../contract/voucher-fields.ts';
import { useMay } from '../../api/use-may.ts';
import { paths } from '../../paths.ts';
import { Field, Select } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { MoreButton } from '../../ui/MoreButton.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { useTitle } from '../../ui/title.ts';
import { managedEventQuery } from '../organise/queries.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { CodeRow } from './CodeRow.tsx';
import { MakeCodes } from './MakeCodes.tsx';
import { type Filter, filterQuery, noFilter, vouchersQuery } from './queries.ts';
import { RevokeButton } from './RevokeButton.tsx';
import { t } from './words.ts';

const route = getRouteApi('/organise/events/$eventId/codes');

/** The codes that the team made for an event in bulk. */
export function CodesPage() {
  const { eventId } = route.useParams();
  const { data: event } = useSuspenseQuery(managedEventQuery(eventId));
  const may = useMay(event.organisation.id, event.id);
  useTitle(`${t('title')} · ${event.title}`);
  return (
    <Subpage
      back={{ to: paths.managedEvent, params: { eventId: event.id } }}
      backText={event.title}
      title={t('title')}
    >
      <p className="mt-2 text-muted">{t('text')}</p>
      {may('events.edit') && event.status !== 'cancelled' && <MakeCodes event={event} />}
      {may('events.edit') && <CodeList event={event} />}
    </Subpage>
  );
}

function CodeList({ event }: { event: ManagedEvent }) {
  const [filter, setFilter] = useState<Filter>(noFilter);
  const codes = useInfiniteQuery({ ...vouchersQuery(event.id, filter), placeholderData: keepPreviousData });
  const tags = codes.data?.pages[0]?.tags ?? [];
  const items = codes.data?.pages.flatMap((page) => page.items) ?? [];
  const inTag = tags.find(({ tag }) => tag === filter.tag);
  const isFiltered = filter !== noFilter && Object.keys(filterQuery(filter)).length > 0;
  return (
    <section aria-labelledby="codes-list" className="mt-10">
      <h2 id="codes-list" className="text-xl font-bold tracking-tight">
        {t('list')}
      </h2>
      <div className="mt-3 grid gap-4 sm:grid-cols-3">
        <Field
          label={t('search')}
          value={filter.q}
          maxLength={40}
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => setFilter({ ...filter, q: target.value })}
        />
        <Select
          label={t('tagFilter')}
          value={filter.tag === null ? '' : `=${filter.tag}`}
          onChange={({ target }) =>
            setFilter({ ...filter, tag: target.value ? target.value.slice(1) : null })
          }
        >
          <option value="">{t('allTags')}</option>
          {tags.map(({ tag, codes: count }) => (
            <option key={tag} value={`=${tag}`}>
              {t('tagCount', { tag: tag || t('noTag'), count: String(count) })}
            </option>
          ))}
        </Select>
        <Select
          label={t('state')}
          value={filter.state ?? ''}
          onChange={({ target }) =>
            setFilter({ ...filter, state: voucherStates.find((state) => state === target.value) ?? null })
          }
        >
          <option value="">{t('allStates')}</option>
          {voucherStates.map((state) => (
            <option key={state} value={state}>
              {t(state)}
            </option>
          ))}
        </Select>
      </div>
      {items.length > 0 && (
        <p className="-mx-2 mt-3 flex flex-wrap items-center">
          <Download event={event} filter={filter} format="csv" name="CSV" />
          <Download event={event} filter={filter} format="xlsx" name="Excel" />
        </p>
      )}
      {inTag && (
        <RevokeButton
          eventId={event.id}
          which={{ tag: inTag.tag }}
          count={inTag.codes}
          label={t('revokeTag')}
          className="mt-3"
        />
      )}
      {codes.error && (
        <Notice tone="bad" live className="mt-4">
          {sayProblem(codes.error)}
        </Notice>
      )}
      {codes.isPending && <Skeleton className="mt-4 h-24" />}
      {codes.data && items.length === 0 && (
        <p role="status" className="mt-4 text-muted">
          {t(isFiltered ? 'noneFound' : 'empty')}
        </p>
      )}
      <ul className="mt-3 divide-y divide-line border-line not-empty:border-y">
        {items.map((voucher) => (
          <CodeRow key={voucher.id} event={event} voucher={voucher} />
        ))}
      </ul>
      <MoreButton of={codes}>{t('more')}</MoreButton>
    </section>
  );
}

function Download({
  event,
  filter,
  format,
  name,
}: {
  event: ManagedEvent;
  filter: Filter;
  format: 'csv' | 'xlsx';
  name: string;
}) {
  const address = addressOf(exportVouchers, {
    params: { eventId: event.id, voucherFile: `codes.${format}` },
  });
  // Excel reads a CSV as UTF-8 only with a byte order mark.
  const query = new URLSearchParams({ ...filterQuery(filter), ...(format === 'csv' && { bom: 'yes' }) });
  return (
    <a
      href={query.size > 0 ? `${address}?${query}` : address}
      download
      className="inline-flex min-h-11 items-center gap-1.5 rounded-control px-2 font-semibold text-accent underline-offset-4 hover:underline"
    >
      <Icon name="download" size={16} />
      {t('download', { format: name })}
    </a>
  );
}
