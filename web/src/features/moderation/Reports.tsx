import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { dismissReports } from '../../../../client/endpoints.generated.ts';
import type { ReportCase } from '../../../../contract/moderation.ts';
import { call } from '../../api/call.ts';
import { paths } from '../../paths.ts';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { When } from '../../ui/When.tsx';
import { removals } from './decisions.ts';
import { Filters, Mark, Rows, useStateOf } from './List.tsx';
import { reportsQuery } from './queries.ts';
import { Reasons } from './Reasons.tsx';
import { t } from './words.ts';

/** Reported events, each with all its reports. */
export function Reports() {
  const state = useStateOf(['open', 'decided']);
  const found = useInfiniteQuery(reportsQuery(state));
  return (
    <>
      <Filters states={{ open: t('open'), decided: t('decided') }} />
      <Rows of={found}>{(about) => <Case key={about.id} about={about} />}</Rows>
    </>
  );
}

function Case({ about: { id, event, organisation, count, reports, decision } }: { about: ReportCase }) {
  return (
    <li className="py-5">
      <h2 className="text-lg font-bold wrap-anywhere">
        <bdi>{event.title}</bdi>
      </h2>
      <p className="mt-1 flex flex-wrap items-center gap-2 text-sm text-muted">
        <span>{t('reported', { count })}</span>
        <Link
          to={paths.platformDesk}
          params={{ section: 'organisations' }}
          search={{ q: organisation.id }}
          className="inline-flex min-h-11 items-center underline"
        >
          <bdi>{organisation.name}</bdi>
        </Link>
        {event.slug !== null && event.status === 'published' && (
          <Link
            to={paths.event}
            params={{ slug: event.slug }}
            className="inline-flex min-h-11 items-center underline"
          >
            {t('seeEvent')}
          </Link>
        )}
        {event.isRemoved && <Mark>{t('removed')}</Mark>}
        {organisation.isSuspended && <Mark>{t('suspended')}</Mark>}
      </p>
      <ul className="mt-2 grid gap-3">
        {reports.map((report) => (
          <li key={report.id} className="rounded-field bg-sunken p-3">
            <p className="text-sm text-muted wrap-anywhere">
              <strong>{t(report.category)}</strong> · <When at={report.reportedAt} timeZone={ownTimeZone()} />{' '}
              · <bdi>{[report.name, report.email].filter(Boolean).join(' · ') || t('anonymous')}</bdi>
            </p>
            <p className="mt-1 whitespace-pre-wrap wrap-anywhere">
              <bdi>{report.text}</bdi>
            </p>
            {report.place && (
              <p className="mt-1 text-sm text-muted wrap-anywhere">
                <bdi>{report.place}</bdi>
              </p>
            )}
          </li>
        ))}
      </ul>
      {decision ? (
        <p className="mt-3 text-sm wrap-anywhere">
          <strong>{t(decision.kind)}</strong> · <When at={decision.decidedAt} timeZone={ownTimeZone()} /> ·{' '}
          <bdi>{decision.statement}</bdi>
        </p>
      ) : (
        <Reasons
          title={t('statement')}
          choices={[
            {
              label: t('dismiss'),
              act: (body) => call(dismissReports, { params: { reportCaseId: id }, body }),
            },
            ...removals(event.id),
          ]}
        />
      )}
    </li>
  );
}
