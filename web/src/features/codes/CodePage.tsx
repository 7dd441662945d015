import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { Event } from '../../../../contract/events.ts';
import type { CheckedCode } from '../../../../contract/vouchers.ts';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { backLink } from '../../ui/back-link.ts';
import { Icon } from '../../ui/Icon.tsx';
import { useTitle } from '../../ui/title.ts';
import { knownCode } from '../buy/held.ts';
import { eventQuery } from '../buy/queries.ts';
import { CodeForm } from './CodeForm.tsx';
import { OpenedTickets } from './OpenedTickets.tsx';
import { t } from './words.ts';

const route = getRouteApi('/e/$slug/code');

/**
 * Where a link with a code leads: it says what the code opens, and holds those places. The address loses the code at once, so that
 * it is in no history and no screenshot; this tab keeps it until the places are held.
 */
export function CodePage() {
  const { slug } = route.useParams();
  const { code: given } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: event } = useSuspenseQuery(eventQuery(slug));
  const [code, setCode] = useState(() => given ?? knownCode(event.id));
  useEffect(() => {
    if (given === undefined) return;
    setCode(given);
    void navigate({ search: {}, replace: true });
  }, [given, navigate]);
  useTitle(`${t('enterTitle')} · ${event.title}`);
  return (
    <div className="page max-w-2xl pb-24 pt-4 sm:pt-10">
      <Link to={paths.event} params={{ slug: event.slug }} className={backLink}>
        <Icon name="left" size={18} />
        {t('back')}
      </Link>
      <h1 tabIndex={-1} className="mt-2 text-2xl font-extrabold tracking-tight sm:text-title">
        <bdi>{t('enterFor', { event: event.title })}</bdi>
      </h1>
      <div className="mt-6">
        <CodeForm event={event} code={code} onChange={setCode}>
          {(known) => <WithCode event={event} known={known} />}
        </CodeForm>
      </div>
    </div>
  );
}

/** What the buyer can do with the code: take what it opens, or choose tickets for it. */
function WithCode({ event, known }: { event: Event; known: CheckedCode }) {
  const seat = known.seat && `${known.seat.section} ${known.seat.row}${known.seat.seat}`;
  if (known.opened.length > 0 || (known.seatId && known.keepsPlaces))
    return <OpenedTickets event={event} known={known} />;
  return (
    <>
      <p className="mt-4">{seat ? t('forSeat', { seat }) : t('lowers')}</p>
      <Link
        to={event.hasSeatMap ? paths.seats : paths.event}
        params={{ slug: event.slug }}
        className={buttonClass('primary', 'large', 'mt-6')}
      >
        {t(event.hasSeatMap ? 'toSeats' : 'toTickets')}
      </Link>
    </>
  );
}
