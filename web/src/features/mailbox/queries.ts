import { queryOptions } from '@tanstack/react-query';
import { getMailboxMessage, listMailbox } from '../../../../client/endpoints.generated.ts';
import { call } from '../../api/call.ts';

export const mailboxQuery = queryOptions({
  queryKey: ['mailbox'],
  queryFn: ({ signal }) => call(listMailbox, { query: {}, signal }),
  staleTime: 0,
});

export const messageQuery = (messageId: string) =>
  queryOptions({
    queryKey: ['mailbox', messageId],
    queryFn: ({ signal }) =>
      call(getMailboxMessage, { params: { messageId: messageId as `msg_${string}` }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
