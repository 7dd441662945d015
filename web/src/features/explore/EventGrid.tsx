import { useEffect, useRef } from 'react';
import type { EventSummary } from '../../../../contract/events.ts';
import { Button } from '../../ui/Button.tsx';
import { EventCard } from './EventCard.tsx';
import { CardSkeleton } from './ExploreSkeleton.tsx';
import { t } from './words.ts';

interface Props {
  events: EventSummary[];
  /** Another list is on its way; this one is shown until it comes. */
  faded?: boolean;
  /** Null at the end of the list. */
  more: { loading: boolean; load: () => void } | null;
}

/** A list that goes on as its end comes near; a button does the same for who moves by keyboard. */
export function EventGrid({ events, faded = false, more }: Props) {
  const end = useNearEnd(events.length, () => {
    if (more && !more.loading && !faded) more.load();
  });
  return (
    <>
      <ul
        className={`mt-5 grid gap-x-6 gap-y-12 transition-opacity sm:grid-cols-2 lg:grid-cols-3 ${faded ? 'opacity-50' : ''}`}
      >
        {events.map((event, index) => (
          <li key={event.id}>
            <EventCard event={event} eager={index < 3} />
          </li>
        ))}
        {more?.loading && ['a', 'b', 'c'].map((key) => <CardSkeleton key={key} as="li" />)}
      </ul>
      <div ref={end} className="mt-12 flex min-h-14 justify-center">
        {more && (
          <Button look="quiet" disabledBecause={more.loading && t('loadingMore')} onClick={more.load}>
            {t('more')}
          </Button>
        )}
      </div>
    </>
  );
}

/** Calls when the end of the list comes within a screen's height of being seen; again where it still is once the list has grown. */
function useNearEnd(length: number, onNear: () => void) {
  const ref = useRef<HTMLDivElement>(null);
  const call = useRef(onNear);
  call.current = onNear;
  // biome-ignore lint/correctness/useExhaustiveDependencies: an observer only tells of changes, so a longer list has a new one
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) call.current();
      },
      { rootMargin: '600px' },
    );
    if (ref.current) observer.observe(ref.current);
    return () => observer.disconnect();
  }, [length]);
  return ref;
}
