import { createHmac } from 'node:crypto';
import type { WaitlistEntryId } from '../../../contract/ids.ts';
import { equalInConstantTime } from '../accounts/caller-cookie.ts';

/**
 * The secret in the link of an offer's mail: whoever has it may take the offer, on any device. It follows from the server's
 * secret and the entry, so it is stored nowhere.
 */
export interface OfferLinks {
  /** 192 bits as 32 letters, digits, `-` and `_`. */
  secretOf(entryId: WaitlistEntryId): string;
  isSecretOf(entryId: WaitlistEntryId, given: string): boolean;
}

export function createOfferLinks(sessionSecret: string): OfferLinks {
  // A key of its own, so that nothing else that is signed with the secret can ever pass for this.
  const key = createHmac('sha256', sessionSecret).update('admit offer link 1').digest();
  const secretOf: OfferLinks['secretOf'] = (entryId) =>
    createHmac('sha256', key).update(entryId).digest().subarray(0, 24).toString('base64url');
  return { secretOf, isSecretOf: (entryId, given) => equalInConstantTime(given, secretOf(entryId)) };
}
