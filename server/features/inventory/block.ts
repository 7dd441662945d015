import type { BlockId, HoldId, UserId } from '../../../contract/ids.ts';
import type { Parts } from '../../../contract/price.ts';
import type { ActBy } from '../../data/audit-trail.ts';
import { chooseFree } from './choose-lines.ts';
import { type Command, type HoldLine, type Outcome, refuse, seatStatus } from './inventory.ts';
import { noteMoved } from './moved.ts';
import type { Batch } from './state.ts';
import { blockedHold, change, count, movePools, setSeats } from './transitions.ts';
import type { Wants } from './wants.ts';

/*
 * Blocks: places that the team keeps off sale. A block is a hold that never expires, which nobody pays, and which counts
 * for no limit.
 */

export interface BlockCommand {
  kind: 'block';
  holdId: HoldId;
  /** The member of the team. */
  buyerId: UserId;
  wants: Exclude<Wants, { kind: 'best' }>;
  label: string;
  actor: ActBy;
  retry: { key: string; fingerprint: string } | null;
}

export interface UnblockCommand {
  kind: 'unblock';
  holdId: HoldId;
  label: string;
  actor: ActBy;
}

export type TeamCommand = BlockCommand | UnblockCommand;

/** True for commands that change blocks. */
export const isOfTeam = (command: Command): command is TeamCommand =>
  command.kind === 'block' || command.kind === 'unblock';

/** A block has the id of its hold with another prefix. */
export const blockIdOf = (holdId: HoldId): BlockId => `blk_${holdId.slice(4)}`;
export const holdIdOfBlock = (blockId: BlockId): HoldId => `hld_${blockId.slice(4)}`;

/** Decision: blocks free places, all or none. Places that are kept for the waitlist are not free. */
export function block(batch: Batch, command: BlockCommand): Outcome {
  const { sale, state } = batch;
  const { retry } = command;
  const theirs = state.byBuyer.get(command.buyerId) ?? [];
  const earlier = retry && theirs.find((hold) => hold.idempotencyKey === retry.key);
  if (earlier)
    return earlier.fingerprint === retry.fingerprint
      ? { kind: 'blocked', hold: earlier }
      : refuse('idempotency_key_reused');
  if (sale.status === 'cancelled') return refuse('event_cancelled');
  const chosen = chooseFree(sale, state, command.wants, null);
  if ('code' in chosen) return chosen;
  const { holdId: id, buyerId } = command;
  const hold = blockedHold(batch, { id, buyerId, retry, lines: chosen.map(withoutPrice) });
  movePools(batch, hold.lines, 'blocked', 1);
  noteMoved(batch.changes.moved, hold.lines, 'locked');
  setSeats(batch, hold, seatStatus.blocked);
  state.holds.set(hold.id, hold);
  state.byBuyer.set(hold.buyerId, [...theirs, hold]);
  batch.changes.placed.add(hold);
  // It counts for no limit. But a process that remembers the event must look for this key in the database.
  count(batch, hold, 0);
  batch.changes.labels.set(hold.id, command.label);
  batch.changes.placedByTeam++;
  batch.changes.movesBlocked = true;
  batch.facts.blocks.push({ hold, command });
  return { kind: 'blocked', hold };
}

/** Decision: puts the places of a block back on sale. The waitlist is served first. */
export function unblock(batch: Batch, command: UnblockCommand): Outcome {
  const hold = batch.state.holds.get(command.holdId);
  if (hold?.status === 'released') return { kind: 'released' };
  if (hold?.status !== 'blocked') return refuse('not_found');
  movePools(batch, hold.lines, 'blocked', -1);
  noteMoved(batch.changes.moved, hold.lines, 'unlocked');
  setSeats(batch, hold, seatStatus.free);
  hold.status = 'released';
  change(batch, hold);
  batch.freed = true;
  batch.changes.movesBlocked = true;
  batch.facts.blocks.push({ hold, command });
  return { kind: 'released' };
}

const noParts: Parts = { netMinor: 0, taxMinor: 0, feeMinor: 0 };

/** The same places, free of charge. */
export const withoutPrice = ({
  pricing: _,
  promo: __,
  group: ___,
  isChosen: ____,
  ...line
}: HoldLine): HoldLine => ({
  ...line,
  unitMinor: 0,
  parts: noParts,
});
