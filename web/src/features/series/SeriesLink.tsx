import { Link } from '@tanstack/react-router';
import type { Event } from '../../../../contract/events.ts';
import { paths } from '../../paths.ts';
import { PassDates } from '../passes/PassDates.tsx';
import { t } from './words.ts';

/** Leads from an event to all dates of its series, to other events with its tags, and from a pass to its dates. */
export function SeriesLink({ event }: { event: Event }) {
  return (
    <>
      {event.isPass && <PassDates eventId={event.id} />}
      <AllDates event={event} />
      <Tags tags={event.tags} />
    </>
  );
}

function Tags({ tags }: { tags: string[] }) {
  if (tags.length === 0) return null;
  return (
    <nav aria-label={t('tags')} className="mt-6">
      <ul className="flex flex-wrap gap-2">
        {tags.map((tag) => (
          <li key={tag} className="max-w-full">
            <Link
              to={paths.explore}
              search={{ tag }}
              className="inline-flex min-h-11 max-w-full items-center rounded-full border border-line px-3.5 text-[0.9375rem] font-medium hover:border-line-strong"
            >
              <bdi className="truncate">#{tag}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function AllDates({ event: { series, organisation } }: { event: Event }) {
  if (!series) return null;
  return (
    <Link
      to={paths.series}
      params={{ organiser: organisation.slug, series: series.slug }}
      className="mt-8 inline-block py-1 font-medium text-accent underline-offset-4 hover:underline"
    >
      {t('allDates')}: <bdi>{series.name}</bdi>
    </Link>
  );
}
