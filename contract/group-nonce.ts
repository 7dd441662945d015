import type { TicketId } from './ids.ts';

/** A group's nonce is so short that those of its tickets are nonces too. */
export const mostGroupNonce = 50;

/**
 * The nonce of one ticket of a group. It follows from the group's and from the ticket, so a gate that lost the answer for a group can
 * hand in each ticket alone, and each counts once.
 */
export const groupNonce = (nonce: string, ticketId: TicketId): string => `${nonce}-${ticketId.slice(-12)}`;
