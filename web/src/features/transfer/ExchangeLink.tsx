import { Link } from '@tanstack/react-router';
import type { Event } from '../../../../contract/events.ts';
import type { TicketId } from '../../../../contract/ids.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { nowMs } from '../../ui/clock.ts';
import { t } from './words.ts';

interface Props {
  ticketId: TicketId;
  /** Undefined while it is not known. */
  exchanges: Event['exchanges'] | undefined;
  disabledBecause?: string | false;
}

/** Leads to the page that exchanges the ticket, or says why the organiser does not allow it. */
export function ExchangeLink({ ticketId, exchanges, disabledBecause = false }: Props) {
  const isOver = exchanges?.until != null && Date.parse(exchanges.until) <= nowMs();
  const reason =
    disabledBecause ||
    (!exchanges && t('wait')) ||
    (exchanges?.allowed === false && t('exchangesOff')) ||
    (isOver && t('exchangesEnded'));
  if (reason) {
    return (
      <Button look="quiet" size="small" disabledBecause={reason}>
        {t('exchange')}
      </Button>
    );
  }
  return (
    <Link to={paths.ticket} params={{ ticketId }} hash="exchange" className={buttonClass('quiet', 'small')}>
      {t('exchange')}
    </Link>
  );
}
