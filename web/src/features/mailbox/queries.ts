import { queryOptions } from '@tanstack/react-query';
import { getMailboxMessage, listMailbox } from '../../api/operations.ts';

export const mailboxQuery = queryOptions({
  queryKey: ['mailbox'],
  queryFn: ({ signal }) => listMailbox({ query: {}, signal }),
  staleTime: 0,
});

export const messageQuery = (messageId: string) =>
  queryOptions({
    queryKey: ['mailbox', messageId],
    queryFn: ({ signal }) =>
      getMailboxMessage({ params: { messageId: messageId as `msg_${string}` }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
