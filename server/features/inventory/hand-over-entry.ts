import type { EventId, HoldId, UserId, WaitlistEntryId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { enqueueEffects } from '../../data/outbox.ts';
import { offerIdOf } from './line.ts';
import { moveEntry } from './line-store.ts';

/**
 * Gives an open entry and its offer to another person, who has proved with the link of the mail that they are the one who
 * waits. An offer that is ordered already stays with its buyer. Handing it over twice changes nothing.
 */
export const handOverEntry = (
  app: Pick<App, 'db' | 'clock'>,
  entry: { id: WaitlistEntryId; eventId: EventId; holdId: HoldId | null; from: UserId },
  to: UserId,
): Promise<void> =>
  app.db.transaction(async (trx) => {
    const { id, eventId, from } = entry;
    const holdId = offerIdOf(entry);
    const { hasHold } = await moveEntry(trx, { id, eventId, holdId }, to);
    if (!hasHold) return;
    const moved = { type: 'admit.holds.moved.v1' as const, eventId, data: { from, to, holdIds: [holdId] } };
    enqueueEffects(trx, [moved], app.clock.now());
  });
