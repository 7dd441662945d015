import type { Block } from '../../../contract/blocks.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { selectBlocks } from './block-store.ts';
import { showBlock } from './show-block.ts';

export async function listBlocks(
  app: App,
  { params: { eventId } }: Call<{ eventId: EventId }, undefined, undefined, 'team'>,
): Promise<{ items: Block[] }> {
  return { items: (await selectBlocks(app.db, eventId)).map((row) => showBlock(eventId, row)) };
}
