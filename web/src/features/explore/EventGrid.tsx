import { useDeferredValue, useEffect, useRef } from 'react';
import type { EventSummary } from '../../../../contract/events.ts';
import { Button } from '../../ui/Button.tsx';
import { Guarded } from '../../ui/Guarded.tsx';
import { EventCard } from './EventCard.tsx';
import { CardSkeleton } from './ExploreSkeleton.tsx';
import { isReopened } from './reopened.ts';
import { t } from './words.ts';

interface Props {
  events: EventSummary[];
  /** True for the first pictures of a page: visible ones load before everything else. */
  first?: boolean;
  /** True while another list is loading and this one is still shown. */
  faded?: boolean;
  /** Null at the end of the list. */
  more: { loading: boolean; load: () => void } | null;
}

/** Enough events for every screen. On a freshly opened page, the others render after them in slices. */
const atOnce = 6;
let opening = true;

/** A list that loads more as its end comes near. A button does the same for keyboard users. */
export function EventGrid({ events, first = true, faded = false, more }: Props) {
  // After Back the page needs its whole height at once, or the scroll position could not be restored.
  const shown = useDeferredValue(events, opening && !isReopened() ? events.slice(0, atOnce) : events);
  useEffect(() => {
    opening = false;
  }, []);
  const end = useNearEnd(shown.length, () => {
    if (more && !more.loading && !faded && shown.length === events.length) more.load();
  });
  return (
    <>
      <ul
        className={`mt-5 grid gap-x-6 gap-y-12 transition-opacity sm:grid-cols-2 lg:grid-cols-3 ${faded ? 'opacity-50' : ''}`}
      >
        {shown.map((event, index) => (
          <li key={event.id}>
            <Guarded fallback={event.title}>
              <EventCard event={event} eager={first && index < 3} />
            </Guarded>
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

/**
 * Calls when the end of the list comes within a screen's height of the visible part, and again if it is still there
 * after the list has grown.
 */
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
