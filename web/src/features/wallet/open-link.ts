import type { QueryClient } from '@tanstack/react-query';
import { openOrder } from '../../../../client/endpoints.generated.ts';
import { call } from '../../api/call.ts';
import { asSomebody } from '../../api/session.ts';
import { orderQuery } from './queries.ts';

/**
 * Opens an order with the secret that stands behind the `#` of its mail's link, for whoever uses this browser. False where
 * there is none. The caller takes the secret out of the address.
 */
export async function openFromLink(client: QueryClient, orderId: string, secret: string): Promise<boolean> {
  if (!/^[\w-]{32}$/.test(secret)) return false;
  const opened = await asSomebody(client, (headers) =>
    call(openOrder, { params: { orderId: orderId as `ord_${string}` }, body: { secret }, headers }),
  );
  client.setQueryData(orderQuery(orderId).queryKey, opened);
  return true;
}
