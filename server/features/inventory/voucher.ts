import type {
  HoldId,
  PoolId,
  TicketTypeId,
  UserId,
  VoucherBatchId,
  VoucherId,
} from '../../../contract/ids.ts';
import type { ActBy } from '../../data/audit-trail.ts';
import type { SalePromoCode } from '../sale/event-sale.ts';
import type { Command, HoldLine, HoldRecord, Pool } from './inventory.ts';

/*
 * Vouchers: codes that the team makes in bulk (docs/codes.md). The uses of a voucher are a pool, like those of a promo code. A
 * voucher may keep places: they are blocked for it, by a hold of its own, while it may be used.
 */

export interface Voucher {
  id: VoucherId;
  code: string;
  batchId: VoucherBatchId;
  tag: string;
  /** Counts the tickets that are held and sold with it. Its capacity is the number of uses. */
  pool: Pool;
  percentOff: number | null;
  amountOffMinor: number | null;
  /** The organiser's price of each ticket with it. */
  priceMinor: number | null;
  /** The ticket types that it is for, hidden ones among them; null: every type that is not hidden. */
  ticketTypeIds: TicketTypeId[] | null;
  /** The index of the only seat that it is for. */
  seat: number | null;
  /** The most money that it takes off in all, and what it has taken off the tickets that are held and sold. */
  budgetMinor: number | null;
  offMinor: number;
  /** One of the places that are kept for it; null if it keeps none. Its pools are those of the day when it was made. */
  keeps: HoldLine | null;
  /** Blocks the places of its unused uses; null if none is blocked. */
  hold: HoldRecord | null;
  /** How many such holds there were. */
  holdNumber: number;
  validUntil: Date | null;
  revokedAt: Date | null;
  madeBy: UserId;
}

/** The vouchers that a batch may change. A batch without any has none of this. */
export interface Vouchers {
  byCode: Map<string, Voucher>;
  byPool: Map<PoolId, Voucher>;
}

export const vouchersOf = (vouchers: Voucher[]): Vouchers => ({
  byCode: new Map(vouchers.map((voucher) => [voucher.code, voucher])),
  byPool: new Map(vouchers.map((voucher) => [voucher.pool.id, voucher])),
});

/** Makes the next vouchers of a batch, all or none. */
export interface MakeVouchersCommand {
  kind: 'make-vouchers';
  batchId: VoucherBatchId;
  madeBy: UserId;
  /** How many vouchers the batch has before this portion, and how many it will have in the end. */
  from: number;
  total: number;
  /** Without kept places and without holds: the ledger adds them. */
  vouchers: Voucher[];
  keepsPlaces: boolean;
  actor: ActBy;
  retry: { key: string; fingerprint: string } | null;
}

/** Ends vouchers for good, or gives them another end, other uses or another budget. */
export interface ChangeVouchersCommand {
  kind: 'change-vouchers';
  voucherIds: VoucherId[];
  change: { revoke: true } | { validUntil?: Date | null; uses?: number; budgetMinor?: number | null };
  actor: ActBy;
}

export type VoucherCommand = MakeVouchersCommand | ChangeVouchersCommand;

/** True for commands that make or change vouchers. */
export const isOfVouchers = (command: Command): command is VoucherCommand =>
  command.kind === 'make-vouchers' || command.kind === 'change-vouchers';

/** True if one of the places was taken with a voucher. */
export const hasVoucher = ({ lines }: Pick<HoldRecord, 'lines'>): boolean =>
  lines.some(({ promo }) => promo?.isVoucher);

/** When the voucher ended; null while it may be used. */
export function endOf(
  { revokedAt, validUntil }: Pick<Voucher, 'revokedAt' | 'validUntil'>,
  now: Date,
): Date | null {
  if (revokedAt) return revokedAt;
  return validUntil && now >= validUntil ? validUntil : null;
}

/** Whether the voucher is for places of this line. A voucher for a seat is for no other one, as a ticket of its types. */
export const isFor = (
  { ticketTypeIds, seat }: Pick<Voucher, 'ticketTypeIds' | 'seat'>,
  line: Pick<HoldLine, 'ticketTypeId' | 'seats'>,
): boolean =>
  (ticketTypeIds === null || ticketTypeIds.includes(line.ticketTypeId)) &&
  (seat === null || hasSeat(line, seat));

export const hasSeat = ({ seats }: Pick<HoldLine, 'seats'>, seat: number): boolean =>
  seats?.includes(seat) ?? false;

/** The line, or two lines if a code is for one of its seats: the others keep their price and are no use of the code. */
export function seatApart(line: HoldLine, seat: number | null): HoldLine[] {
  if (seat === null || line.quantity === 1 || !hasSeat(line, seat)) return [line];
  const part = (isOf: (index: number) => boolean): HoldLine => {
    const seats = line.seats?.filter(isOf) ?? [];
    const seatNames = line.seatNames?.filter((_, i) => isOf(line.seats?.[i] as number));
    return { ...line, quantity: seats.length, seats, ...(seatNames && { seatNames }) };
  };
  return [part((index) => index === seat), part((index) => index !== seat)];
}

/**
 * The pools where a place counts that was kept for a voucher: those of the day when it was kept. A seat that is bought as a ticket
 * of another type than it was kept as counts in the pools of that type.
 */
const poolsKeptIn = (keeps: HoldLine, line: HoldLine): PoolId[] =>
  keeps.ticketTypeId === line.ticketTypeId ? keeps.pools : line.pools;

/** Hidden ticket types that a code opens. */
export const opens = (
  voucher: Pick<Voucher, 'ticketTypeIds'> | null | undefined,
  ticketTypeId: TicketTypeId,
): boolean => voucher?.ticketTypeIds?.includes(ticketTypeId) ?? false;

/** What a code does to prices, for reprice-lines.ts. */
export interface Reduction extends Pick<SalePromoCode, 'code' | 'percentOff' | 'amountOffMinor' | 'poolId'> {
  priceMinor?: number | null;
  isVoucher?: true;
  /** The pools of the kept places, in place of those of the line; left out if the code keeps none. */
  poolsOf?(line: HoldLine): PoolId[];
  /** The only seat that it is for. */
  seat?: number | null;
  /** Tickets of this type are reduced, and count as uses. */
  concerns(line: HoldLine): boolean;
  /** The most that it may take off all tickets; null for no limit. */
  budgetMinor: number | null;
}

/** `before` is what the voucher takes off the hold already. */
export const reductionOf = (voucher: Voucher, before: number): Reduction => ({
  code: voucher.code,
  percentOff: voucher.percentOff,
  amountOffMinor: voucher.amountOffMinor,
  priceMinor: voucher.priceMinor,
  poolId: voucher.pool.id,
  isVoucher: true,
  seat: voucher.seat,
  ...(voucher.keeps && { poolsOf: (line) => poolsKeptIn(voucher.keeps as HoldLine, line) }),
  // An extra keeps its price.
  concerns: (line) => line.collect === undefined && isFor(voucher, line),
  budgetMinor:
    voucher.budgetMinor === null ? null : Math.max(0, voucher.budgetMinor - voucher.offMinor + before),
});

/** What a code takes off these lines, in minor units. */
export const offOf = (lines: HoldLine[]): number =>
  lines.reduce(
    (sum, { promo, unitMinor, quantity }) => sum + (promo ? (promo.fullMinor - unitMinor) * quantity : 0),
    0,
  );

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The id of the hold that keeps places for a voucher: that of the voucher with the number of the hold in its last four
 * characters. So a decision needs no random numbers.
 */
export function keptHoldId(voucherId: VoucherId, number: number): HoldId {
  let suffix = '';
  for (let i = 0, rest = number; i < 4; i++, rest = Math.floor(rest / 32))
    suffix = `${digits[rest % 32]}${suffix}`;
  return `hld_${voucherId.slice(4, -4)}${suffix}`;
}
