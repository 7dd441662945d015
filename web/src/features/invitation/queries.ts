import { queryOptions } from '@tanstack/react-query';
import { readInvitation } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { InvitationId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';

/** What the link is for; null if it is not valid. */
export const invitationQuery = (id: string, secret: string | null) =>
  queryOptions({
    queryKey: ['invitation', id, secret],
    queryFn: async ({ signal }) => {
      if (!secret) return null;
      try {
        return await call(readInvitation, {
          params: { invitationId: id as InvitationId },
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
