import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { TicketId } from '../../../../contract/ids.ts';
import { paths } from '../../paths.ts';
import { backLink } from '../../ui/back-link.ts';
import { Icon } from '../../ui/Icon.tsx';
import { ticketQuery } from '../transfer/queries.ts';
import { Exchange } from './Exchange.tsx';
import { t } from './words.ts';

/** The holder exchanges a ticket for another seat, ticket type or date. */
export function ExchangePage() {
  const ticketId = useParams({ from: '/tickets/$ticketId' }).ticketId as TicketId;
  const { data: ticket } = useQuery(ticketQuery(ticketId));
  return (
    <Exchange
      ticket={ticket}
      ticketId={ticketId}
      by="holder"
      back={
        <Link to={paths.ticket} params={{ ticketId }} className={backLink}>
          <Icon name="left" size={18} />
          {t('back')}
        </Link>
      }
    />
  );
}
