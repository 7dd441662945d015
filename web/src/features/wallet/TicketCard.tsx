import { type ReactNode, useState } from 'react';
import type { Order } from '../../../../contract/orders.ts';
import { nowMs } from '../../ui/clock.ts';
import { When } from '../../ui/When.tsx';
import { LargeCode } from './LargeCode.tsx';
import { Paper } from './Paper.tsx';
import { PassButton } from './PassButton.tsx';
import { ShortNumber } from './ShortNumber.tsx';
import { hasCode, isOwnValid, takesPlace } from './say-order.ts';
import { TicketCode } from './TicketCode.tsx';
import { t } from './words.ts';

interface Props {
  ticket: Pick<
    Order['tickets'][number],
    'id' | 'issue' | 'status' | 'ticketTypeName' | 'collect' | 'place' | 'attendeeName' | 'isTransferred'
  > & { shortNumber?: string | null };
  event: Pick<Order['event'], 'title' | 'startsAt' | 'endsAt' | 'timeZone' | 'venueName' | 'ticketCodes'> & {
    cancellation?: Order['event']['cancellation'];
  };
  n: number;
  count: number;
  /** True if the server is unreachable. */
  offline: boolean;
  /** True while the ticket waits for a look at its order. It has no code then. */
  waits?: boolean;
  /** What the holder can do with the ticket. */
  children?: ReactNode;
}

/** One ticket like a paper one: what and where on the left, the code on the right of a notch. */
export function TicketCard({ ticket, event, n, count, offline, waits = false, children }: Props) {
  const [large, setLarge] = useState(false);
  const { place, status, collect } = ticket;
  const live = isOwnValid(ticket) && !waits;
  // Only what is handed out at the event needs a code.
  const shows = hasCode(ticket) && !(waits && status === 'valid') && (!collect || collect === 'door');
  return (
    <article className="grid overflow-hidden rounded-3xl border border-line bg-raised sm:grid-cols-[minmax(0,1fr)_auto]">
      <div className="p-6">
        <p className="text-sm font-semibold text-muted">
          {collect ? t('extra') : t('ticketOf', { n, count })}
        </p>
        <h2 className="mt-1 text-2xl font-bold tracking-tight">
          <bdi>{event.title}</bdi>
        </h2>
        <p className="mt-1 text-muted">
          <When at={event.startsAt} timeZone={event.timeZone} withZone />
          <br />
          <bdi>{event.venueName}</bdi>
        </p>
        <dl className="mt-5 flex flex-wrap gap-x-8 gap-y-3">
          <Detail term={t('ticketType')} value={ticket.ticketTypeName} />
          {place && <Detail term={t('section')} value={place.section} />}
          {place && place.row !== '' && <Detail term={t('row')} value={place.row} />}
          {place && <Detail term={t('seat')} value={place.seat} />}
        </dl>
        {ticket.attendeeName && (
          <p className="mt-4 font-medium">
            <bdi>{ticket.attendeeName}</bdi>
          </p>
        )}
        {live && !collect && !offline && takesPlace(event, nowMs()) && (
          <PassButton ticketId={ticket.id} ticketCodes={event.ticketCodes} />
        )}
        {shows && !offline && <Paper ticketId={ticket.id} ticketCodes={event.ticketCodes} />}
        {children && <div className="mt-4 flex flex-wrap gap-3 empty:hidden">{children}</div>}
      </div>
      <div className="relative grid place-items-center border-dashed border-line-strong/60 p-6 max-sm:border-t-2 sm:border-s-2">
        {!shows ? (
          <p className="grid size-54 place-items-center rounded-card bg-sunken p-4 text-center font-bold text-muted">
            {t(
              status === 'cancelled'
                ? 'cancelled'
                : ticket.isTransferred
                  ? 'passedOn'
                  : collect && !waits
                    ? uncollected[collect]
                    : 'waits',
            )}
          </p>
        ) : (
          <button
            type="button"
            onClick={() => setLarge(true)}
            disabled={!live}
            className="group relative rounded-card bg-white p-3 text-black"
          >
            <TicketCode
              ticket={ticket}
              turns={live && event.ticketCodes !== 'fixed'}
              n={n}
              side={192}
              className={`size-48 ${live ? '' : 'opacity-20'}`}
            />
            {live ? (
              <span className="sr-only">{t('qrLarge')}</span>
            ) : (
              <span className="absolute inset-0 grid place-items-center text-2xl font-extrabold">
                {t(collect ? 'extraHandedOut' : 'used')}
              </span>
            )}
          </button>
        )}
        {live && shows && (
          <p className="mt-3 max-w-54 text-center text-sm text-muted">
            {t(collect ? 'extraAtDesk' : event.ticketCodes === 'fixed' ? 'admit' : 'codeTurns')}
          </p>
        )}
        {live && shows && event.ticketCodes === 'fixed' && <ShortNumber ticket={ticket} offline={offline} />}
      </div>
      {large && (
        <LargeCode
          ticket={ticket}
          turns={event.ticketCodes !== 'fixed'}
          n={n}
          place={
            place
              ? place.row === ''
                ? t('seatNameNoRow', { section: place.section, seat: place.seat })
                : t('seatName', place)
              : ticket.ticketTypeName
          }
          attendeeName={ticket.attendeeName}
          onClose={() => setLarge(false)}
        />
      )}
    </article>
  );
}

/** What stands in the place of the code of an extra that has none to show. */
const uncollected = { door: 'waits', post: 'extraPosted', none: 'extraNothing' } as const;

function Detail({ term, value }: { term: string; value: string }) {
  return (
    <div>
      <dt className="text-xs font-semibold uppercase tracking-wider text-muted">{term}</dt>
      <dd className="text-lg font-bold">
        <bdi>{value}</bdi>
      </dd>
    </div>
  );
}
