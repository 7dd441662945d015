import { orderIdOf } from '../inventory/inventory.ts';
import type { Facts } from '../inventory/state.ts';
import { tradeInOf } from '../inventory/trade-in.ts';
import type { EventSale } from '../sale/event-sale.ts';
import type { OrderMail } from './order-mails.ts';

/** The mail that asks a holder to pay for an exchange that the team has made. It has the link to pay. */
export const askedMail = ({ hold }: Facts['swapped'][number]): OrderMail[] =>
  tradeInOf(hold)?.asked ? [{ kind: 'exchange-asked', orderId: orderIdOf(hold.id) }] : [];

/**
 * The mail that such an exchange has ended unpaid, because its time was over or somebody took it back. Of a cancelled event
 * and of a payment that failed for good other mails tell.
 */
export const lapsedMail =
  ({ status }: Pick<EventSale, 'status'>) =>
  ({ hold, as }: Facts['ended'][number]): OrderMail[] =>
    tradeInOf(hold)?.asked && as !== 'failed' && status !== 'cancelled'
      ? [{ kind: 'exchange-lapsed', orderId: orderIdOf(hold.id) }]
      : [];
