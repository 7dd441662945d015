import { useInfiniteQuery, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { addressOf } from '../../../../client/endpoint.ts';
import { exportEvent } from '../../../../client/endpoints.generated.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { useMay } from '../../api/use-may.ts';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { Select } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { MoreButton } from '../../ui/MoreButton.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { useTitle } from '../../ui/title.ts';
import { managedEventQuery } from '../organise/queries.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { AnswerList, placeName } from './AnswersPanel.tsx';
import { type AnswersFilter, answersQuery, countsQuery } from './queries.ts';
import { t } from './words.ts';

/** Who attends an event, with what they answered; how often each answer was given. */
export function AnswersPage({ eventId }: { eventId: string }) {
  const { data: event } = useSuspenseQuery(managedEventQuery(eventId));
  const may = useMay(event.organisation.id, event.id);
  useTitle(`${t('listTitle')} · ${event.title}`);
  return (
    <Subpage
      back={{ to: paths.managedEvent, params: { eventId: event.id } }}
      backText={event.title}
      title={t('listTitle')}
    >
      <div className="mt-6 flex flex-wrap gap-3">
        <Link
          to={paths.eventQuestions}
          params={{ eventId: event.id }}
          hash=""
          className={buttonClass('quiet')}
        >
          {t('toQuestions')}
        </Link>
        {may('exports.read') && (
          <a
            href={`${addressOf(exportEvent, { params: { eventId: event.id, file: 'attendees.csv' } })}?bom=yes`}
            download
            className={buttonClass('quiet')}
          >
            <Icon name="download" />
            {t('download')}
          </a>
        )}
      </div>
      {may('orders.read') ? <Attendees event={event} /> : <Notice className="mt-6">{t('mayNot')}</Notice>}
    </Subpage>
  );
}

function Attendees({ event }: { event: ManagedEvent }) {
  const [filter, setFilter] = useState<AnswersFilter>({});
  const counts = useQuery(countsQuery(event.id));
  const answers = useInfiniteQuery(answersQuery(event.id, filter));
  const items = answers.data?.pages.flatMap((page) => page.items) ?? [];
  const asked = counts.data?.items ?? [];
  const chosen = asked.find(({ question }) => question === filter.question);
  return (
    <>
      {asked.some((each) => each.counts.length > 0) && (
        <section aria-labelledby="counts" className="mt-6">
          <h2 id="counts" className="text-xl font-bold tracking-tight">
            {t('counts')}
          </h2>
          <ul className="mt-3 grid gap-4 sm:grid-cols-2">
            {asked
              .filter((each) => each.counts.length > 0)
              .map((each) => (
                <li key={each.question} className="rounded-card border border-line p-4">
                  <h3 dir="auto" className="font-semibold wrap-anywhere">
                    {each.label}
                  </h3>
                  <dl className="mt-2 grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 text-sm">
                    {each.counts.map(({ answer, text, count }) => (
                      <div key={`${answer} ${text}`} className="contents">
                        <dt dir="auto" className="wrap-anywhere">
                          {each.kind === 'consent' ? t(answer === 'yes' ? 'yes' : 'no') : text}
                        </dt>
                        <dd className="text-end font-semibold tabular-nums">{count}</dd>
                      </div>
                    ))}
                  </dl>
                </li>
              ))}
          </ul>
        </section>
      )}
      <div className="mt-6 grid gap-4 sm:grid-cols-2">
        <Select
          label={t('filterQuestion')}
          value={filter.question ?? ''}
          onChange={({ target: { value } }) =>
            setFilter(({ missing }) => ({ ...(missing && { missing }), ...(value && { question: value }) }))
          }
        >
          <option value="">{t('anyQuestion')}</option>
          {asked.map(({ question, label }) => (
            <option key={question} value={question}>
              {label}
            </option>
          ))}
        </Select>
        {chosen && chosen.counts.length > 0 && (
          <Select
            label={t('filterAnswer')}
            value={filter.answer ?? ''}
            onChange={({ target: { value } }) =>
              setFilter(({ answer: _, ...others }) => ({ ...others, ...(value && { answer: value }) }))
            }
          >
            <option value="">{t('anyAnswer')}</option>
            {[...Map.groupBy(chosen.counts, ({ answer }) => answer)].map(([answer, counts]) => (
              <option key={answer} value={answer}>
                {chosen.kind === 'consent'
                  ? t(answer === 'yes' ? 'yes' : 'no')
                  : counts.map(({ text }) => text).join(' / ')}
              </option>
            ))}
          </Select>
        )}
      </div>
      <label className="mt-3 flex min-h-11 items-center gap-3">
        <input
          type="checkbox"
          className="size-5 shrink-0 accent-accent"
          checked={filter.missing === 'yes'}
          onChange={({ target: { checked } }) =>
            setFilter(({ missing: _, ...others }) => ({ ...others, ...(checked && { missing: 'yes' }) }))
          }
        />
        {t('onlyMissing')}
      </label>
      {answers.error && (
        <Notice tone="bad" live className="mt-6">
          {sayProblem(answers.error)}
        </Notice>
      )}
      {answers.data && items.length === 0 && !answers.hasNextPage && (
        <p className="mt-6 text-muted">{t('listNone')}</p>
      )}
      <ul className="mt-6 divide-y divide-line">
        {items.map((attendee) => (
          <li key={attendee.ticketId} className="py-4">
            <h3 className="font-semibold wrap-anywhere">
              <bdi>{attendee.attendeeName ?? (attendee.buyerName || t('noName'))}</bdi>
            </h3>
            <p className="text-sm text-muted wrap-anywhere">
              <bdi>{placeName(attendee)}</bdi> ·{' '}
              <Link
                to={paths.soldOrder}
                params={{ orderId: attendee.orderId }}
                className="font-semibold text-accent underline underline-offset-2"
              >
                {t('order', { number: attendee.orderNumber })}
              </Link>
            </p>
            <AnswerList answers={attendee.answers} />
            {attendee.missing.length > 0 && (
              <p className="mt-1 text-sm font-medium text-bad">
                {t('missingCount', { count: attendee.missing.length })}
              </p>
            )}
          </li>
        ))}
      </ul>
      <MoreButton of={answers}>{t('more')}</MoreButton>
    </>
  );
}
