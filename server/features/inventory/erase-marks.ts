import type { EventId, HoldId } from '../../../contract/ids.ts';
import type { Writes } from '../../data/db.ts';
import { enqueueEffects } from '../../data/outbox.ts';
import { clearMarks } from './marks-store.ts';

/** Erases the marks of mailbox and card from holds of an event that is over. */
export function eraseMarks(trx: Writes, eventId: EventId, holdIds: HoldId[], now: Date): void {
  clearMarks(trx, eventId, holdIds);
  enqueueEffects(trx, [{ type: 'admit.holds.erased.v1', eventId, data: { holds: holdIds.length } }], now);
}
