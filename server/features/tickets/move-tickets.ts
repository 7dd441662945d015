import type { UserId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { moveHeld } from './holder-store.ts';

/** Gives the tickets that a guest received or opened to an account. */
export const moveTickets = (trx: Transaction, from: UserId, to: UserId): Promise<void> =>
  moveHeld(trx, from, to);
