import type { Block, NewBlock } from '../../../contract/blocks.ts';
import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { selectBlock } from './block-store.ts';
import { namedIn } from './place-hold.ts';
import { showBlock } from './show-block.ts';

/** Takes free places off sale for the team, all or none. A retry with the same Idempotency-Key returns the first block. */
export async function blockPlaces(
  app: App,
  call: Call<{ eventId: EventId }, undefined, NewBlock, 'team'>,
): Promise<Block> {
  const { eventId } = call.params;
  const { label, ...places } = call.body;
  const outcome = await app.ledger.submit(eventId, {
    kind: 'block',
    holdId: app.newId('hold'),
    buyerId: call.caller.userId,
    wants: namedIn(places),
    label,
    actor: call,
    retry: call.retry,
  });
  if (outcome.kind === 'refused') throw new Refused(outcome.code, outcome.members);
  if (outcome.kind !== 'blocked') throw new Error(`a block came out as ${outcome.kind}`);
  const row = await selectBlock(app.db, eventId, outcome.hold.id);
  if (!row) throw new Error(`the block ${outcome.hold.id} was made and is not there`);
  return showBlock(eventId, row);
}
