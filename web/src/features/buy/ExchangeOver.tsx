import { Link } from '@tanstack/react-router';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { t } from '../checkout/words.ts';

/** Replaces the checkout of an exchange that nobody has paid for in time. The ticket is as it was. */
export function ExchangeOver({ ticketId }: { ticketId: string }) {
  return (
    <div className="mt-6">
      <Notice live tone="warn" title={t('exchangeOverTitle')}>
        <p>{t('exchangeOverText')}</p>
      </Notice>
      <Link to={paths.ticket} params={{ ticketId }} className={buttonClass('primary', 'medium', 'mt-5')}>
        {t('toTicket')}
      </Link>
    </div>
  );
}
