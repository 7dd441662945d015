import { queryOptions } from '@tanstack/react-query';
import { quoteExchange } from '../../../../client/endpoints.generated.ts';
import type { EventId, TicketId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';

/** For what the ticket can be exchanged now, and what it would cost: on its own date, or on another. The error says why it cannot be. */
export const exchangeQuery = (ticketId: TicketId, eventId: EventId | null = null) =>
  queryOptions({
    queryKey: ['exchange-quote', ticketId, eventId],
    queryFn: ({ signal }) =>
      call(quoteExchange, { params: { ticketId }, query: eventId === null ? {} : { eventId }, signal }),
    staleTime: 1_000,
    retry: false,
  });
