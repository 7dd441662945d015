import { type PoolId, seatId } from '../../../contract/ids.ts';
import { withoutPrice } from './block.ts';
import { chooseFree } from './choose-lines.ts';
import { type HoldLine, type Outcome, type Pool, type Refusal, refuse } from './inventory.ts';
import { settleVouchers } from './kept-places.ts';
import type { Batch } from './state.ts';
import { touchVoucher } from './transitions.ts';
import type { ChangeVouchersCommand, MakeVouchersCommand, Voucher } from './voucher.ts';
import type { Wants } from './wants.ts';

const mostNamed = 20;

/** Decision: makes vouchers, all or none. Places that they keep must be free now. */
export function makeVouchers(batch: Batch, command: MakeVouchersCommand): Outcome {
  const { sale, state } = batch;
  const { vouchers, retry } = command;
  const earlier = state.voucherBatches?.find(
    (each) => each.key === retry?.key && each.madeBy === command.madeBy,
  );
  if (retry && earlier)
    return earlier.fingerprint === retry.fingerprint
      ? { kind: 'vouchers', made: earlier.made, batchId: earlier.id }
      : refuse('idempotency_key_reused');
  if (sale.status === 'cancelled') return refuse('event_cancelled');
  const promos = new Set(sale.promoCodes.map(({ code }) => code));
  const taken = vouchers.filter(({ code }) => promos.has(code) || state.vouchers?.byCode.has(code));
  if (taken.length > 0)
    return refuse('code_taken', { codes: taken.slice(0, mostNamed).map(({ code }) => code) });
  const [first] = vouchers;
  if (!first) return refuse('invalid_request');
  const unknown = whatIsUnknown(batch, first);
  if (unknown) return unknown;
  const keeps = command.keepsPlaces ? placeToKeep(batch, vouchers) : null;
  if (keeps && 'code' in keeps) return keeps;
  state.vouchers ??= { byCode: new Map(), byPool: new Map() };
  // The pools may be those that the process keeps, which are no vouchers' pools.
  state.pools = new Map([...state.pools, ...vouchers.map(({ pool }): [PoolId, Pool] => [pool.id, pool])]);
  for (const voucher of vouchers) {
    voucher.keeps = keeps;
    state.vouchers.byCode.set(voucher.code, voucher);
    state.vouchers.byPool.set(voucher.pool.id, voucher);
    touchVoucher(batch, voucher);
  }
  batch.changes.voucherBatches.push(command);
  settleVouchers(batch);
  batch.facts.vouchers.push({ command, count: vouchers.length });
  return { kind: 'vouchers', made: vouchers.length, batchId: command.batchId };
}

/** Decision: ends vouchers, or gives them another end. One that was revoked stays so. */
export function changeVouchers(batch: Batch, command: ChangeVouchersCommand): Outcome {
  const wanted = new Set(command.voucherIds);
  const found = [...(batch.state.vouchers?.byPool.values() ?? [])].filter(({ id }) => wanted.has(id));
  const changed = found.filter((voucher) => apply(voucher, command.change, batch.now));
  for (const voucher of changed) touchVoucher(batch, voucher);
  if (changed.length > 0) batch.facts.vouchers.push({ command, count: changed.length });
  return { kind: 'vouchers', made: changed.length, batchId: null };
}

/** False if nothing changes. */
function apply(voucher: Voucher, change: ChangeVouchersCommand['change'], now: Date): boolean {
  if (voucher.revokedAt) return false;
  if ('revoke' in change) voucher.revokedAt = now;
  else if (voucher.validUntil?.getTime() === change.validUntil?.getTime()) return false;
  else voucher.validUntil = change.validUntil;
  return true;
}

function whatIsUnknown({ sale }: Batch, { ticketTypeIds, seat }: Voucher): Refusal | null {
  // A code keeps no extras, because it reduces none.
  const known = new Set(sale.ticketTypes.flatMap(({ id, product }) => (product ? [] : id)));
  const unknown = ticketTypeIds?.find((id) => !known.has(id));
  if (unknown) return refuse('unknown_ticket_type', { ticketTypeId: unknown });
  if (seat !== null && sale.seats?.zoneOf[seat] === undefined)
    return refuse('unknown_seat', { seatId: seatId(sale.eventId, seat) });
  return null;
}

/** The line of one kept place. All of them must be free together. */
function placeToKeep({ sale, state }: Batch, vouchers: Voucher[]): HoldLine | Refusal {
  const [{ seat, ticketTypeIds } = { seat: null, ticketTypeIds: null }] = vouchers;
  const [ticketTypeId] = ticketTypeIds ?? [];
  const quantity = vouchers.reduce((sum, { pool }) => sum + pool.capacity, 0);
  if (seat === null && !ticketTypeId) return refuse('invalid_request');
  const wants: Wants =
    seat === null
      ? {
          kind: 'items',
          items: [{ ticketTypeId: ticketTypeId as NonNullable<typeof ticketTypeId>, quantity }],
        }
      : { kind: 'seats', seats: [{ seatId: seatId(sale.eventId, seat), ticketTypeId }] };
  const lines = chooseFree(sale, state, wants, null);
  if ('code' in lines) return lines;
  const [line] = lines.map(withoutPrice);
  return line ? { ...line, quantity: 1 } : refuse('invalid_request');
}
