import { type PoolId, seatId, type TicketTypeId } from '../../../contract/ids.ts';
import { mostVouchersOfEvent } from '../../../contract/voucher-fields.ts';
import { withoutPrice } from './block.ts';
import { chooseFree } from './choose-lines.ts';
import { type HoldLine, type Outcome, type Pool, type Refusal, refuse } from './inventory.ts';
import { settleVouchers } from './kept-places.ts';
import type { Batch, MadeBatch } from './state.ts';
import { touchVoucher } from './transitions.ts';
import { type ChangeVouchersCommand, type MakeVouchersCommand, seatApart, type Voucher } from './voucher.ts';
import type { Wants } from './wants.ts';

const mostNamed = 20;

/**
 * Decision: makes a portion of a batch of vouchers, all or none. The first portion decides for the whole batch whether the event may
 * have so many. Places that they keep must be free now.
 */
export function makeVouchers(batch: Batch, command: MakeVouchersCommand): Outcome {
  const { sale, state } = batch;
  const { vouchers, retry, from, total } = command;
  state.voucherBatches ??= [];
  const earlier = state.voucherBatches.find((each) =>
    from > 0 ? each.id === command.batchId : each.key === retry?.key && each.madeBy === command.madeBy,
  );
  if (from > 0 && !earlier) return refuse('not_found');
  if (earlier && from === 0 && earlier.fingerprint !== retry?.fingerprint)
    return refuse('idempotency_key_reused');
  // A retry has made this portion already, or a second request makes the same batch at the same time.
  if (earlier && earlier.written !== from) return { kind: 'vouchers', made: earlier.made, batch: earlier };
  if (sale.status === 'cancelled') return refuse('event_cancelled');
  const have = state.vouchersMade ?? 0;
  if (!earlier && have + total > mostVouchersOfEvent)
    return refuse('too_many_codes', { limit: mostVouchersOfEvent, have });
  const promos = new Set(sale.promoCodes.map(({ code }) => code));
  const taken = vouchers.filter(({ code }) => promos.has(code) || state.vouchers?.byCode.has(code));
  if (taken.length > 0)
    return refuse('code_taken', { codes: taken.slice(0, mostNamed).map(({ code }) => code) });
  const [first] = vouchers;
  if (!first) return refuse('invalid_request');
  const unknown = whatIsUnknown(batch, vouchers);
  if (unknown) return unknown;
  const keeps = command.keepsPlaces ? placesToKeep(batch, vouchers) : null;
  if (keeps && 'code' in keeps) return keeps;
  state.vouchers ??= { byCode: new Map(), byPool: new Map() };
  // The pools may be those that the process keeps, which are no vouchers' pools.
  state.pools = new Map([...state.pools, ...vouchers.map(({ pool }): [PoolId, Pool] => [pool.id, pool])]);
  for (const voucher of vouchers) {
    voucher.keeps = keeps?.(voucher) ?? null;
    state.vouchers.byCode.set(voucher.code, voucher);
    state.vouchers.byPool.set(voucher.pool.id, voucher);
    touchVoucher(batch, voucher);
  }
  const made = earlier ?? newBatch(command);
  made.written += vouchers.length;
  if (!earlier) {
    state.voucherBatches.push(made);
    state.vouchersMade = have + total;
    batch.facts.vouchers.push({ command, count: total });
  }
  batch.changes.voucherBatches.add(made);
  settleVouchers(batch);
  return { kind: 'vouchers', made: total, batch: made };
}

const newBatch = ({ batchId, madeBy, retry, total }: MakeVouchersCommand): MadeBatch => ({
  id: batchId,
  madeBy,
  key: retry?.key ?? null,
  fingerprint: retry?.fingerprint ?? null,
  made: total,
  written: 0,
});

/** Decision: ends vouchers, or changes their end, uses or budget. One that was revoked stays so. */
export function changeVouchers(batch: Batch, command: ChangeVouchersCommand): Outcome {
  const wanted = new Set(command.voucherIds);
  const found = [...(batch.state.vouchers?.byPool.values() ?? [])].filter(({ id }) => wanted.has(id));
  const changed = found.filter((voucher) => apply(voucher, command.change, batch.now));
  for (const voucher of changed) touchVoucher(batch, voucher);
  if (changed.length > 0) batch.facts.vouchers.push({ command, count: changed.length });
  return { kind: 'vouchers', made: changed.length, batch: null };
}

/** False if nothing changes. What was given away with the code stays: it has at least the uses and the money of its tickets. */
function apply(voucher: Voucher, change: ChangeVouchersCommand['change'], now: Date): boolean {
  if (voucher.revokedAt) return false;
  if ('revoke' in change) {
    voucher.revokedAt = now;
    return true;
  }
  const { pool } = voucher;
  const { validUntil = voucher.validUntil, budgetMinor: budget = voucher.budgetMinor } = change;
  // A seat is sold once.
  const uses = voucher.seat !== null ? pool.capacity : (change.uses ?? pool.capacity);
  const after = {
    validUntil,
    budgetMinor: budget === null ? null : Math.max(budget, voucher.offMinor),
    uses: Math.max(uses, pool.held + pool.sold),
  };
  const isSame =
    voucher.validUntil?.getTime() === after.validUntil?.getTime() &&
    voucher.budgetMinor === after.budgetMinor &&
    pool.capacity === after.uses;
  if (isSame) return false;
  voucher.validUntil = after.validUntil;
  voucher.budgetMinor = after.budgetMinor;
  pool.capacity = after.uses;
  return true;
}

function whatIsUnknown({ sale }: Batch, vouchers: Voucher[]): Refusal | null {
  // A code keeps no extras, because it reduces none.
  const known = new Set(sale.ticketTypes.flatMap(({ id, product }) => (product ? [] : id)));
  // All codes of a portion are for the same types.
  const unknown = vouchers[0]?.ticketTypeIds?.find((id) => !known.has(id));
  if (unknown) return refuse('unknown_ticket_type', { ticketTypeId: unknown });
  const { seat } =
    vouchers.find((each) => each.seat !== null && sale.seats?.zoneOf[each.seat] === undefined) ?? {};
  return seat === undefined || seat === null
    ? null
    : refuse('unknown_seat', { seatId: seatId(sale.eventId, seat) });
}

/** The line of one kept place of each code. All of them must be free together. */
function placesToKeep(
  { sale, state }: Batch,
  vouchers: Voucher[],
): ((voucher: Voucher) => HoldLine | null) | Refusal {
  const [ticketTypeId] = vouchers[0]?.ticketTypeIds ?? [];
  const seats = vouchers.flatMap(({ seat }) => seat ?? []);
  if (seats.length === 0 && !ticketTypeId) return refuse('invalid_request');
  const quantity = vouchers.reduce((sum, { pool }) => sum + pool.capacity, 0);
  const wants: Wants =
    seats.length === 0
      ? { kind: 'items', items: [{ ticketTypeId: ticketTypeId as TicketTypeId, quantity }] }
      : {
          kind: 'seats',
          seats: seats.map((seat) => ({ seatId: seatId(sale.eventId, seat), ticketTypeId })),
        };
  const lines = chooseFree(sale, state, wants, null);
  if ('code' in lines) return lines;
  const places = lines.map(withoutPrice);
  const [first] = places;
  if (!first) return refuse('invalid_request');
  if (seats.length === 0) return () => ({ ...first, quantity: 1 });
  const bySeat = new Map(
    places.flatMap((line) =>
      (line.seats ?? []).map((seat) => [seat, seatApart(line, seat)[0] as HoldLine] as const),
    ),
  );
  return ({ seat }) => (seat === null ? null : (bySeat.get(seat) ?? null));
}
