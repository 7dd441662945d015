import { Refused } from '../../../contract/errors.ts';
import type { BlockId, EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { holdIdOfBlock } from './block.ts';
import { selectBlock } from './block-store.ts';

/** Puts the places of a block back on sale. A released block is no error. */
export async function releaseBlock(
  app: App,
  call: Call<{ eventId: EventId; blockId: BlockId }, undefined, undefined, 'team'>,
): Promise<undefined> {
  const { eventId, blockId } = call.params;
  const row = await selectBlock(app.db, eventId, holdIdOfBlock(blockId));
  if (!row) throw new Refused('not_found');
  const outcome = await app.ledger.submit(eventId, {
    kind: 'unblock',
    holdId: row.hold_id,
    label: row.label,
    actor: call,
  });
  if (outcome.kind === 'refused') throw new Refused(outcome.code, outcome.members);
}
