import type { Command, ExchangeCommand, HoldLine } from '../../server/features/inventory/inventory.ts';
import type { Wants } from '../../server/features/inventory/wants.ts';
import { placesOf } from './cancelling.ts';
import type { Exchanged } from './exchanging.ts';
import { isOverNetwork, isPlentiful, isResting, whatsIn } from './hoarding.ts';
import type { Model, ModelHold } from './model.ts';
import { priceWith, pricingOf } from './money.ts';

type Place = Extract<Command, { kind: 'place' }>;

/** Requests in the model: the reasons to refuse one, and the seats that it may get. */
export type Lines = HoldLine[];

const nobody = '';

/** How many places of a pool are free, and not kept for those who wait. */
export const freeIn = (model: Model, pool: string): number =>
  (model.slots.get(pool) ?? []).filter((name) => name === nobody).length - (model.kept.get(pool) ?? 0);

/** Every true reason to refuse the request. If there is none, the ledger must hold the places. */
export function whyNot(model: Model, command: Extract<Command, { kind: 'place' }>, nowMs: number): string[] {
  const { sale } = model;
  const { buyerId, wants } = command;
  const reasons: string[] = [];
  if (sale.status !== 'published') reasons.push('event_not_on_sale');
  if (sale.saleStartsAt && nowMs < sale.saleStartsAt.getTime()) reasons.push('sale_not_started');
  if (nowMs >= (sale.saleEndsAt ?? sale.endsAt).getTime()) reasons.push('sale_ended');
  const wanted = wantedOf(model, wants, reasons);
  const need = new Map<string, number>();
  let places = 0;
  for (const [typeId, quantity] of wanted) {
    const type = sale.ticketTypes.find((each) => each.id === typeId);
    if (!type) {
      reasons.push('unknown_ticket_type');
      continue;
    }
    places += quantity;
    if (type.saleStartsAt && nowMs < type.saleStartsAt.getTime()) reasons.push('sale_not_started');
    if (type.saleEndsAt && nowMs >= type.saleEndsAt.getTime()) reasons.push('sale_ended');
    if (quantity > type.maxPerOrder) reasons.push('limit_reached');
    for (const pool of type.poolIds) need.set(pool, (need.get(pool) ?? 0) + quantity);
  }
  for (const [pool, quantity] of need) if (freeIn(model, pool) < quantity) reasons.push('sold_out');
  const theirs = model.holds.filter(
    (hold) => hold.buyer === buyerId && (hold.state === 'waiting' || hold.state === 'bought'),
  );
  const have = theirs.reduce((sum, hold) => sum + placesOf(hold), 0);
  if (have + places > sale.maxPerBuyer) reasons.push('limit_reached');
  if (isOverNetwork(model, command, places)) reasons.push('network_limit');
  if (mustWait(model, command, need, nowMs)) reasons.push('hold_again_later');
  return reasons;
}

interface Change extends Exchanged {
  placesBefore: number;
  /** Ticket types of which the hold would get a place that it does not have. */
  gains: string[];
  /** The lines with the promo code `code`. */
  priced: Lines;
  code: string | undefined;
}

/** Every true reason to refuse an exchange, in a model where the hold has no places. */
export function whyNotExchange(
  model: Model,
  hold: ModelHold,
  { wants }: ExchangeCommand,
  { lines, taken, gains, placesBefore, priced, code }: Change,
  nowMs: number,
): string[] {
  const { sale } = model;
  const reasons: string[] = [];
  const wanted = wantedOf(model, wants, reasons);
  const need = new Map<string, number>();
  let places = 0;
  for (const [typeId, quantity] of wanted) {
    const type = sale.ticketTypes.find((each) => each.id === typeId);
    if (!type) reasons.push('unknown_ticket_type');
    if (type && gains.includes(typeId)) {
      if (type.saleStartsAt && nowMs < type.saleStartsAt.getTime()) reasons.push('sale_not_started');
      if (type.saleEndsAt && nowMs >= type.saleEndsAt.getTime()) reasons.push('sale_ended');
      if (quantity > type.maxPerOrder) reasons.push('limit_reached');
    }
    places += quantity;
    for (const pool of type?.poolIds ?? []) need.set(pool, (need.get(pool) ?? 0) + quantity);
  }
  for (const [pool, quantity] of need) if (freeIn(model, pool) < quantity) reasons.push('sold_out');
  if (gains.length === 0) return reasons;
  if (sale.status !== 'published') reasons.push('event_not_on_sale');
  if (sale.saleStartsAt && nowMs < sale.saleStartsAt.getTime()) reasons.push('sale_not_started');
  if (nowMs >= (sale.saleEndsAt ?? sale.endsAt).getTime()) reasons.push('sale_ended');
  const promo = sale.promoCodes.find((each) => each.code === code);
  if (code !== undefined && !promo) reasons.push('unknown_promo_code');
  if (promo?.validUntil && nowMs >= promo.validUntil.getTime()) reasons.push('promo_code_ended');
  const reduced = priced.reduce((sum, line) => sum + (line.promo ? line.quantity : 0), 0);
  if (promo && freeIn(model, promo.poolId) < reduced) reasons.push('promo_code_used_up');
  const others = model.holds.filter(
    (each) =>
      each !== hold && each.buyer === hold.buyer && (each.state === 'waiting' || each.state === 'bought'),
  );
  const have = others.reduce((sum, each) => sum + placesOf(each), 0);
  if (places > placesBefore) {
    if (have + places > sale.maxPerBuyer) reasons.push('limit_reached');
    // The model counts no places of this hold while it has none.
    if (isOverNetwork(model, hold, places)) reasons.push('network_limit');
  }
  const owner = { buyerId: hold.buyer as `usr_${string}`, network: hold.network };
  const rests = (what: string) => isResting(model, owner, what, nowMs) && !isPlentiful(model, what, need);
  if (lines.length > 0 && whatsIn(taken).some(rests)) reasons.push('hold_again_later');
  return reasons;
}

/** Whether the request needs places that this buyer must leave alone for a while. */
function mustWait(model: Model, command: Place, need: ReadonlyMap<string, number>, nowMs: number): boolean {
  const { wants } = command;
  const { sale, seats } = model;
  const rests = (what: string) => isResting(model, command, what, nowMs) && !isPlentiful(model, what, need);
  if (wants.kind === 'seats') return wants.seats.some(({ seatId }) => rests(`seat ${seatId.split('_')[2]}`));
  if (wants.kind === 'items') return wants.items.some(({ ticketTypeId }) => rests(ticketTypeId));
  const zone = sale.ticketTypes.find((each) => each.id === wants.ticketTypeId)?.zone;
  if (!zone) return rests(wants.ticketTypeId);
  const left = seats.filter(
    (name, seat) => name === nobody && sale.seats?.zoneOf[seat] === zone && !rests(`seat ${seat}`),
  );
  return left.length < wants.quantity;
}

/** Every true reason not to block places. Sale times and limits are none. */
export function whyNotBlock(model: Model, wants: Wants): string[] {
  const reasons: string[] = [];
  if (model.sale.status === 'cancelled') reasons.push('event_cancelled');
  const need = new Map<string, number>();
  for (const [typeId, quantity] of wantedOf(model, wants, reasons)) {
    const type = model.sale.ticketTypes.find((each) => each.id === typeId);
    if (!type) reasons.push('unknown_ticket_type');
    for (const pool of type?.poolIds ?? []) need.set(pool, (need.get(pool) ?? 0) + quantity);
  }
  for (const [pool, quantity] of need) if (freeIn(model, pool) < quantity) reasons.push('sold_out');
  return reasons;
}

/** How many of each ticket type are wanted. Adds the reasons to refuse that lie in the request itself. */
function wantedOf(model: Model, wants: Wants, reasons: string[]): Map<string, number> {
  const { sale } = model;
  const wanted = new Map<string, number>();
  const add = (type: string, quantity: number) => wanted.set(type, (wanted.get(type) ?? 0) + quantity);
  const typeOf = (id: string | undefined) => sale.ticketTypes.find((each) => each.id === id);
  if ('seatMapId' in wants && wants.seatMapId && sale.seats && wants.seatMapId !== sale.seats.mapId)
    reasons.push('seat_map_changed');
  if (wants.kind === 'items') {
    for (const { ticketTypeId, quantity } of wants.items) {
      add(ticketTypeId, quantity);
      if (typeOf(ticketTypeId)?.zone) reasons.push('seat_choice_required');
    }
  }
  if (wants.kind === 'best') {
    add(wants.ticketTypeId, wants.quantity);
    const zone = typeOf(wants.ticketTypeId)?.zone;
    const free = model.seats.filter(
      (name, seat) => name === nobody && sale.seats?.zoneOf[seat] === zone,
    ).length;
    if (zone && free < wants.quantity) reasons.push('sold_out');
  }
  if (wants.kind === 'seats') {
    const named: string[] = [];
    for (const { seatId, ticketTypeId } of wants.seats) {
      const [, event, index] = seatId.split('_');
      const zone = `evt_${event}` === sale.eventId ? sale.seats?.zoneOf[Number(index)] : undefined;
      // An earlier version of the seat map had it.
      const isOld = `evt_${event}` === sale.eventId && Number(index) < (sale.seats?.indexCount ?? 0);
      if (zone === undefined) reasons.push(isOld ? 'seat_map_changed' : 'unknown_seat');
      if (named.includes(seatId)) reasons.push('invalid_request');
      named.push(seatId);
      if (zone !== undefined && model.seats[Number(index)] !== nobody) reasons.push('seats_taken');
      if (ticketTypeId && typeOf(ticketTypeId) && typeOf(ticketTypeId)?.zone !== zone)
        reasons.push('seat_not_of_ticket_type');
      add(ticketTypeId ?? sale.ticketTypes.find((each) => each.zone === zone)?.id ?? 'none', 1);
    }
    for (const { ticketTypeId, quantity } of wants.items ?? []) {
      add(ticketTypeId, quantity);
      if (typeOf(ticketTypeId)?.zone) reasons.push('seat_choice_required');
    }
  }
  return wanted;
}

/** Whether these lines match the request. The best available may leave out seats that the buyer may not hold yet. */
export const mayHaveBest = (model: Model, command: Place, lines: Lines, nowMs: number): string | null =>
  hasBest(model, command.wants, lines, (seat) => isResting(model, command, `seat ${seat}`, nowMs));

/** Whether these lines match the request, and are the best available if it asked for these. */
export function hasBest(
  model: Model,
  wants: Wants,
  lines: Lines,
  isLeftAlone: (seat: number) => boolean,
): string | null {
  const { sale } = model;
  const given = (id: string) =>
    lines.reduce((sum, line) => sum + (line.ticketTypeId === id ? line.quantity : 0), 0);
  const expected = wantedOf(model, wants, []);
  for (const [type, quantity] of expected)
    if (given(type) !== quantity) return `${given(type)} of ${type} instead of ${quantity}`;
  if (lines.length !== expected.size) return 'lines that nobody asked for';
  const seats = lines.flatMap((line) => line.seats ?? []);
  for (const line of lines) {
    const type = sale.ticketTypes.find((each) => each.id === line.ticketTypeId);
    if (!type || line.unitMinor !== priceWith(type.listMinor, pricingOf(sale, type))) return 'another price';
    if (line.pools.join() !== type.poolIds.join()) return 'other pools';
    if ((line.seats?.length ?? 0) !== (type.zone ? line.quantity : 0))
      return `${line.seats?.length} seats for ${line.quantity} places`;
    for (const seat of line.seats ?? [])
      if (sale.seats?.zoneOf[seat] !== type.zone) return `the seat ${seat} is not in ${type.zone}`;
  }
  if (new Set(seats).size !== seats.length) return 'a seat twice';
  if (wants.kind === 'seats') {
    const asked = wants.seats.map(({ seatId }) => Number(seatId.split('_')[2]));
    return asked.sort().join() === seats.sort().join() ? null : `the seats ${seats} instead of ${asked}`;
  }
  const type = wants.kind === 'best' ? sale.ticketTypes.find((each) => each.id === wants.ticketTypeId) : null;
  return wants.kind === 'best' && type?.zone ? isBest(model, type.zone, seats, isLeftAlone) : null;
}

/** If a row has enough neighbours, the seats must be neighbours in the first such row; otherwise in few parts. */
function isBest(
  model: Model,
  zone: string,
  seats: number[],
  isLeftAlone: (seat: number) => boolean,
): string | null {
  const rows = (model.sale.seats?.rows ?? [])
    .filter((row) => row.zone === zone)
    .sort((a, b) => a.order - b.order);
  // A row as text: a dot is a free seat, an x a taken one, a bar an aisle.
  const drawn = rows.map((row) =>
    Array.from(
      { length: row.seats.length },
      (_, at) =>
        (model.seats[row.seats[at] as number] === nobody && !isLeftAlone(row.seats[at] as number)
          ? '.'
          : 'x') + (row.gapsAfter.includes(at) ? '|' : ''),
    ).join(''),
  );
  const best = drawn.findIndex((row) => row.includes('.'.repeat(seats.length)));
  const taken = new Set(seats);
  const after = rows.map((row) =>
    Array.from(
      { length: row.seats.length },
      (_, at) => (taken.has(row.seats[at] as number) ? 'o' : ' ') + (row.gapsAfter.includes(at) ? '|' : ''),
    ).join(''),
  );
  if (best !== -1) {
    return after[best]?.includes('o'.repeat(seats.length))
      ? null
      : `the seats ${seats} are no neighbours in the first row that has ${seats.length}`;
  }
  const runs = drawn
    .flatMap((row) => row.match(/\.+/g) ?? [])
    .map((run) => run.length)
    .sort((a, b) => b - a);
  let parts = 0;
  for (let left = seats.length; left > 0; left -= runs[parts++] ?? left);
  const made = after.flatMap((row) => row.match(/o+/g) ?? []).length;
  return made <= parts ? null : `a group in ${made} parts, where ${parts} would do`;
}
