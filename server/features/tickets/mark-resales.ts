import type { Writes } from '../../data/db.ts';
import type { Resale } from '../inventory/resale.ts';
import { setResales } from './holder-store.ts';

/**
 * Notes in the tickets which of them are offered for resale, in the transaction that offers them or ends the offers. Transfers
 * and the door read it in the row that they lock anyway.
 */
export const markResales = (trx: Writes, resales: Resale[]): void => {
  if (resales.length === 0) return;
  // An offer may begin and end in one batch. The last state counts.
  const last = [...new Map(resales.map((resale) => [resale.ticketId, resale])).values()];
  setResales(
    trx,
    last.map(({ ticketId, eventId, id, status }) => ({
      ticketId,
      eventId,
      resaleId: status === 'offered' ? id : null,
    })),
  );
};
