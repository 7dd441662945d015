import { type QueryClient, queryOptions } from '@tanstack/react-query';
import {
  getTicket,
  listMyTickets,
  listResales,
  listTicketTransfers,
  listTransfers,
  openTransfer,
  quoteResale,
  quoteReturn,
  readTransfer,
} from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { OrderId, TicketId, TransferId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { asSomebody } from '../../api/session.ts';
import { orKeptTickets } from '../wallet/kept.ts';
import { passWalletsQuery } from '../wallet/queries.ts';

/** What the link offers; null if the link is not valid. */
export const offeredQuery = (id: string, secret: string | null) =>
  queryOptions({
    queryKey: ['transfer', id, secret],
    queryFn: async ({ signal }) => {
      if (!secret) return null;
      try {
        return await call(readTransfer, {
          params: { transferId: id as TransferId },
          body: { secret },
          signal,
        });
      } catch (error) {
        if (isProblem(error, 'not_found', 'invalid_request')) return null;
        throw error;
      }
    },
    staleTime: 0,
  });

export const ticketQuery = (id: TicketId) =>
  queryOptions({
    queryKey: ['ticket', id],
    queryFn: ({ signal, client }) =>
      orKeptTickets(
        client,
        () => call(getTicket, { params: { ticketId: id }, signal }),
        (ticket) => [ticket],
        (received) => received.find((ticket) => ticket.id === id),
      ),
    staleTime: 1_000,
  });

/** What the page of a ticket needs before it shows. */
export const loadTicket = (client: QueryClient, id: string): Promise<unknown> =>
  Promise.all([client.ensureQueryData(ticketQuery(id as TicketId)), client.prefetchQuery(passWalletsQuery)]);

/** Tickets that others passed on to this person. */
export const receivedQuery = queryOptions({
  queryKey: ['received-tickets'],
  queryFn: ({ signal, client }) =>
    orKeptTickets(
      client,
      () => call(listMyTickets, { signal }),
      ({ items }) => items,
      (received) => ({ items: received }),
      true,
    ),
  staleTime: 5_000,
});

export const transfersQuery = (orderId: OrderId) =>
  queryOptions({
    queryKey: ['transfers', orderId],
    queryFn: ({ signal }) => call(listTransfers, { params: { orderId }, signal }),
    staleTime: 1_000,
  });

export const ticketTransfersQuery = (ticketId: TicketId) =>
  queryOptions({
    queryKey: ['transfers', ticketId],
    queryFn: ({ signal }) => call(listTicketTransfers, { params: { ticketId }, signal }),
    staleTime: 1_000,
  });

/** What a resale of the ticket would bring now. */
export const resaleQuery = (ticketId: TicketId) =>
  queryOptions({
    queryKey: ['resale-quote', ticketId],
    queryFn: ({ signal }) => call(quoteResale, { params: { ticketId }, signal }),
    staleTime: 0,
    retry: false,
  });

/** The offers for resale of an order's tickets. */
export const resalesQuery = (orderId: OrderId) =>
  queryOptions({
    queryKey: ['resales', orderId],
    queryFn: ({ signal }) => call(listResales, { params: { orderId }, signal }),
    staleTime: 1_000,
  });

/** What would go back to the payer if the ticket were returned now. */
export const returnQuery = (ticketId: TicketId) =>
  queryOptions({
    queryKey: ['return-quote', ticketId],
    queryFn: ({ signal }) => call(quoteReturn, { params: { ticketId }, signal }),
    staleTime: 1_000,
    retry: false,
  });

/**
 * Opens a received ticket for whoever uses this browser. Null if it cannot be opened: nobody has accepted it yet, or it was
 * passed on again.
 */
export async function openReceived(
  client: QueryClient,
  id: string,
  secret: string,
): Promise<TicketId | null> {
  try {
    const ticket = await asSomebody(client, (headers) =>
      call(openTransfer, { params: { transferId: id as TransferId }, body: { secret }, headers }),
    );
    client.setQueryData(ticketQuery(ticket.id).queryKey, ticket);
    return ticket.id;
  } catch (error) {
    if (isProblem(error, 'transfer_not_accepted', 'ticket_transferred', 'not_found')) return null;
    throw error;
  }
}
