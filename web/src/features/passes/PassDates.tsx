import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { EventId } from '../../../../contract/ids.ts';
import { paths } from '../../paths.ts';
import { When } from '../../ui/When.tsx';
import { passQuery } from './queries.ts';
import { t } from './words.ts';

/** On the page of a pass: the dates that it opens. */
export function PassDates({ eventId }: { eventId: EventId }) {
  const { data } = useQuery(passQuery(eventId));
  if (!data) return null;
  return (
    <section className="mt-10">
      <h2 className="text-xl font-bold tracking-tight">{t('opens', { count: data.dates.length })}</h2>
      <p className="mt-2 text-muted">{t('opensText')}</p>
      <ul className="mt-3 grid gap-3">
        {data.dates.map((date) => (
          <li key={date.eventId}>
            <Link
              to={paths.event}
              params={{ slug: date.slug }}
              className="block rounded-card border border-line bg-raised p-4 hover:border-line-strong"
            >
              <span className="block font-semibold">
                <When at={date.startsAt} timeZone={date.timeZone} withZone />
                {date.status === 'cancelled' && ` · ${t('cancelled')}`}
              </span>
              <span className="block text-muted wrap-anywhere">
                <bdi>{date.title}</bdi> ·{' '}
                <bdi>
                  {date.venueName}, {date.city}
                </bdi>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
