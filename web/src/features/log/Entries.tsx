import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { Act } from '../../../../contract/acts.ts';
import type { AuditEntry } from '../../../../contract/audit-log.ts';
import { Select } from '../../ui/Field.tsx';
import { formatMoney } from '../../ui/Money.tsx';
import { MoreButton } from '../../ui/MoreButton.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { When } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { changesOf, type Value } from './changes.ts';
import { sayAct, sayActor } from './say-entry.ts';
import { t } from './words.ts';

type Log = UseInfiniteQueryResult<{ pages: { items: AuditEntry[] }[] }>;

/** The entries of a log, the latest first. `showsOrganisation`: the log is that of the platform. */
export function Entries({ log, showsOrganisation = false }: { log: Log; showsOrganisation?: boolean }) {
  const entries = log.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      {log.error && (
        <Notice tone="bad" live className="mt-4">
          {sayProblem(log.error)}
        </Notice>
      )}
      {log.data && entries.length === 0 && <p className="mt-8 text-muted">{t('empty')}</p>}
      {entries.length > 0 && (
        <ol className="mt-6 divide-y divide-line border-y border-line" aria-busy={log.isPlaceholderData}>
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} showsOrganisation={showsOrganisation} />
          ))}
        </ol>
      )}
      <MoreButton of={log}>{t('more')}</MoreButton>
    </>
  );
}

/** Chooses one kind of act. */
export function ActFilter<A extends Act>({
  acts,
  value,
  onChange,
}: {
  acts: readonly A[];
  value: A | undefined;
  onChange: (act: A | undefined) => void;
}) {
  return (
    <Select
      label={t('act')}
      value={value ?? ''}
      onChange={({ target }) => onChange((target.value || undefined) as A | undefined)}
    >
      <option value="">{t('all')}</option>
      {acts.map((act) => (
        <option key={act} value={act}>
          {t(act as Act)}
        </option>
      ))}
    </Select>
  );
}

function Entry({ entry, showsOrganisation }: { entry: AuditEntry; showsOrganisation: boolean }) {
  const { at, act, subject, actor, before, after, from, requestId, organisationId } = entry;
  return (
    <li className="py-4">
      <p className="font-semibold wrap-anywhere">
        {sayAct(act)}
        {subject.name && (
          <>
            {': '}
            <bdi>{subject.name}</bdi>
          </>
        )}
      </p>
      <p className="text-sm text-muted wrap-anywhere">
        <When at={at} timeZone={ownTimeZone()} /> · {sayActor(actor)}
      </p>
      <details className="mt-1">
        <summary className="inline-flex min-h-11 cursor-pointer items-center text-sm font-medium underline">
          {t('details')}
        </summary>
        <ul className="grid gap-2 text-sm">
          {changesOf(before, after).map(({ path, before, after }) => (
            <li key={JSON.stringify(path)} className="wrap-anywhere">
              <p className="font-medium">
                {path.map((name, i) => (
                  // A path never changes, so its names keep their places.
                  // biome-ignore lint/suspicious/noArrayIndexKey: see above
                  <span key={i}>
                    {i > 0 && ' · '}
                    {typeof name === 'string' ? t(`field.${name}`) : <bdi>{name.key}</bdi>}
                  </span>
                ))}
              </p>
              <dl className="grid gap-x-4 ps-4 sm:grid-cols-2">
                <Shown name={t('before')} value={before} />
                <Shown name={t('after')} value={after} />
              </dl>
            </li>
          ))}
        </ul>
        <p className="mt-3 text-sm text-muted wrap-anywhere">
          {[
            subject.id,
            showsOrganisation && organisationId && t('organisation', { id: organisationId }),
            from && t('from', { network: from.network }),
            requestId && t('request', { id: requestId }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </details>
    </li>
  );
}

function Shown({ name, value }: { name: string; value: Value | null }) {
  return (
    <div>
      <dt className="inline text-muted">{name}: </dt>
      <dd className="inline">{value === null ? <i>{t('none')}</i> : <bdi>{sayValue(value)}</bdi>}</dd>
    </div>
  );
}

function sayValue(value: Value): string {
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  return typeof value === 'string' ? value : formatMoney(value);
}
