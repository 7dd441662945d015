import type { OrderId } from '../../../contract/ids.ts';
import { createLinkSecrets } from '../accounts/link-secrets.ts';

/**
 * The secret in the links of an order's mails: whoever has it may do what the buyer may. It follows from the server's
 * secret, the order and the version of its links, so a new version ends it.
 */
export interface OrderLinks {
  secretOf(order: { id: OrderId; linkVersion: number }): string;
  isSecretOf(order: { id: OrderId; linkVersion: number }, given: string): boolean;
}

export function createOrderLinks(sessionSecret: string): OrderLinks {
  const { secretOf, isSecretOf } = createLinkSecrets(sessionSecret, 'admit order link 1');
  return {
    secretOf: ({ id, linkVersion }) => secretOf(`${id}\0${linkVersion}`),
    isSecretOf: ({ id, linkVersion }, given) => isSecretOf(`${id}\0${linkVersion}`, given),
  };
}
