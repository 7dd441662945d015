import { Link } from '@tanstack/react-router';
import type { Event } from '../../../../contract/events.ts';
import { paths } from '../../paths.ts';
import { t } from './words.ts';

/** Leads from an event to all dates of its series. */
export function SeriesLink({ event: { series, organisation } }: { event: Event }) {
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
