import type { UserId } from '../../../contract/ids.ts';
import { type HoldRecord, type Refusal, refuse } from './inventory.ts';
import type { LedgerState } from './state.ts';

/** Decision: the buyer's own hold, if its places and prices may still change: it is active and not ordered yet. */
export function changeableHold(
  state: Pick<LedgerState, 'holds'>,
  { holdId, buyerId }: { holdId: HoldRecord['id']; buyerId: UserId },
): HoldRecord | Refusal {
  const hold = state.holds.get(holdId);
  if (!hold || hold.buyerId !== buyerId) return refuse('not_found');
  if (hold.status === 'expired') return refuse('hold_expired');
  if (hold.status !== 'active') return refuse('hold_ended');
  return hold.ordered ? refuse('already_ordered') : hold;
}
