import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useLocation, useParams } from '@tanstack/react-router';
import type { OrderId, TicketId } from '../../../../contract/ids.ts';
import { paths } from '../../paths.ts';
import { backLink } from '../../ui/back-link.ts';
import { Icon } from '../../ui/Icon.tsx';
import { soldOrderQuery } from '../desk/queries.ts';
import { Exchange } from './Exchange.tsx';
import { t } from './words.ts';

/** A member of the team exchanges a ticket of an order for another seat, ticket type or date. The hash names the ticket. */
export function TeamExchange() {
  const orderId = useParams({ from: '/organise/orders/$orderId' }).orderId as OrderId;
  const ticketId = useLocation().hash.slice('exchange-'.length) as TicketId;
  const { data: order } = useSuspenseQuery(soldOrderQuery(orderId));
  const ticket = order.tickets.find(({ id }) => id === ticketId);
  return (
    <Exchange
      ticket={ticket && { ...ticket, orderId, event: order.event }}
      ticketId={ticketId}
      by="team"
      back={
        <Link to={paths.soldOrder} params={{ orderId }} className={backLink}>
          <Icon name="left" size={18} />
          {t('teamToOrder')}
        </Link>
      }
    />
  );
}
