import type { UserId } from '../../../contract/ids.ts';
import type { Transfer } from '../../../contract/transfers.ts';
import type { App } from '../../app.ts';
import { selectOfUser } from './store.ts';
import { showTransfer } from './transfer.ts';

/** Lists the transfers that a person started or accepted, for the export of their data. */
export async function listOwnTransfers(app: App, userId: UserId): Promise<Transfer[]> {
  const now = app.clock.now();
  return (await selectOfUser(app.db, userId)).map((row) => showTransfer(row, now));
}
