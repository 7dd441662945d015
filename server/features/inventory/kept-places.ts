import { freeIn } from './free-places.ts';
import { type HoldLine, type HoldRecord, seatStatus } from './inventory.ts';
import { noteMoved } from './moved.ts';
import type { Batch, LedgerState } from './state.ts';
import { blockedHold, change, movePools, setSeats, touchVoucher } from './transitions.ts';
import { endOf, keptHoldId, type Voucher } from './voucher.ts';

/*
 * Places that are kept for vouchers. While a voucher may be used, as many places are blocked for it as it has unused uses. A hold
 * with the voucher takes them, and a use that comes back brings its place back, before anybody else can take it.
 */

/** The voucher that places of the hold were taken with; undefined if there is none. */
export function voucherOf(
  { state }: Pick<Batch, 'state'>,
  { lines }: Pick<HoldRecord, 'lines'>,
): Voucher | undefined {
  const promo = lines.find((line) => line.promo?.isVoucher)?.promo;
  return promo && state.vouchers?.byPool.get(promo.poolId);
}

/** How many places of these lines come out of those that the voucher keeps. */
export const keptIn = ({ keeps, hold }: Voucher, lines: HoldLine[]): number =>
  keeps && hold ? Math.min(hold.places, placesWithCode(lines)) : 0;

/** How many places of these lines are uses of a voucher. */
export const placesWithCode = (lines: HoldLine[]): number =>
  lines.reduce((sum, { promo, quantity }) => sum + (promo?.isVoucher ? quantity : 0), 0);

/** The pools and seats as they would be if the voucher gave these lines what it keeps for them, and other lines nothing. */
export function withKeptFor<State extends Pick<LedgerState, 'pools' | 'seats'>>(
  state: State,
  voucher: Voucher | undefined,
  lines: HoldLine[],
): State {
  const [kept] = voucher?.hold?.lines ?? [];
  const quantity = voucher ? keptIn(voucher, lines) : 0;
  return kept && quantity > 0 ? withFree(state, { lines: [{ ...kept, quantity }] }) : state;
}

/** The pools and seats as they would be without these blocked places. */
export function withFree<State extends Pick<LedgerState, 'pools' | 'seats'>>(
  state: State,
  { lines }: Pick<HoldRecord, 'lines'>,
): State {
  const pools = new Map(state.pools);
  const numbered = lines.some((line) => line.seats);
  const seats = numbered ? (state.seats?.slice() ?? null) : state.seats;
  for (const line of lines) {
    for (const id of line.pools) {
      const pool = pools.get(id);
      if (pool) pools.set(id, { ...pool, blocked: pool.blocked - line.quantity });
    }
    for (const index of line.seats ?? []) if (seats) seats[index] = seatStatus.free;
  }
  return { ...state, pools, seats };
}

/** Frees kept places. The caller gives them to the voucher's buyer, or the voucher has ended. */
export function freeKept(batch: Batch, voucher: Voucher, quantity: number): void {
  const { hold } = voucher;
  const [line] = hold?.lines ?? [];
  if (!hold || !line || quantity === 0) return;
  const gone = [{ ...line, quantity }];
  movePools(batch, gone, 'blocked', -1);
  noteMoved(batch.changes.moved, gone, 'unlocked');
  setSeats(batch, { id: hold.id, lines: gone }, seatStatus.free);
  // A released hold keeps its lines, because they say what it was.
  if (quantity === hold.places) {
    hold.status = 'released';
    voucher.hold = null;
  } else {
    hold.places -= quantity;
    hold.lines = [{ ...line, quantity: hold.places }];
  }
  change(batch, hold);
  batch.freed = true;
  batch.changes.movesBlocked = true;
  touchVoucher(batch, voucher);
}

/**
 * Blocks places for vouchers whose uses have come back, and frees those of vouchers that have ended. It runs after each command,
 * before the waitlist is served, so nobody else can take a place in between. If the place of a use is gone (its ticket was
 * resold), the voucher keeps fewer places.
 */
export function settleVouchers(batch: Batch): void {
  for (const voucher of batch.touched) {
    if (!voucher.keeps) continue;
    const { capacity, held, sold } = voucher.pool;
    const kept = voucher.hold?.places ?? 0;
    const wanted = endOf(voucher, batch.now) ? 0 : capacity - held - sold;
    if (wanted < kept) freeKept(batch, voucher, kept - wanted);
    else keep(batch, voucher, Math.min(wanted - kept, freeFor(batch, voucher.keeps)));
  }
  batch.touched.clear();
}

/** How many more places of this kind are free. */
export function freeFor({ state }: Pick<Batch, 'state'>, { pools, seats }: HoldLine): number {
  if (seats?.some((index) => state.seats?.[index] !== seatStatus.free)) return 0;
  const counts = pools.map((id) => state.pools.get(id));
  return Math.max(0, Math.min(...counts.map((pool) => (pool ? freeIn(pool) : 0))));
}

function keep(batch: Batch, voucher: Voucher, quantity: number): void {
  if (quantity <= 0 || !voucher.keeps) return;
  const more = [{ ...voucher.keeps, quantity }];
  movePools(batch, more, 'blocked', 1);
  noteMoved(batch.changes.moved, more, 'locked');
  if (voucher.hold) {
    voucher.hold.places += quantity;
    voucher.hold.lines = [{ ...voucher.keeps, quantity: voucher.hold.places }];
    change(batch, voucher.hold);
  } else {
    voucher.hold = keptHold(batch, voucher, more);
    batch.changes.placed.add(voucher.hold);
    batch.changes.placedByTeam++;
  }
  setSeats(batch, { id: voucher.hold.id, lines: more }, seatStatus.blocked);
  batch.changes.movesBlocked = true;
  batch.changes.vouchers.add(voucher);
}

const keptHold = (batch: Batch, voucher: Voucher, lines: HoldLine[]): HoldRecord =>
  blockedHold(batch, { id: keptHoldId(voucher.id, ++voucher.holdNumber), buyerId: voucher.madeBy, lines });
