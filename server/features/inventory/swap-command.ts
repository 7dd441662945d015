import type { HoldId, TicketId, TransferId, UserId } from '../../../contract/ids.ts';
import type { ActBy } from '../../data/audit-trail.ts';
import type { EventSale } from '../sale/event-sale.ts';
import type { OrderDraft } from './order-command.ts';
import type { Wants } from './wants.ts';

/**
 * Exchanges a sold ticket for another place: the new place is held and ordered for the difference in price. The payment
 * finishes the exchange. If there is nothing to pay, the exchange is finished at once.
 */
export interface SwapCommand {
  kind: 'swap';
  /** The hold of the order that has the ticket. */
  holdId: HoldId;
  ticketId: TicketId;
  /** The transfer by which the holder has the ticket; null for the buyer of its order. */
  transferId: TransferId | null;
  /** The event of the ticket as it is now, if the new place, whose ledger decides, is on another date of its run. */
  from?: EventSale;
  /** The hold of the exchange, and whose order it becomes. */
  newHoldId: HoldId;
  buyerId: UserId;
  wants: Wants;
  order: OrderDraft;
  /** A manager needs no permission of the event. */
  by: 'holder' | 'organiser';
  /** The manager asks the holder to pay the difference within this time. Without it, nobody pays for an exchange by a manager. */
  payWithinMs?: number;
  /** The manager, for the audit log; null for a holder. */
  actor: ActBy | null;
  /** A retry with the same key finds the first exchange. */
  retry: { key: string; fingerprint: string } | null;
}
