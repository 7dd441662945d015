import { Refused } from '../../../contract/errors.ts';
import type { EventId, Id } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { selectLinksBesides } from './store.ts';

/**
 * Refuses if a valid link of the event scans at another checkpoint than these: the others are about to be removed, and each scan of
 * the link's devices would be refused.
 */
export async function requireNoLinkBesides(
  trx: Transaction,
  eventId: EventId,
  checkpointIds: Id<'checkpoint'>[],
  now: Date,
): Promise<void> {
  const links = await selectLinksBesides(trx, eventId, checkpointIds, now);
  if (links.length === 0) return;
  const labels = links.slice(0, 5).map(({ label }) => label);
  throw new Refused('checkpoint_in_use', {
    detail: `These door links scan at a checkpoint that you remove: ${labels.join(', ')}.`,
    links: links.map(({ id }) => id),
  });
}
