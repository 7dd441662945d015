import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DoorRules, type DoorTicket, plainRules } from '../../../contract/door-rules.ts';
import type { CheckInId, Id, TicketId, TicketTypeId } from '../../../contract/ids.ts';
import { runs } from '../../testing/thorough.ts';
import { type Arrival, settleClaim, type TicketLog } from './movements.ts';

/*
 * What gates without a network did, as a pure function: whatever the order in which they hand their scans in, the same scans
 * count, each right is used at most once, and every other scan is named.
 */

interface Claim {
  /** When it was scanned, by corrected clocks. */
  minute: number;
  direction: 'in' | 'out';
}

const ticket: DoorTicket = {
  ticketTypeId: 'tty_regular' as TicketTypeId,
  issue: 1,
  standing: 'valid',
  isTransferred: false,
  inside: null,
  entrance: { day: null, visit: 0, used: 0, inside: false },
  uses: {},
};

const toArrival = ({ minute, direction }: Claim, n: number): Arrival => ({
  direction,
  day: '2026-12-04',
  issue: 1,
  allowedTypes: null,
  admitsDisputed: false,
  movement: {
    id: `chk_${n}` as CheckInId,
    ticketId: 'tkt_one' as TicketId,
    nonce: `nonce-${n}`,
    kind: 'entry',
    checkpointId: null,
    day: null,
    visit: 0,
    void: 0,
    gate: `Gate ${n % 4}`,
    scannedAt: new Date(minute * 60_000),
    saidAt: null,
    isOffline: true,
    admittedBy: null,
    deviceId: null,
    undoneAt: null,
    isTold: false,
    conflict: null,
  },
});

/** Hands the claims in, in this order. */
function handIn(claims: Claim[], order: number[], rules: DoorRules): TicketLog {
  const log: TicketLog = { state: ticket, movements: [] };
  let conflicts = 0;
  for (const n of order)
    settleClaim(
      log,
      toArrival(claims[n] as Claim, n),
      rules,
      () => 0,
      () => `dcf_${++conflicts}` as Id<'doorConflict'>,
      () => '2026-12-04',
    );
  return log;
}

const countingOf = (log: TicketLog) =>
  log.movements
    .filter((each) => each.void === 0)
    .map(({ nonce, kind, visit }) => `${nonce} ${kind} ${visit}`)
    .sort();
const namedOf = (log: TicketLog) =>
  log.movements
    .flatMap(({ nonce, conflict }) => (conflict && !conflict.isCleared ? `${nonce} ${conflict.code}` : []))
    .sort();

/** Says of the claims, in the order of their times, which ones count. It shares no code with the door. */
function judge(claims: Claim[], { reEntry }: DoorRules): string[] {
  const inOrder = claims
    .map((claim, n) => ({ ...claim, nonce: `nonce-${n}` }))
    .sort((a, b) => a.minute - b.minute || (a.nonce < b.nonce ? -1 : 1));
  let inside = false;
  let visits = 0;
  const counting: string[] = [];
  for (const { direction, nonce } of inOrder) {
    if (direction === 'out') {
      if (!inside) continue;
      inside = false;
      counting.push(`${nonce} exit ${visits}`);
    } else if (!inside && (visits === 0 || reEntry === 'after-exit')) {
      inside = true;
      visits++;
      counting.push(`${nonce} entry ${visits}`);
    }
  }
  return counting.sort();
}

const claims = fc.array(
  fc.record({
    minute: fc.nat({ max: 12 }),
    direction: fc.constantFrom('in' as const, 'in' as const, 'out' as const),
  }),
  { minLength: 1, maxLength: 9 },
);

test.each(['no', 'after-exit'] as const)(
  'with re-entry %s, the order of the hand-ins does not matter',
  (reEntry) => {
    const rules = { ...plainRules, reEntry };
    fc.assert(
      fc.property(
        claims.chain((all) =>
          fc.record({
            all: fc.constant(all),
            order: fc.shuffledSubarray([...all.keys()], { minLength: all.length, maxLength: all.length }),
          }),
        ),
        ({ all, order }) => {
          const log = handIn(all, order, rules);
          expect(countingOf(log)).toEqual(judge(all, rules));
          // Every scan that does not count is named, once, and no other.
          expect(namedOf(log)).toHaveLength(all.length - countingOf(log).length);
          const others = log.movements.filter((each) => each.void > 0);
          expect(others.every(({ conflict }) => conflict && !conflict.isCleared)).toBe(true);
          expect(new Set(log.movements.map((each) => `${each.kind} ${each.visit} ${each.void}`)).size).toBe(
            all.length,
          );
        },
      ),
      { numRuns: runs(2000, 50_000) },
    );
  },
);
