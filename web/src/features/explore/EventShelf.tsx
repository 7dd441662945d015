import { Link } from '@tanstack/react-router';
import { type ReactNode, useId } from 'react';
import type { EventSummary } from '../../../../contract/events.ts';
import { paths } from '../../paths.ts';
import { Cover } from '../../ui/Cover.tsx';
import { coverSizes } from '../../ui/cover-set.ts';
import { Guarded } from '../../ui/Guarded.tsx';
import { When } from '../../ui/When.tsx';
import { firstScreen } from './first-screen.ts';
import { Moved } from './Moved.tsx';
import { Price } from './Price.tsx';

interface Props {
  title: string;
  items: { event: EventSummary; note?: string }[];
  action?: ReactNode;
  /** True for the first pictures of a page: visible ones load before everything else. */
  first?: boolean;
}

/** A row of events that scrolls with a swipe or with Tab. */
export function EventShelf({ title, items, action, first = false }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={firstScreen.shelf}>
      <div className={firstScreen.shelfHead}>
        <h2 id={id} className={firstScreen.shelfTitle}>
          {title}
        </h2>
        {action}
      </div>
      {/* The padding keeps the outline of what has the focus from being cut off. */}
      <ul className={firstScreen.shelfList}>
        {items.map(({ event, note }, index) => (
          <li key={event.id} className={firstScreen.shelfItem}>
            <Guarded fallback={event.title}>
              <ShelfCard event={event} note={note} eager={first && index < 2} />
            </Guarded>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface CardProps {
  event: EventSummary;
  note: string | undefined;
  eager: boolean;
}

function ShelfCard({ event, note, eager }: CardProps) {
  return (
    <article className="group relative">
      <div className={firstScreen.shelfFrame}>
        <Cover
          src={event.coverUrl}
          sizes={coverSizes.shelf}
          title={event.title}
          eager={eager}
          className={firstScreen.cover}
        />
      </div>
      <h3 className={firstScreen.shelfName}>
        <Link
          to={paths.event}
          params={{ slug: event.slug }}
          className="line-clamp-2 after:absolute after:inset-0 after:rounded-card hover:underline hover:decoration-2 hover:underline-offset-4 focus-visible:outline-none focus-visible:after:outline-3 focus-visible:after:outline-accent"
        >
          <bdi>{event.title}</bdi>
        </Link>
      </h3>
      <p className="mt-1 text-sm text-muted">
        <When at={event.startsAt} timeZone={event.timeZone} format="day" />{' '}
        {event.venue.city && (
          <>
            · <bdi>{event.venue.city}</bdi>{' '}
          </>
        )}
        <Moved event={event} />
      </p>
      <p className="mt-0.5 text-sm font-medium">
        <Price event={event} />
      </p>
      {note && <p className="mt-0.5 text-sm text-muted">{note}</p>}
    </article>
  );
}
