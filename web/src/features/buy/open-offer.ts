import type { QueryClient } from '@tanstack/react-query';
import { openOffer } from '../../../../client/endpoints.generated.ts';
import type { WaitlistEntry } from '../../../../contract/waitlist.ts';
import { call } from '../../api/call.ts';
import { asSomebody } from '../../api/session.ts';

/** Opens an offer of the waitlist with the secret behind the `#` of its mail's link, for whoever uses this browser. */
export const openOfferOfLink = (
  client: QueryClient,
  entryId: string,
  secret: string,
): Promise<WaitlistEntry> =>
  asSomebody(client, (headers) =>
    call(openOffer, { params: { entryId: entryId as `wle_${string}` }, body: { secret }, headers }),
  );
