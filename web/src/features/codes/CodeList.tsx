import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { voucherStates } from '../../../../contract/voucher-fields.ts';
import type { VoucherList } from '../../../../contract/vouchers.ts';
import { Field, Select } from '../../ui/Field.tsx';
import { MoreButton } from '../../ui/MoreButton.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { formatWhen } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { ChangeButton } from './ChangeButton.tsx';
import { CodeRow } from './CodeRow.tsx';
import { type Filter, filterQuery, noFilter, vouchersQuery } from './queries.ts';
import { RevokeButton } from './RevokeButton.tsx';
import { TakeCodes } from './TakeCodes.tsx';
import { t } from './words.ts';

/** All codes of an event, or those that are looked for, and what can be done with all of them. */
export function CodeList({ event }: { event: ManagedEvent }) {
  const [filter, setFilter] = useState<Filter>(noFilter);
  const codes = useInfiniteQuery({ ...vouchersQuery(event.id, filter), placeholderData: keepPreviousData });
  const tags = codes.data?.pages[0]?.tags ?? [];
  const items = codes.data?.pages.flatMap((page) => page.items) ?? [];
  const batches = codes.data?.pages[0]?.batches ?? [];
  // Nothing more is to be loaded, and what is shown belongs to this filter.
  const isWhole = !codes.hasNextPage && !codes.isPlaceholderData;
  const isFiltered = filter !== noFilter && Object.keys(filterQuery(filter)).length > 0;
  return (
    <section aria-labelledby="codes-list" className="mt-10">
      <h2 id="codes-list" className="text-xl font-bold tracking-tight">
        {t('list')}
      </h2>
      <div className="mt-3 grid gap-4 sm:grid-cols-2">
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
          label={t('madeAt')}
          value={filter.batch ?? ''}
          onChange={({ target }) =>
            setFilter({ ...filter, batch: batches.find(({ id }) => id === target.value)?.id ?? null })
          }
        >
          <option value="">{t('allBatches')}</option>
          {batches.map(({ id, codes: count, madeAt }) => (
            <option key={id} value={id}>
              {t('tagCount', { tag: formatWhen(madeAt, event.timeZone), count: String(count) })}
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
        <TakeCodes
          event={event}
          filter={filter}
          {...(isWhole && filter.state === null
            ? { count: items.length, isExact: true }
            : countOf(filter, tags, batches))}
        />
      )}
      <ForMany event={event} filter={filter} tags={tags} batches={batches} />
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

type Groups = Pick<VoucherList, 'tags' | 'batches'>;

/** How many codes in any state the filter finds; only at most how many, if it is more than one group. */
const countOf = (
  { q, tag, batch }: Filter,
  tags: Groups['tags'],
  batches: Groups['batches'],
): { count: number; isExact: boolean } => ({
  count:
    batches.find(({ id }) => id === batch)?.codes ??
    tags.reduce((sum, each) => (tag === null || each.tag === tag ? sum + each.codes : sum), 0),
  isExact: q.trim() === '' && (batch === null || tag === null),
});

/** Changes and revokes all codes of the chosen batch, or else of the chosen tag. */
function ForMany({ event, filter, tags, batches }: { event: ManagedEvent; filter: Filter } & Groups) {
  const batch = batches.find(({ id }) => id === filter.batch);
  const tag = tags.find((each) => each.tag === filter.tag);
  const group = batch ?? tag;
  if (!group) return null;
  const which = batch ? { batchId: batch.id } : { tag: filter.tag ?? '' };
  return (
    <p className="mt-3 flex flex-wrap gap-2">
      <ChangeButton
        event={event}
        which={which}
        count={group.codes}
        label={t(batch ? 'changeBatch' : 'changeTag')}
      />
      <RevokeButton
        eventId={event.id}
        which={which}
        count={group.codes}
        label={t(batch ? 'revokeBatch' : 'revokeTag')}
      />
    </p>
  );
}
