import { Link } from '@tanstack/react-router';
import type { Event } from '../../../../contract/events.ts';
import type { Hold } from '../../../../contract/holds.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sameAgain } from './sale.ts';
import { goneSeats, refusalText, usePlaceHold } from './use-place-hold.ts';
import { t } from './words.ts';

/** In place of the form once the hold has ended: one tap to try for the same places again. */
export function HoldGone({ event, hold }: { event: Event; hold: Hold }) {
  const again = usePlaceHold(event.id, { replace: true, instead: hold });
  const bought = hold.status === 'confirmed';
  const expired = hold.status === 'expired' || hold.status === 'active';
  return (
    <div className="mt-6">
      <Notice
        tone={bought ? 'good' : 'warn'}
        live
        title={t(bought ? 'boughtTitle' : expired ? 'expiredTitle' : 'releasedTitle')}
      >
        {expired && <p>{t('expiredText')}</p>}
      </Notice>
      {again.isError && (
        <Notice tone="bad" className="mt-3" live>
          {refusalText(again.error)}
          {goneSeats(again.error, hold).map((seat) => (
            <span key={seat.seatId} className="block">
              {t(seat.row === '' ? 'seatNameNoRow' : 'seatName', seat)}
            </span>
          ))}
        </Notice>
      )}
      <div className="mt-5 flex flex-wrap gap-3">
        {bought ? (
          <Link to={paths.orders} className={buttonClass()}>
            {t('toTickets')}
          </Link>
        ) : (
          <Button busy={again.isPending} onClick={() => again.mutate(sameAgain(hold))}>
            {t('again')}
          </Button>
        )}
        <Link
          to={event.hasSeatMap ? paths.seats : paths.event}
          params={{ slug: event.slug }}
          className={buttonClass('quiet')}
        >
          {t('otherPlaces')}
        </Link>
      </div>
    </div>
  );
}
