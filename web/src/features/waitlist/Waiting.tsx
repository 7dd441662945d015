import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { paths } from '../../paths.ts';
import { When } from '../../ui/When.tsx';
import { Entry } from './Entry.tsx';
import { entriesQuery } from './list-queries.ts';
import { isOpen } from './queries.ts';
import { t } from './words.ts';

/** The waitlists that this person is on, under "My tickets". */
export function Waiting() {
  const { data } = useQuery(entriesQuery);
  const entries = data?.filter(isOpen) ?? [];
  if (entries.length === 0) return null;
  return (
    <section aria-labelledby="waiting" className="mt-10">
      <h2 id="waiting" className="text-xl font-bold tracking-tight">
        {t('mine')}
      </h2>
      <ul className="mt-4 grid grid-cols-1 gap-4">
        {entries.map((entry) => (
          <li key={entry.id} className="rounded-3xl border border-line bg-raised p-4">
            <p className="text-sm font-semibold text-accent">
              <When at={entry.event.startsAt} timeZone={entry.event.timeZone} withZone />
            </p>
            <h3 className="mb-2 text-lg font-bold leading-snug tracking-tight wrap-anywhere">
              <Link to={paths.event} params={{ slug: entry.event.slug }} className="hover:underline">
                <bdi>{entry.event.title}</bdi>
              </Link>
            </h3>
            <Entry entry={entry} typeName={entry.ticketTypeName} timeZone={entry.event.timeZone} />
          </li>
        ))}
      </ul>
    </section>
  );
}
