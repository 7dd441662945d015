import type { Journal, Refusal, Sample, Visit } from '../../server/features/rehearsals/journal.ts';
import { idleSecondsOf } from '../../server/features/waiting-room/signs.ts';

/** So many places may come free and be taken again between two looks at the counts. */
const flicker = 20;
const aroundMs = 1000;

const idleMs = idleSecondsOf(600) * 1000;

/** Why a refusal was wrong; null if it was right, or only asked to come back and the person was served. */
export function whyWrong(
  refusal: Refusal,
  visit: Pick<Visit, 'activeUntilMs' | 'end'>,
  { samples, plan }: Pick<Journal, 'samples' | 'plan'>,
  takenMs: Map<number, number> | null,
): string | null {
  const { code, quantity, sentMs, atMs, seats = [] } = refusal;
  switch (code) {
    case 'sold_out': {
      const free = leastFree(samples, plan.seats, [sentMs - aroundMs, atMs + aroundMs]);
      return free !== null && free >= quantity + flicker ? `while ${free} places were free` : null;
    }
    case 'seats_taken':
      return takenMs === null || seats.some((seat) => (takenMs.get(seat) ?? Number.POSITIVE_INFINITY) <= atMs)
        ? null
        : 'and nobody had held one of these seats';
    case 'not_admitted':
      // Whoever shows no sign of life for so long loses the turn (docs/waiting-room.md).
      return visit.activeUntilMs > atMs && refusal.quietMs < idleMs
        ? `with an admission until ${seconds(visit.activeUntilMs)} s (${refusal.reason})`
        : null;
    case 'busy':
    case 'proof_required':
    case 'unavailable':
    case 'no_answer':
      return visit.end === 'refused' ? 'and was never served' : null;
    case 'hold_again_later':
      return null;
    case 'queue_ended':
      return atMs >= plan.endsMs ? null : 'before the end of the sale';
    default:
      return 'and keeps every limit';
  }
}

/**
 * The fewest free places between two looks, of which one was before the time and one after it: thousands of places may be held
 * between two looks. Null if nobody looked before or afterwards.
 */
function leastFree(samples: Sample[], seats: number, [fromMs, toMs]: [number, number]): number | null {
  const first = samples.findLastIndex((at) => at.atMs <= fromMs);
  const last = samples.findIndex((at) => at.atMs >= toMs);
  if (first === -1 || last === -1) return null;
  const around = samples.slice(first, last + 1);
  return Math.min(...around.map(({ holds, sold }) => seats - holds - sold));
}

export const seconds = (ms: number): number => Math.round(ms / 1000);
