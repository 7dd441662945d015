import type { PassId } from '../../../contract/ids.ts';
import { createLinkSecrets } from '../accounts/link-secrets.ts';

/**
 * The authentication token in a pass for Apple Wallet. Whoever has it may read the pass as it is now. It follows from the server's
 * secret, so it is stored nowhere, and nobody finds it by trying serial numbers.
 */
export interface PassTokens {
  secretOf(id: PassId): string;
  isSecretOf(id: PassId, given: string): boolean;
}

export const createPassTokens = (sessionSecret: string): PassTokens =>
  createLinkSecrets(sessionSecret, 'admit apple wallet 1');
