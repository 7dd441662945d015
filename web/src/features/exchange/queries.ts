import { queryOptions } from '@tanstack/react-query';
import { quoteExchange } from '../../../../client/endpoints.generated.ts';
import type { TicketId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';

/** For what the ticket can be exchanged now, and what it would cost. The error says why it cannot be. */
export const exchangeQuery = (ticketId: TicketId) =>
  queryOptions({
    queryKey: ['exchange-quote', ticketId],
    queryFn: ({ signal }) => call(quoteExchange, { params: { ticketId }, signal }),
    staleTime: 1_000,
    retry: false,
  });
