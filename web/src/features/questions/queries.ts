import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import {
  countAnswers,
  getOrderAnswers,
  getQuestionForm,
  getTicketAnswers,
  listAnswers,
} from '../../../../client/endpoints.generated.ts';
import type { EventId, OrderId, TicketId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';

export const formQuery = (eventId: EventId) =>
  queryOptions({
    queryKey: ['question-form', eventId],
    queryFn: ({ signal }) => call(getQuestionForm, { params: { eventId }, signal }),
    // A refetch must not replace what somebody is typing.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

export const orderAnswersQuery = (orderId: OrderId) =>
  queryOptions({
    queryKey: ['answers', 'order', orderId],
    queryFn: ({ signal }) => call(getOrderAnswers, { params: { orderId }, signal }),
  });

export const ticketAnswersQuery = (ticketId: TicketId) =>
  queryOptions({
    queryKey: ['answers', 'ticket', ticketId],
    queryFn: ({ signal }) => call(getTicketAnswers, { params: { ticketId }, signal }),
  });

export interface AnswersFilter {
  question?: string;
  answer?: string;
  missing?: 'yes';
}
export const answersQuery = (eventId: EventId, filter: AnswersFilter) =>
  infiniteQueryOptions({
    queryKey: ['answers', 'event', eventId, filter],
    queryFn: ({ signal, pageParam }) =>
      call(listAnswers, {
        params: { eventId },
        query: { ...filter, ...(pageParam && { cursor: pageParam as OrderId }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });

export const countsQuery = (eventId: EventId) =>
  queryOptions({
    queryKey: ['answers', 'counts', eventId],
    queryFn: ({ signal }) => call(countAnswers, { params: { eventId }, signal }),
  });
