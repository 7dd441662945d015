import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { paths } from '../../paths.ts';
import { When } from '../../ui/When.tsx';
import { receivedQuery } from './queries.ts';
import { t } from './words.ts';

/** The tickets that others passed on to this person, under "My tickets". */
export function Received() {
  const { data } = useQuery(receivedQuery);
  const tickets = data?.items.filter(({ status }) => status !== 'cancelled') ?? [];
  if (tickets.length === 0) return null;
  return (
    <section aria-labelledby="received" className="mt-10">
      <h2 id="received" className="text-xl font-bold tracking-tight">
        {t('received')}
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
