import type { ErrorCode } from '../../../contract/errors.ts';
import type { EventId, OrderId, ResaleId, TicketId, TransferId, UserId } from '../../../contract/ids.ts';
import type { Language } from '../../../contract/languages.ts';
import type { Transfer, TransferStatus } from '../../../contract/transfers.ts';
import { type Refusal, refuse } from '../inventory/inventory.ts';
import type { EventSale } from '../sale/event-sale.ts';
import type { LockedTicket } from '../tickets/hand-over.ts';
import type { Relation } from '../tickets/holds-ticket.ts';
import type { TicketStatus } from '../tickets/ticket.ts';

/** A transfer as it is stored, with the present state of its ticket. Names and addresses are null after their erasure. */
export interface TransferRow {
  id: TransferId;
  /** The first transfer of those that were offered together; null for a ticket that was offered alone. */
  groupId: TransferId | null;
  eventId: EventId;
  ticketId: TicketId;
  orderId: OrderId;
  /** The transfer by which the sender held the ticket; null for the buyer of the order. */
  fromTransferId: TransferId | null;
  fromUserId: UserId;
  fromName: string | null;
  fromEmail: string | null;
  fromLanguage: Language;
  toEmail: string | null;
  toLanguage: Language;
  toUserId: UserId | null;
  toName: string | null;
  message: string | null;
  createdAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
  endedAs: Exclude<TransferStatus, 'pending'> | null;
  ticketStatus: TicketStatus;
  /** The transfer by which the ticket is held now. */
  heldBy: TransferId | null;
  /** The sender has offered the ticket for resale since. */
  resaleId: ResaleId | null;
}

const offerMs = 7 * 86_400_000;

/** Decision: until when an offer can be accepted. After the start it can be until the end, for a festival of several days. */
export function expiryOf(event: Pick<EventSale, 'startsAt' | 'endsAt' | 'transfers'>, now: Date): Date {
  const limit = now < event.startsAt ? event.startsAt : event.endsAt;
  const times = [now.getTime() + offerMs, limit.getTime()];
  if (event.transfers.until) times.push(event.transfers.until.getTime());
  return new Date(Math.min(...times));
}

/** Decision: the state of a transfer at `now`. What follows from the clock or from the ticket is not always stored yet. */
export function statusOf(
  row: Pick<TransferRow, 'endedAs' | 'ticketStatus' | 'expiresAt'>,
  now: Date,
): TransferStatus {
  if (row.endedAs) return row.endedAs;
  if (row.ticketStatus !== 'valid') return 'void';
  return row.expiresAt <= now ? 'expired' : 'pending';
}

/**
 * Decision: whether a person acts for the sender of a transfer: they started it, or they have the ticket in the way in which
 * the sender had it. `relation` is theirs to the ticket now.
 */
export const isSender = (
  row: Pick<TransferRow, 'fromUserId' | 'fromTransferId' | 'heldBy'>,
  userId: UserId,
  relation: Relation,
): boolean =>
  row.fromUserId === userId ||
  (relation === 'payer' && row.fromTransferId === null) ||
  (relation === 'holder' && row.fromTransferId === row.heldBy);

type HolderRight = 'transfers' | 'renames';
const rightCodes = {
  transfers: { off: 'transfers_off', ended: 'transfers_ended' },
  renames: { off: 'renames_off', ended: 'renames_ended' },
} as const satisfies Record<HolderRight, Record<'off' | 'ended', ErrorCode>>;

/** Decision: why nobody may pass this ticket on, or change its name, at `now`; null if its holder may. */
export function whyNot(
  right: HolderRight,
  ticketStatus: TicketStatus,
  event: Pick<EventSale, 'status' | 'endsAt' | 'transfers' | 'renames'>,
  now: Date,
): ErrorCode | null {
  if (event.status === 'cancelled') return right === 'transfers' ? 'event_cancelled' : 'ticket_cancelled';
  if (ticketStatus !== 'valid') return ticketStatus === 'used' ? 'ticket_used' : 'ticket_cancelled';
  if (event.endsAt <= now) return 'event_over';
  const { allowed, until } = event[right];
  if (!allowed) return rightCodes[right].off;
  return until !== null && until <= now ? rightCodes[right].ended : null;
}

/** Decision: why the holder of a ticket cannot offer it at `now`; null if they can. `disputed`: a bank has money of the ticket. */
export function whyNotOffer(
  {
    status,
    priceMinor,
    refundedMinor,
    resaleId,
  }: Pick<LockedTicket, 'status' | 'priceMinor' | 'refundedMinor' | 'resaleId'>,
  event: Pick<EventSale, 'status' | 'endsAt' | 'transfers' | 'renames'>,
  disputed: Refusal | null,
  now: Date,
): Refusal | null {
  const refused = whyNot('transfers', status, event, now);
  if (refused) return refuse(refused);
  if (resaleId !== null) return refuse('resale_pending');
  return disputed ?? (priceMinor > 0 && refundedMinor === priceMinor ? refuse('ticket_refunded') : null);
}

/**
 * Decision: the transfer that stands for those that were offered together: one by which somebody holds a ticket, or else one
 * that was accepted, or else the first.
 */
export function shownOf(rows: TransferRow[]): TransferRow {
  const accepted = rows.filter(({ endedAs }) => endedAs === 'accepted');
  const shown = accepted.find(({ id, heldBy }) => id === heldBy) ?? accepted[0] ?? rows[0];
  if (!shown) throw new Error('an offer has no transfer');
  return shown;
}

/** Decision: why an offer cannot be accepted at `now`; null if it can. */
export function whyNotAcceptable(
  row: Pick<TransferRow, 'endedAs' | 'ticketStatus' | 'expiresAt' | 'resaleId'>,
  event: Pick<EventSale, 'status' | 'endsAt' | 'transfers' | 'renames'>,
  now: Date,
): ErrorCode | null {
  const status = statusOf(row, now);
  if (status !== 'pending' && status !== 'void' && status !== 'expired') return `transfer_${status}`;
  if (status === 'pending' && row.resaleId !== null) return 'transfer_withdrawn';
  const refused = whyNot('transfers', row.ticketStatus, event, now);
  return refused ?? (status === 'pending' ? null : 'transfer_expired');
}

export const showTransfer = (row: TransferRow, now: Date): Transfer => {
  const status = statusOf(row, now);
  const endedAt = row.endedAt ?? (status === 'expired' ? row.expiresAt : null);
  return {
    id: row.id,
    groupId: row.groupId,
    ticketId: row.ticketId,
    status,
    from: { name: row.fromName ?? '' },
    to: { email: row.toEmail ?? '', name: row.toName },
    message: row.message,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
};
