import type { EventSummary } from '../../../../contract/events.ts';
import { t } from './words.ts';

/** Marks an event that was moved, for readers who remember the old date or place. */
export function Moved({ event: { movedFrom, startsAt, status } }: { event: EventSummary }) {
  if (movedFrom === null || status === 'cancelled') return null;
  const isLater = Date.parse(movedFrom.startsAt) !== Date.parse(startsAt);
  return (
    <span className="inline-block rounded-full bg-warn-soft px-2 py-0.5 text-xs font-semibold text-warn">
      {t(isLater ? 'newDate' : 'newPlace')}
    </span>
  );
}
