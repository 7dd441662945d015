import { type Refusal, refuse } from './inventory.ts';
import { isGuestNetwork, type Mark } from './marks.ts';
import type { Batch } from './state.ts';

/* Decisions about what several accounts may have together: by network while they hold, by mailbox and by card. */

/** How many places accounts with a confirmed address may hold from one network, for each place of its guests. */
const vouchedFactor = 10;

/** Refuses places that would be too many for their network to hold at once. What is bought counts no more. */
export function overNetwork(batch: Batch, network: Mark | null, places: number): Refusal | null {
  const { placesPerNetwork } = batch.sale;
  if (network === null || placesPerNetwork === 0) return null;
  const limit = isGuestNetwork(network) ? placesPerNetwork : placesPerNetwork * vouchedFactor;
  const held = markedNow(batch, network);
  return held + places > limit ? { ...refuse('network_limit', { limit, held }), network } : null;
}

/**
 * Whether a mailbox or a card would have more places than one buyer may. Without any yet it never is: what is held can
 * be bought, also where the organiser has lowered the limit since.
 */
export function isOverLimit(batch: Batch, mark: Mark | null, places: number): boolean {
  const have = mark === null ? 0 : markedNow(batch, mark);
  return have > 0 && have + places > batch.sale.maxPerBuyer;
}

export const markedNow = ({ state, changes }: Batch, mark: Mark): number =>
  (state.marked.get(mark) ?? 0) + (changes.marked.get(mark) ?? 0);

export function countMark({ changes }: Batch, mark: Mark | null, places: number): void {
  if (mark !== null) changes.marked.set(mark, (changes.marked.get(mark) ?? 0) + places);
}
