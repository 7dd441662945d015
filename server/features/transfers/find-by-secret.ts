import { Refused } from '../../../contract/errors.ts';
import type { TransferId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { findTransfer } from './store.ts';
import type { TransferRow } from './transfer.ts';

/** Reads a transfer for a person with its secret. A wrong secret and no such transfer get the same answer. */
export async function findBySecret(
  app: Pick<App, 'db' | 'transferLinks'>,
  call: { params: { transferId: TransferId }; body: { secret: string } },
): Promise<TransferRow> {
  const { transferId } = call.params;
  const isRight = app.transferLinks.isSecretOf(transferId, call.body.secret);
  const row = await findTransfer(app.db, transferId);
  if (!row || !isRight) throw new Refused('not_found');
  return row;
}
