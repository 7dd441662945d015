import { useInfiniteQuery, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { Act } from '../../../../contract/acts.ts';
import type { AuditEntry } from '../../../../contract/audit-log.ts';
import type { OrganisationId, UserId } from '../../../../contract/ids.ts';
import { meQuery } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { Select } from '../../ui/Field.tsx';
import { MoreButton } from '../../ui/MoreButton.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { useTitle } from '../../ui/title.ts';
import { When } from '../../ui/When.tsx';
import { chosenOrganisation } from '../organise/chosen.ts';
import { membersQuery } from '../organise/queries.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { SignInFirst } from '../shell/SignInFirst.tsx';
import { changesOf } from './changes.ts';
import { auditLogQuery, type Filters } from './queries.ts';
import { t } from './words.ts';

const route = getRouteApi('/organise/log');

/** The acts of a team. Those of the platform's admins are in no organisation's log. */
const teamActs = [
  'event.created',
  'event.changed',
  'event.published',
  'event.unpublished',
  'order.refunded',
  'invitation.sent',
  'invitation.sent_again',
  'invitation.withdrawn',
  'invitation.declined',
  'member.joined',
  'member.role_changed',
  'member.removed',
  'member.left',
  'organisation.created',
  'organisation.record_keeping_changed',
  'organisation.seller_changed',
] as const satisfies Act[];
type TeamAct = (typeof teamActs)[number];

/** A newer server may have acts that this page does not know yet. */
const sayAct = (act: Act): string => (teamActs.includes(act as TeamAct) ? t(act as TeamAct) : act);

export function AuditLogPage() {
  const { data: me } = useSuspenseQuery(meQuery);
  const { org } = route.useSearch();
  const organisation = chosenOrganisation(me, org);
  useTitle(t('title'));
  if (!organisation) return <SignInFirst next={paths.organise} />;
  return (
    <Subpage
      back={{ to: paths.team, search: { org: organisation.id } }}
      backText={t('back')}
      title={t('title')}
    >
      <p className="mt-2 text-muted">{t('text')}</p>
      <Entries organisationId={organisation.id} key={organisation.id} />
    </Subpage>
  );
}

function Entries({ organisationId }: { organisationId: OrganisationId }) {
  const [filters, setFilters] = useState<Filters>({});
  const { data: members } = useQuery(membersQuery(organisationId));
  const log = useInfiniteQuery(auditLogQuery(organisationId, filters));
  const entries = log.data?.pages.flatMap(({ items }) => items) ?? [];
  const { act: _act, ...withoutAct } = filters;
  const { actor: _actor, ...withoutActor } = filters;
  return (
    <>
      <div className="mt-6 grid gap-4 sm:grid-cols-2">
        <Select
          label={t('act')}
          value={filters.act ?? ''}
          onChange={({ target: { value } }) =>
            setFilters(value ? { ...filters, act: value as Act } : withoutAct)
          }
        >
          <option value="">{t('all')}</option>
          {teamActs.map((act) => (
            <option key={act} value={act}>
              {t(act)}
            </option>
          ))}
        </Select>
        <Select
          label={t('person')}
          value={filters.actor ?? ''}
          onChange={({ target: { value } }) =>
            setFilters(value ? { ...filters, actor: value as UserId } : withoutActor)
          }
        >
          <option value="">{t('anybody')}</option>
          {members?.items.map(({ userId, name }) => (
            <option key={userId} value={userId}>
              {name}
            </option>
          ))}
        </Select>
      </div>
      {log.error && (
        <Notice tone="bad" live className="mt-4">
          {sayProblem(log.error)}
        </Notice>
      )}
      {log.data && entries.length === 0 && <p className="mt-8 text-muted">{t('empty')}</p>}
      {entries.length > 0 && (
        <ol className="mt-6 divide-y divide-line border-y border-line" aria-busy={log.isPlaceholderData}>
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      <MoreButton of={log}>{t('more')}</MoreButton>
    </>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { at, act, subject, actor, before, after, from, requestId } = entry;
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
          {changesOf(before, after).map((change) => (
            <li key={change.field} className="wrap-anywhere">
              <code dir="ltr">{change.field}</code>
              <dl className="grid gap-x-4 ps-4 sm:grid-cols-2">
                <Value name={t('before')} value={change.before} />
                <Value name={t('after')} value={change.after} />
              </dl>
            </li>
          ))}
        </ul>
        <p className="mt-3 text-sm text-muted wrap-anywhere">
          {from && t('from', { network: from.network })}
          {from && requestId && ' · '}
          {requestId && t('request', { id: requestId })}
        </p>
      </details>
    </li>
  );
}

function Value({ name, value }: { name: string; value: string | null }) {
  return (
    <div>
      <dt className="inline text-muted">{name}: </dt>
      <dd className="inline">{value === null ? <i>{t('none')}</i> : <bdi>{value}</bdi>}</dd>
    </div>
  );
}

function sayActor({ kind, name, role }: AuditEntry['actor']): string {
  if (kind === 'secret') return t('bySecret');
  if (kind !== 'user') return t('bySystem');
  if (name === null) return t('byDeleted');
  const by = t('by', { name });
  return role && role !== 'admin' ? `${by} (${t(role)})` : by;
}
