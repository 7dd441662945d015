import type { Mutation } from './mutation.ts';

const transfer = 'features/transfers/transfer.ts';
const start = 'features/transfers/start-transfer.ts';
const startOrder = 'features/transfers/start-order-transfer.ts';
const accept = 'features/transfers/accept-transfer.ts';

/** Ways to break transfers and changes of names. */
export const transferMutations: Mutation[] = [
  {
    name: 'a ticket that was used or cancelled is passed on',
    in: transfer,
    find: "if (ticketStatus !== 'valid') return ticketStatus === 'used' ? 'ticket_used' : 'ticket_cancelled';",
    put: '',
  },
  {
    name: 'a ticket is passed on after the time that the organiser allows',
    in: transfer,
    find: 'return until !== null && until <= now ? rightCodes[right].ended : null;',
    put: 'return null;',
  },
  {
    name: 'an offer is accepted after its time',
    in: transfer,
    find: "return row.expiresAt <= now ? 'expired' : 'pending';",
    put: "return 'pending';",
  },
  {
    name: 'a ticket whose price went back is passed on',
    in: transfer,
    find: "priceMinor > 0 && refundedMinor === priceMinor ? refuse('ticket_refunded') : null",
    put: 'null',
  },
  {
    name: 'a ticket is passed on while a bank has its money',
    in: transfer,
    find: 'return disputed ?? (',
    put: 'return (',
  },
  {
    name: 'a ticket is offered to two people',
    in: start,
    find: "if (await isOffered(trx, params.ticketId, now)) throw new Refused('transfer_pending');",
    put: '',
  },
  {
    name: 'the buyer offers a ticket that they have passed on, with their other tickets',
    in: startOrder,
    find: "ticket.transferId === null ? null : refuse('ticket_transferred')",
    put: 'null',
  },
  {
    name: 'some of the named tickets are offered',
    in: startOrder,
    find: 'if (first && (body.tickets || free.length === 0))',
    put: 'if (first && free.length === 0)',
  },
  {
    name: 'an acceptance brings only one of several tickets',
    in: accept,
    find: 'for (const row of theirs) {',
    put: 'for (const row of [lead]) {',
  },
  {
    name: 'a ticket that was used meanwhile is accepted with the others',
    in: accept,
    find: 'rows.filter((_, i) => refusals[i] === null)',
    put: 'rows',
  },
  {
    name: 'the holder accepts their own ticket',
    in: accept,
    find: "throw new Refused('transfer_to_oneself');",
    put: '{}',
  },
  {
    name: 'the old code lives on after a transfer',
    in: 'features/tickets/holder-store.ts',
    find: 'update tickets set issue = issue + 1, transfer_id = $3',
    put: 'update tickets set transfer_id = $3',
  },
  {
    name: 'the holder changes the name on a used ticket, or after the time for it',
    in: 'features/transfers/rename-attendee.ts',
    find: "const forHolder = relation === 'holder' ? whyNot(",
    put: "const forHolder = relation === 'payer' ? whyNot(",
  },
  {
    name: 'a seat is free while the ticket type of its ticket changes',
    in: 'features/inventory/swap.ts',
    find: 'const keepsSeat = !command.from && seats?.[0] !== undefined && seats[0] === place.seat;',
    put: 'const keepsSeat = false;',
  },
  {
    name: 'a lost dispute leaves the ticket of an exchange valid',
    in: 'features/payments/record-dispute.ts',
    find: "order?.status === 'confirmed' ? [{ holdId: order.holdId, eventId }, ...exchanges] : exchanges",
    put: "order?.status === 'confirmed' ? [{ holdId: order.holdId, eventId }] : []",
  },
];
