import { createHmac } from 'node:crypto';
import type { OrderId } from '../../../contract/ids.ts';
import { equalInConstantTime } from '../accounts/caller-cookie.ts';

/**
 * The secret in the links of an order's mails: whoever has it may do what the buyer may. It follows from the server's
 * secret, the order and the version of its links, so it is stored nowhere and a new version ends it.
 */
export interface OrderLinks {
  /** 192 bits as 32 letters, digits, `-` and `_`. */
  secretOf(order: { id: OrderId; linkVersion: number }): string;
  isSecretOf(order: { id: OrderId; linkVersion: number }, given: string): boolean;
}

export function createOrderLinks(sessionSecret: string): OrderLinks {
  // A key of its own, so that nothing else that is signed with the secret can ever pass for this.
  const key = createHmac('sha256', sessionSecret).update('admit order link 1').digest();
  const secretOf: OrderLinks['secretOf'] = ({ id, linkVersion }) =>
    createHmac('sha256', key).update(`${id}\0${linkVersion}`).digest().subarray(0, 24).toString('base64url');
  return { secretOf, isSecretOf: (order, given) => equalInConstantTime(given, secretOf(order)) };
}
