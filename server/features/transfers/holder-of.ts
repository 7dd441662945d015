import type { UserId } from '../../../contract/ids.ts';
import type { Language } from '../../../contract/languages.ts';
import type { App } from '../../app.ts';
import type { OwnTicket } from '../tickets/own-tickets.ts';
import { findTransfer } from './store.ts';

/** The holder of a ticket, with the name and address that they have for it: the buyer's, or those of the transfer to them. */
export async function holderOf(
  app: Pick<App, 'db'>,
  { ticket, order }: Pick<OwnTicket, 'ticket' | 'order'>,
): Promise<{ userId: UserId; name: string; email: string; language: Language }> {
  const brought = ticket.transferId && (await findTransfer(app.db, ticket.transferId));
  if (!brought) {
    return {
      userId: order.buyerId,
      name: order.buyerName,
      email: order.buyerEmail,
      language: order.language,
    };
  }
  const { toName, toEmail, toLanguage } = brought;
  return {
    userId: ticket.holderId ?? order.buyerId,
    name: toName ?? '',
    email: toEmail ?? '',
    language: toLanguage,
  };
}
