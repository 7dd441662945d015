import { Refused } from '../../../contract/errors.ts';
import { type EventId, seatId, type TicketTypeId } from '../../../contract/ids.ts';
import type { CheckedCode } from '../../../contract/vouchers.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { showTicketType } from '../catalog/event.ts';
import { availableIn } from '../inventory/free-places.ts';
import { pricesWithPromoCode, pricesWithVoucher } from '../inventory/prices-with-code.ts';
import { payForGuess } from '../inventory/promo-guesses.ts';
import { readKeptPlaces } from '../inventory/read-kept-places.ts';
import { readLive } from '../inventory/read-live.ts';
import { endOf } from '../inventory/voucher.ts';
import type { VoucherRow } from '../inventory/voucher-row.ts';
import { readTicketTypes } from '../sale/read-terms.ts';
import { placeName } from '../seating/seat-plan.ts';
import { findByCode } from './store.ts';

type CheckCall = Call<{ eventId: EventId }, undefined, { code: string }, 'signed-in'>;

/** Tells what a code opens and takes off. A wrong code costs the caller's budget, like one that is redeemed. */
export async function checkCode(app: App, call: CheckCall): Promise<CheckedCode> {
  const { eventId } = call.params;
  const live = await readLive(app, eventId);
  if (!live || live.sale.status === 'draft') throw new Refused('not_found');
  const settle = await payForGuess(app, { ...call, eventId, code: call.body.code });
  try {
    const known = await find(app, call, live);
    settle(null);
    return known;
  } catch (error) {
    if (error instanceof Refused) settle(error.code);
    throw error;
  }
}

type Live = NonNullable<Awaited<ReturnType<typeof readLive>>>;

async function find(app: App, { params, body }: CheckCall, live: Live): Promise<CheckedCode> {
  const { sale, pools } = live;
  const now = app.clock.now();
  const promo = sale.promoCodes.find(({ code }) => code === body.code);
  const money = (amount: number | null) => (amount === null ? null : { amount, currency: sale.currency });
  const pricesIn = (prices: Map<TicketTypeId, number>): CheckedCode['prices'] =>
    [...prices].map(([ticketTypeId, amount]) => ({
      ticketTypeId,
      price: { amount, currency: sale.currency },
    }));
  if (promo) {
    if (promo.validUntil && now >= promo.validUntil) throw ended(promo.validUntil);
    const pool = pools.find(({ id }) => id === promo.poolId);
    const left = pool ? pool.capacity - pool.held - pool.sold : 0;
    if (left <= 0) throw usedUp();
    return {
      code: promo.code,
      percentOff: promo.percentOff,
      amountOff: money(promo.amountOffMinor),
      price: null,
      prices: pricesIn(pricesWithPromoCode(sale, promo, { pools, now })),
      opened: [],
      ticketTypeIds: null,
      seatId: null,
      seat: null,
      usesLeft: left > 1_000_000 ? null : left,
      keepsPlaces: false,
      validUntil: promo.validUntil?.toISOString() ?? null,
    };
  }
  const voucher = await findByCode(app.db, params.eventId, body.code);
  if (!voucher) throw new Refused('unknown_promo_code');
  const endedAt = endOf({ revokedAt: voucher.revoked_at, validUntil: voucher.valid_until }, now);
  if (endedAt) throw ended(endedAt);
  const left = voucher.uses - voucher.held - voucher.sold;
  if (left <= 0) throw usedUp();
  const index = voucher.seat_index;
  // A code may keep fewer places than it has uses: after a resale, or if places were not free when it got a later end.
  const kept = voucher.hold_id ? ((await readKeptPlaces(app, voucher.hold_id)) ?? 0) : 0;
  return {
    code: voucher.code,
    percentOff: voucher.percent_off,
    amountOff: money(voucher.amount_off_minor),
    price: money(voucher.price_minor),
    prices: pricesIn(pricesWithVoucher(sale, voucher, { pools, now })),
    opened: await openedBy(app, live, voucher, { left, kept }),
    ticketTypeIds: voucher.ticket_type_ids,
    seatId: index === null ? null : seatId(params.eventId, index),
    seat: index === null || sale.seats?.zoneOf[index] === undefined ? null : placeName(sale.seats, index),
    usesLeft: left,
    keepsPlaces: kept > 0,
    validUntil: voucher.valid_until?.toISOString() ?? null,
  };
}

const usedUp = () => new Refused('promo_code_used_up', { available: 0, detail: 'This code is used up.' });
const ended = (at: Date) => new Refused('promo_code_ended', { validUntil: at.toISOString() });

/** The types that the buyer sees only with the code: hidden ones, and one whose places are kept and may look sold out. */
async function openedBy(
  app: App,
  { sale, pools }: Live,
  voucher: VoucherRow,
  { left, kept }: { left: number; kept: number },
): Promise<CheckedCode['opened']> {
  const named = voucher.ticket_type_ids ?? [];
  const isOpened = (id: TicketTypeId) => {
    const type = sale.ticketTypes.find((each) => each.id === id);
    return (
      type !== undefined &&
      named.includes(id) &&
      type.zone === null &&
      (type.hidden || voucher.keeps !== null)
    );
  };
  if (!named.some(isOpened)) return [];
  const byId = new Map(pools.map((pool) => [pool.id, pool]));
  const types = (await readTicketTypes(app.db, [sale.eventId])).get(sale.eventId) ?? [];
  return types
    .filter(({ id }) => isOpened(id))
    .map((type) => ({
      ...showTicketType(type, sale.currency, pools, app.clock.now()),
      available: Math.min(left, kept + availableIn(type.pool_ids.map((id) => byId.get(id)))),
    }));
}
