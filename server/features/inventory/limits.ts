import type { EventSale } from '../sale/event-sale.ts';
import { type HoldRecord, type Refusal, refuse } from './inventory.ts';
import { isGuestNetwork, type Mark } from './marks.ts';
import type { Batch } from './state.ts';

/* Decisions about limits across accounts: per network for held places, per mailbox and per card for bought ones. */

/** How many times more places accounts with a confirmed address may hold per network than guests. */
const vouchedFactor = 10;

/**
 * Refuses places beyond what one buyer may have. `have` are the buyer's other places. Extras are no places: whoever has more tickets
 * than a limit that was lowered since may buy them.
 */
export function overBuyer(
  sale: Pick<EventSale, 'maxPerBuyer'>,
  have: number,
  places: number,
): Refusal | null {
  if (places > 0 && have + places > sale.maxPerBuyer)
    return refuse('limit_reached', { limit: sale.maxPerBuyer, have });
  return null;
}

/** Refuses places beyond what a network may hold at once. Bought places do not count. */
export function overNetwork(batch: Batch, network: Mark | null, places: number): Refusal | null {
  const { placesPerNetwork } = batch.sale;
  if (network === null || placesPerNetwork === 0) return null;
  const limit = isGuestNetwork(network) ? placesPerNetwork : placesPerNetwork * vouchedFactor;
  const held = markedNow(batch, network);
  return held + places > limit ? { ...refuse('network_limit', { limit, held }), network } : null;
}

/**
 * True if these places would exceed what one buyer may have for a mailbox or card. It is never true for a mark
 * without places: a held place can be bought, even if the organiser has lowered the limit since.
 */
export function isOverLimit(batch: Batch, mark: Mark | null, places: number): boolean {
  const have = mark === null ? 0 : markedNow(batch, mark);
  return places > 0 && have > 0 && have + places > batch.sale.maxPerBuyer;
}

export const markedNow = ({ state, changes }: Batch, mark: Mark): number =>
  (state.marked.get(mark) ?? 0) + (changes.marked.get(mark) ?? 0);

export function countMark({ changes }: Batch, mark: Mark | null, places: number): void {
  if (mark !== null) changes.marked.set(mark, (changes.marked.get(mark) ?? 0) + places);
}

/**
 * What a hold counts for its network. A hold of extras alone counts as one place, so that a network cannot hold a whole stock with
 * many of them.
 */
export const weightOf = ({ places }: Pick<HoldRecord, 'places'>): number => Math.max(1, places);

/** The places of a hold that count against its buyer's limit. */
export const livePlaces = (hold: HoldRecord): number =>
  hold.status === 'active' || hold.status === 'confirmed' ? hold.places - hold.returned : 0;
