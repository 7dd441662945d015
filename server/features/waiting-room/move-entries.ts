import type { UserId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { endWorseEntries, giveEntries, lockRoomsOf } from './people-store.ts';

/** Gives a guest's places in queues to the account that the guest signs in to. If both wait, the better place stays. */
export async function moveEntries(trx: Transaction, from: UserId, to: UserId, now: Date): Promise<void> {
  if ((await lockRoomsOf(trx, from)) === 0) return;
  await endWorseEntries(trx, from, to, now);
  await giveEntries(trx, from, to);
}
