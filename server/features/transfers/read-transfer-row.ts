import type { TransferId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { findTransfer } from './store.ts';
import type { TransferRow } from './transfer.ts';

/** Reads a transfer for another feature, which writes to its people. */
export const readTransferRow = (db: Queryable, id: TransferId): Promise<TransferRow | null> =>
  findTransfer(db, id);
