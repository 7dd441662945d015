import type { TeamCommand } from '../../server/features/inventory/block.ts';
import type { Outcome } from '../../server/features/inventory/inventory.ts';
import type { Model, ModelHold, NewHold } from './model.ts';
import { whyNotBlock } from './wishes.ts';

/** Checks what the ledger has answered to a command of the team, and records it in the model. */
export function judgeTeam(
  model: Model,
  command: TeamCommand,
  outcome: Outcome,
  work: { begin: (hold: NewHold) => string | null; leave: (hold: ModelHold) => void },
): string | null {
  const given = outcome.kind === 'refused' ? outcome.code : outcome.kind;
  if (command.kind === 'unblock') {
    const block = model.holds.find(({ id }) => id === command.holdId);
    const known = block && (block.state === 'blocked' || block.state === 'let go');
    if (block?.state === 'blocked') {
      work.leave(block);
      // Nobody's clock runs for what the team has blocked.
      block.ended = null;
    }
    return given === (known ? 'released' : 'not_found') ? null : `unblocking came out as ${given}`;
  }
  const { retry, buyerId } = command;
  const earlier = retry && model.holds.find((hold) => hold.buyer === buyerId && hold.key === retry.key);
  if (earlier) {
    const same = outcome.kind === 'blocked' && outcome.hold.id === earlier.id;
    return (earlier.asked === retry.fingerprint ? same : given === 'idempotency_key_reused')
      ? null
      : `blocked again, ${earlier.id} became ${given}`;
  }
  const reasons = whyNotBlock(model, command.wants);
  if (outcome.kind === 'refused')
    return reasons.includes(given) ? null : `not blocked by ${given} (true: ${reasons.join(', ') || 'none'})`;
  if (outcome.kind !== 'blocked') return `blocking came out as ${given}`;
  if (reasons.length > 0) return `blocked in spite of ${reasons.join(', ')}`;
  const { id, lines } = outcome.hold;
  if (lines.some(({ unitMinor }) => unitMinor > 0)) return `the block ${id} has a price`;
  return work.begin({
    id,
    buyer: buyerId,
    lines,
    dueMs: 0,
    state: 'blocked',
    key: retry?.key ?? null,
    asked: retry?.fingerprint ?? null,
  });
}
