import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Ticket } from '../../../../contract/tickets.ts';
import { paths } from '../../paths.ts';
import { When } from '../../ui/When.tsx';
import { receivedQuery } from './queries.ts';
import { t } from './words.ts';

/** The received tickets that "My tickets" shows. */
export const shownOf = (received: { items: Ticket[] } | undefined): Ticket[] =>
  received?.items.filter(({ status }) => status !== 'cancelled') ?? [];

/** The tickets that others passed on to this person, under "My tickets": of events ahead, or of events that are over. */
export function Received({ when, now }: { when: 'ahead' | 'past'; now: number }) {
  const { data } = useQuery(receivedQuery);
  const tickets = shownOf(data).filter(({ event }) => Date.parse(event.endsAt) > now === (when === 'ahead'));
  if (tickets.length === 0) return null;
  return (
    <section aria-labelledby={`received-${when}`} className="mt-10">
      <h2 id={`received-${when}`} className="text-xl font-bold tracking-tight">
        {t(when === 'ahead' ? 'received' : 'receivedPast')}
      </h2>
      <ul className="mt-4 grid grid-cols-1 gap-4">
        {tickets.map(({ id, event, ticketTypeName, attendeeName }) => (
          <li
            key={id}
            className="relative rounded-3xl border border-line bg-raised p-4 transition-shadow hover:shadow-lift"
          >
            <p className="text-sm font-semibold text-accent">
              <When at={event.startsAt} timeZone={event.timeZone} withZone />
            </p>
            <h3 className="text-lg font-bold leading-snug tracking-tight wrap-anywhere">
              <Link
                to={paths.ticket}
                params={{ ticketId: id }}
                className="after:absolute after:inset-0 after:rounded-3xl"
              >
                <bdi>{event.title}</bdi>
              </Link>
            </h3>
            <p className="text-muted wrap-anywhere">
              <bdi>{[ticketTypeName, attendeeName].filter(Boolean).join(' · ')}</bdi>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
