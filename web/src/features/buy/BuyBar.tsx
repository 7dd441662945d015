import { Link } from '@tanstack/react-router';
import type { Event } from '../../../../contract/events.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { formatMoney } from '../../ui/Money.tsx';
import { t } from './words.ts';

interface BarProps {
  event: Event;
  /** Why nothing can be bought; null if something can. */
  closed: string | null;
  /** Everything is sold out, and the page has the waitlist. */
  isWaitable: boolean;
  /** It is not the buyer's turn, and the page leads to the queue. */
  waits: boolean;
  count: number;
  amount: number;
  busy: boolean;
  seated: boolean;
  onBuy: () => void;
}

/** The buy button, always within reach of the thumb on a phone, above the tab bar. */
export function BuyBar({ event, closed, isWaitable, waits, count, amount, busy, seated, onBuy }: BarProps) {
  const { priceFrom, priceTo } = event;
  const single = priceFrom?.amount === priceTo?.amount;
  const price =
    priceFrom &&
    (priceTo?.amount === 0
      ? t('free')
      : t(single ? 'priceIs' : 'priceFrom', { price: formatMoney(priceFrom) }));
  return (
    <div className="fixed inset-x-0 bottom-0 z-20 flex items-center justify-between gap-4 border-t border-line bg-paper/95 px-4 pb-[max(0.75rem,env(safe-area-inset-bottom))] pt-3 backdrop-blur-md lg:hidden">
      <p className="min-w-0 flex-1 leading-tight">
        <span dir="auto" className="page-side block truncate text-sm text-muted">
          {count > 0 ? t('total') : event.title}
        </span>
        <span className="font-bold">
          {count > 0 ? formatMoney({ amount, currency: event.currency }) : price}
        </span>
      </p>
      {waits ? (
        <Link to={paths.queue} params={{ slug: event.slug }} className={buttonClass()}>
          {t('toQueue')}
        </Link>
      ) : isWaitable ? (
        <a href="#waitlist" className={buttonClass('quiet')}>
          {t('toWaitlist')}
        </a>
      ) : closed !== null ? (
        <p className="max-w-[55%] text-end text-sm font-semibold text-muted">{closed}</p>
      ) : seated ? (
        <Link to={paths.seats} params={{ slug: event.slug }} className={buttonClass()}>
          {t('chooseSeats')}
        </Link>
      ) : count > 0 ? (
        <Button busy={busy} onClick={onBuy}>
          {t('continueCount', { count })}
        </Button>
      ) : (
        <a href="#tickets" className={buttonClass()}>
          {t('getTickets')}
        </a>
      )}
    </div>
  );
}
