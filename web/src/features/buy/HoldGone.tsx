import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { Event } from '../../../../contract/events.ts';
import type { Hold, NewHold } from '../../../../contract/holds.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { useNowMs } from '../../ui/clock.ts';
import { Notice } from '../../ui/Notice.tsx';
import { clockTime } from '../../ui/When.tsx';
import { t } from '../checkout/words.ts';
import type { HeldPlaces } from './queries.ts';
import { sameAgain } from './sale.ts';
import { goneSeats, refusalText, usePlaceHold } from './use-place-hold.ts';

/** Replaces the form after the hold has ended. One tap tries to hold the same places again. */
export function HoldGone({ event, hold }: { event: Event; hold: HeldPlaces }) {
  const again = usePlaceHold(event.id, { replace: true, instead: hold });
  const bought = hold.status === 'confirmed';
  const expired = hold.status === 'expired' || hold.status === 'active';
  // After an expiry, numbered seats are kept free for other buyers for as long as a hold lasts. Places without
  // numbers are kept free only while few are left, which the server tells on request. All times are by this device's
  // clock.
  const areSeats = hold.lines.some(({ seats }) => seats);
  const againAtMs = Date.parse(hold.expiresAt) + event.holdSeconds * 1000 - hold.offsetMs;
  const rests = useNowMs(1000) < againAtMs && expired && areSeats;
  const time = clockTime(againAtMs);
  // If the form that is gone had the focus, the keyboard goes on from here.
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) place.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div ref={place} tabIndex={-1} className="mt-6 outline-none">
      <Notice
        live
        tone={bought ? 'good' : 'warn'}
        title={t(bought ? 'boughtTitle' : expired ? 'expiredTitle' : 'releasedTitle')}
      >
        {/* A refusal says more than the hope of before. */}
        {expired && (rests || !again.isError) && (
          <p>{rests ? t('expiredText', { time }) : t('expiredAgain')}</p>
        )}
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
          <Button
            busy={again.isPending}
            disabledBecause={rests && t('againFrom', { time })}
            onClick={() => again.mutate(atSamePrices(hold))}
          >
            {rests ? t('againFrom', { time }) : t('again')}
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

/** The same places again, at the prices that the buyer had named. */
function atSamePrices(hold: Hold): NewHold {
  const { items, ...places } = sameAgain(hold);
  const named = (id: string) =>
    hold.lines.find((line) => line.ticketTypeId === id && line.chosenPrice)?.chosenPrice?.amount;
  return {
    ...places,
    ...(items && { items: items.map((item) => ({ ...item, priceMinor: named(item.ticketTypeId) })) }),
  };
}
