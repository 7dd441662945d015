import type { TransferId } from '../../../contract/ids.ts';
import { createLinkSecrets } from '../accounts/link-secrets.ts';

/**
 * The secret in the link of the mails about a transfer. Whoever has it may accept or decline the ticket, and open it after
 * the acceptance until it is passed on.
 */
export interface TransferLinks {
  secretOf(id: TransferId): string;
  isSecretOf(id: TransferId, given: string): boolean;
}

export const createTransferLinks = (sessionSecret: string): TransferLinks =>
  createLinkSecrets(sessionSecret, 'admit transfer link 1');
