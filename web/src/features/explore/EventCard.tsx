import { Link } from '@tanstack/react-router';
import type { EventSummary } from '../../../../contract/events.ts';
import { placeLine } from '../../../../contract/place.ts';
import { paths } from '../../paths.ts';
import { Cover } from '../../ui/Cover.tsx';
import { coverSizes } from '../../ui/cover-set.ts';
import { locale } from '../../ui/language.ts';
import { When } from '../../ui/When.tsx';
import { categories } from './categories.ts';
import { Moved } from './Moved.tsx';
import { Price } from './Price.tsx';
import { t } from './words.ts';

/** One event in a list. The picture and the title are one link to it. */
export function EventCard({ event, eager }: { event: EventSummary; eager: boolean }) {
  return (
    <article className="group relative">
      <div className="relative overflow-hidden rounded-card bg-sunken">
        <Cover
          src={event.coverUrl}
          sizes={coverSizes.list}
          title={event.title}
          eager={eager}
          className="aspect-[3/2] w-full transition-transform duration-500 ease-calm group-hover:scale-[1.03]"
        />
        <span className="absolute start-3 top-3 rounded-full bg-paper/95 px-3 py-1 text-xs font-semibold">
          {t(categories[event.category])}
        </span>
      </div>
      <p className="mt-4 text-sm font-semibold text-accent">
        <When at={event.startsAt} timeZone={event.timeZone} /> <Moved event={event} />
      </p>
      <h3 className="mt-1 text-xl font-bold leading-snug tracking-tight">
        <Link
          to={paths.event}
          params={{ slug: event.slug }}
          className="after:absolute after:inset-0 after:rounded-card hover:underline hover:decoration-2 hover:underline-offset-4 focus-visible:outline-none focus-visible:after:outline-3 focus-visible:after:outline-offset-4 focus-visible:after:outline-accent"
        >
          <bdi>{event.title}</bdi>
        </Link>
      </h3>
      <p className="mt-1 text-muted">
        <bdi>{placeLine(event.venue.name, event.venue.city) || t('online')}</bdi>
        {event.distanceKm !== undefined && <> · {formatKm(event.distanceKm)}</>}
      </p>
      <p className="mt-1 font-medium">
        <Price event={event} />
      </p>
    </article>
  );
}

/** Whole kilometres from ten on, because nobody needs it more exactly. */
export const formatKm = (km: number): string =>
  new Intl.NumberFormat(locale(), {
    style: 'unit',
    unit: 'kilometer',
    maximumFractionDigits: km < 10 ? 1 : 0,
  }).format(km);
