import { createHmac } from 'node:crypto';
import type { TransferId } from '../../../contract/ids.ts';
import { equalInConstantTime } from '../accounts/caller-cookie.ts';

/**
 * The secret in the link of the mails about a transfer. Whoever has it may accept or decline the ticket, and open it after
 * the acceptance until it is passed on. It follows from the server's secret and the id, so it is stored nowhere.
 */
export interface TransferLinks {
  /** 192 bits as 32 letters, digits, `-` and `_`. */
  secretOf(id: TransferId): string;
  isSecretOf(id: TransferId, given: string): boolean;
}

export function createTransferLinks(sessionSecret: string): TransferLinks {
  // A key of its own, so that nothing else that is signed with the secret can pass for this.
  const key = createHmac('sha256', sessionSecret).update('admit transfer link 1').digest();
  const secretOf: TransferLinks['secretOf'] = (id) =>
    createHmac('sha256', key).update(id).digest().subarray(0, 24).toString('base64url');
  return { secretOf, isSecretOf: (id, given) => equalInConstantTime(given, secretOf(id)) };
}
