import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { paths } from '../../paths.ts';
import { nowMs } from '../../ui/clock.ts';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { formatWhen } from '../../ui/When.tsx';
import { type Kept, readKept } from './kept.ts';
import { isOwnValid } from './say-order.ts';
import { load, t } from './words.ts';

/** The tickets that this device can show without the server, for pages that can't. Nothing if there are none. */
export default function SavedTickets() {
  const [kept, setKept] = useState<Kept | null>(null);
  useEffect(() => {
    let gone = false;
    Promise.all([readKept(), load()]).then(
      ([found]) => gone || setKept(found),
      () => {},
    );
    return () => {
      gone = true;
    };
  }, []);
  const now = nowMs();
  const saved = (kept?.orders ?? []).filter(
    ({ event, tickets }) => Date.parse(event.endsAt) > now && tickets.some(isOwnValid),
  );
  const received = (kept?.received ?? []).filter(
    (ticket) => Date.parse(ticket.event.endsAt) > now && isOwnValid(ticket),
  );
  if (!kept || saved.length + received.length === 0) return null;
  return (
    <section aria-labelledby="saved" className="mx-auto max-w-md pb-16">
      <h2 id="saved" className="text-xl font-bold tracking-tight">
        {t('saved')}
      </h2>
      <p className="mt-1 text-muted">{t('savedAsOf', { when: formatWhen(kept.at, ownTimeZone()) })}</p>
      <ul className="mt-3 divide-y divide-line border-y border-line">
        {saved.map(({ id, event, tickets }) => (
          <li key={id} className="py-3">
            <Link
              to={paths.order}
              params={{ orderId: id }}
              className="font-semibold text-accent underline underline-offset-2"
            >
              <bdi>{event.title}</bdi>
            </Link>
            <p className="text-muted">
              {formatWhen(event.startsAt, event.timeZone)} ·{' '}
              {t('places', { count: tickets.filter(isOwnValid).length })}
            </p>
          </li>
        ))}
        {received.map(({ id, event, ticketTypeName }) => (
          <li key={id} className="py-3">
            <Link
              to={paths.ticket}
              params={{ ticketId: id }}
              className="font-semibold text-accent underline underline-offset-2"
            >
              <bdi>{event.title}</bdi>
            </Link>
            <p className="text-muted">
              {formatWhen(event.startsAt, event.timeZone)} · <bdi>{ticketTypeName}</bdi>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
