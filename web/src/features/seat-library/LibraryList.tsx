import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { deleteLibraryPlan } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { OrganisationId } from '../../../../contract/ids.ts';
import { mostPlanVersions } from '../../../../contract/plan-fields.ts';
import type { LibraryEntry } from '../../../../contract/seat-plans.ts';
import { call } from '../../api/call.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { formatWhen } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { libraryQuery } from './queries.ts';
import { t } from './words.ts';

interface Props {
  organisationId: OrganisationId;
  mayEdit: boolean;
  /** Takes a plan as the drawing of an event; null where there is no event. */
  onUse: ((entry: LibraryEntry) => void) | null;
  isBusy?: boolean;
}

const when = (at: string): string => formatWhen(at, ownTimeZone(), 'short');

/** The plans of an organisation's library: each can be opened in the designer, and deleted after a question. */
export function LibraryList({ organisationId, mayEdit, onUse, isBusy = false }: Props) {
  const { data, error } = useQuery(libraryQuery(organisationId));
  if (error)
    return (
      <Notice tone="bad" live className="mt-3">
        {sayProblem(error)}
      </Notice>
    );
  if (data?.items.length === 0) return <p className="mt-3 text-muted">{t('empty')}</p>;
  return (
    <ul className="mt-3 divide-y divide-line">
      {data?.items.map((entry) => (
        <li key={entry.id} className="py-3">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <div className="min-w-0 wrap-anywhere">
              <p>
                <bdi className="font-semibold">{entry.name}</bdi>{' '}
                <span className="numeric text-sm text-muted">
                  {t('seatCount', { count: entry.seatCount })}
                </span>
              </p>
              <p className="numeric text-sm text-muted">{sayVersion(entry)}</p>
            </div>
            <span className="flex flex-wrap gap-1">
              {onUse && (
                <Button
                  look="quiet"
                  size="small"
                  busy={isBusy}
                  aria-label={t('useOf', { name: entry.name })}
                  onClick={() => onUse(entry)}
                >
                  {t('use')}
                </Button>
              )}
              <Link
                to={paths.seatPlans}
                search={{ org: organisationId, plan: entry.id }}
                aria-label={t('drawOf', { name: entry.name })}
                className={buttonClass('plain', 'small')}
              >
                {t('draw')}
              </Link>
            </span>
          </div>
          {mayEdit && <Removal key={entry.version} entry={entry} organisationId={organisationId} />}
        </li>
      ))}
    </ul>
  );
}

const sayVersion = ({ version, savedAt, savedBy }: LibraryEntry): string =>
  savedBy
    ? t('savedBy', { version, when: when(savedAt), name: savedBy })
    : t('savedAt', { version, when: when(savedAt) });

/** Deletes a plan: says first what goes with it. A version that somebody saved meanwhile is not deleted unseen. */
function Removal({ entry, organisationId }: { entry: LibraryEntry; organisationId: OrganisationId }) {
  const client = useQueryClient();
  const { queryKey } = libraryQuery(organisationId);
  const [asks, setAsks] = useState(false);
  const remove = useMutation({
    mutationFn: () =>
      call(deleteLibraryPlan, { params: { organisationId, planId: entry.id }, ifMatch: entry.version }),
    onSuccess: () => client.invalidateQueries({ queryKey, exact: true }),
  });
  const { name } = entry;
  if (!asks)
    return (
      <Button look="plain" size="small" aria-label={t('removeOf', { name })} onClick={() => setAsks(true)}>
        {t('remove')}
      </Button>
    );
  const isStale = isProblem(remove.error, 'version_mismatch');
  return (
    <Notice tone="warn" title={t('removeTitle', { name })} live className="mt-2">
      <p>
        {isStale
          ? t('changed')
          : t('removeText', {
              when: when(entry.savedAt),
              count: Math.min(entry.version, mostPlanVersions),
            })}
      </p>
      {remove.error && !isStale && <p className="mt-1 text-bad">{sayProblem(remove.error)}</p>}
      <div className="mt-2 flex flex-wrap gap-2">
        {!isStale && (
          <Button look="danger" size="small" busy={remove.isPending} onClick={() => remove.mutate()}>
            {t('removeNow')}
          </Button>
        )}
        <Button
          look="quiet"
          size="small"
          onClick={() => {
            setAsks(false);
            remove.reset();
            void client.invalidateQueries({ queryKey, exact: true });
          }}
        >
          {t('keep')}
        </Button>
      </div>
    </Notice>
  );
}
