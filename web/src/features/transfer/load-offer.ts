import type { QueryClient } from '@tanstack/react-query';
import { redirect } from '@tanstack/react-router';
import { paths } from '../../paths.ts';
import { offeredQuery, openReceived } from './queries.ts';
import { keepSecret, secretOf } from './secret.ts';

/**
 * Reads the offer of a mail's link and returns its secret. A ticket that was accepted already is opened instead. The secret
 * leaves the address at once, before anything else could read it there.
 */
export async function loadOffer(
  client: QueryClient,
  params: { transferId: string },
  hash: string,
): Promise<string | null> {
  const { transferId } = params;
  if (keepSecret(transferId, hash)) throw redirect({ to: paths.transfer, params, replace: true });
  const secret = secretOf(transferId, hash);
  const offered = await client.fetchQuery(offeredQuery(transferId, secret));
  if (!secret || offered?.transfer.status !== 'accepted') return secret;
  const ticketId = await openReceived(client, transferId, secret);
  if (ticketId) throw redirect({ to: paths.ticket, params: { ticketId }, replace: true });
  return secret;
}
