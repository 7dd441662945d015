import type { Event } from '../../../../contract/events.ts';
import { t } from './words.ts';

const colors = {
  draft: 'bg-warn-soft text-warn',
  published: 'bg-good-soft text-good',
  over: 'bg-sunken text-muted',
  cancelled: 'bg-bad-soft text-bad',
} as const satisfies Record<Event['status'], string>;

export function EventStatus({ status }: { status: Event['status'] }) {
  return (
    <span className={`shrink-0 rounded-full px-3 py-1 text-sm font-semibold ${colors[status]}`}>
      {t(status)}
    </span>
  );
}
