import { Refused } from '../../../contract/errors.ts';
import type { HoldId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import type { HoldRecord } from './inventory.ts';
import { findHold } from './store.ts';

/** Reads a hold as it is stored, for its holder. Throws Refused('not_found') for everybody else's. */
export async function readOwnHold(
  app: Pick<App, 'db'>,
  holdId: HoldId,
  { userId }: Caller,
): Promise<HoldRecord> {
  const hold = await findHold(app.db, holdId);
  if (hold?.buyerId !== userId) throw new Refused('not_found');
  return hold;
}
