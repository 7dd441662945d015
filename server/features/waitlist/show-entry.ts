import type { WaitlistEntry } from '../../../contract/waitlist.ts';
import { offerIdOf } from '../inventory/line.ts';
import type { ShownRow } from '../inventory/read-line.ts';

/** An entry as its person sees it. An offer that has just run out stays `offered` until the ledger has ended it. */
export function showEntry(row: ShownRow, now: Date): WaitlistEntry {
  const endsAt = row.status === 'offered' ? row.offer_ends_at : null;
  return {
    id: row.id,
    eventId: row.event_id,
    ticketTypeId: row.ticket_type_id,
    quantity: row.quantity,
    status: row.status,
    position: row.position,
    joinedAt: row.joined_at.toISOString(),
    ...(endsAt && {
      offer: {
        holdId: offerIdOf({ id: row.id, holdId: row.hold_id }),
        expiresAt: endsAt.toISOString(),
        now: now.toISOString(),
      },
    }),
  };
}
