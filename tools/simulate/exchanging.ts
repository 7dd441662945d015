import type { ExchangeCommand, Outcome } from '../../server/features/inventory/inventory.ts';
import { placesOf } from './cancelling.ts';
import { dueTime, type Ended, whatsIn } from './hoarding.ts';
import type { Model, ModelHold } from './model.ts';
import { priceWith, pricingOf } from './money.ts';
import { fullPriced, pricesWith, withPromo } from './promos.ts';
import { isResold } from './reselling.ts';
import { type Lines, whyNotExchange } from './wishes.ts';

/** What a hold has, and what it would have after an exchange. */
export interface Exchanged {
  had: Lines;
  lines: Lines;
  /** Seats that it does not have yet, and ticket types of which it would have more. */
  taken: Lines;
}

/**
 * The places that the command names, at the prices of the model: a ticket type that the hold has keeps its price. Null
 * if the command names something that does not exist.
 */
function linesOf({ sale }: Model, { lines: before }: ModelHold, { wants }: ExchangeCommand): Lines | null {
  const had = fullPriced(before);
  const lines: Lines = [];
  const add = (typeId: string | undefined, quantity: number, seat?: number): boolean => {
    const type = sale.ticketTypes.find((each) => each.id === typeId);
    if (!type) return false;
    const known = had.find((line) => line.ticketTypeId === type.id);
    const pricing = known ? known.pricing : pricingOf(sale, type);
    const unitMinor = known?.unitMinor ?? priceWith(type.listMinor, pricing);
    let line = lines.find((each) => each.ticketTypeId === type.id);
    if (!line) {
      line = {
        ...type,
        ticketTypeId: type.id,
        quantity: 0,
        unitMinor,
        parts: {} as never,
        ...(pricing && { pricing }),
        pools: type.poolIds,
      };
      lines.push(line);
    }
    line.quantity += quantity;
    // In the order of the map, in which the tickets are numbered.
    if (seat !== undefined && sale.seats) line.seatMapId = sale.seats.mapId;
    if (seat !== undefined) line.seats = [...(line.seats ?? []), seat].sort((a, b) => a - b);
    return true;
  };
  const seats = wants.kind === 'seats' ? wants.seats : [];
  const items = wants.items ?? [];
  const all = [
    ...seats.map(({ seatId, ticketTypeId }) => {
      const seat = Number(seatId.split('_')[2]);
      const ofZone = sale.ticketTypes.find(({ zone }) => zone && zone === sale.seats?.zoneOf[seat]);
      return add(ticketTypeId ?? ofZone?.id, 1, seat);
    }),
    ...items.map(({ ticketTypeId, quantity }) => add(ticketTypeId, quantity)),
  ];
  return all.every(Boolean) ? lines : null;
}

function differenceOf(before: Lines, lines: Lines): Exchanged {
  const had = fullPriced(before);
  const seats = had.flatMap((line) => line.seats ?? []);
  const taken = lines.flatMap((line): Lines => {
    if (line.seats) {
      const left = line.seats.filter((seat) => !seats.includes(seat));
      return left.length > 0 ? [{ ...line, seats: left, quantity: left.length }] : [];
    }
    return line.quantity > quantityOf(had, line.ticketTypeId) ? [line] : [];
  });
  return { had, lines, taken };
}

const quantityOf = (lines: Lines, typeId: string): number =>
  lines.find((line) => line.ticketTypeId === typeId)?.quantity ?? 0;

/** Ticket types of which the hold would get a place that it does not have. */
const gainsOf = ({ had, lines }: Exchanged): string[] =>
  lines
    .filter(({ ticketTypeId, quantity, seats }) => {
      const known = had.find((line) => line.ticketTypeId === ticketTypeId);
      return seats
        ? seats.some((seat) => !known?.seats?.includes(seat))
        : quantity > quantityOf(had, ticketTypeId);
    })
    .map(({ ticketTypeId }) => ticketTypeId);

interface Work {
  vacate(hold: ModelHold): void;
  occupy(hold: ModelHold): string | null;
}

/** Null if the outcome is right, and then the model records it; otherwise what is wrong with it. */
export function judgeExchange(
  model: Model,
  hold: ModelHold,
  command: ExchangeCommand,
  outcome: Outcome,
  nowMs: number,
  { vacate, occupy }: Work,
): string | null {
  const given = outcome.kind === 'refused' ? outcome.code : outcome.kind;
  const only = refusalOf(hold, command);
  if (only)
    return given === only ? null : `exchange of a hold that is ${hold.state}: ${given} instead of ${only}`;
  const before = hold.lines;
  const placesBefore = placesOf(hold);
  const chosen = linesOf(model, hold, command);
  const difference = differenceOf(before, chosen ?? []);
  const code = before.find((line) => line.promo)?.promo?.code;
  const gains = gainsOf(difference);
  const lines = pricedAgain(model, before, difference.lines, gains.length > 0, code);
  vacate(hold);
  hold.lines = [];
  const reasons = whyNotExchange(
    model,
    hold,
    command,
    { ...difference, placesBefore, gains, priced: lines, code },
    nowMs,
  );
  hold.lines = before;
  if (given !== 'exchanged') {
    const wrong = occupy(hold);
    if (wrong) return wrong;
    return reasons.includes(given)
      ? null
      : `no exchange by ${given} for no reason (true: ${reasons.join(', ') || 'none'})`;
  }
  if (reasons.length > 0) return `exchanged in spite of ${reasons.join(', ')}`;
  if (outcome.kind !== 'exchanged') return 'no exchange';
  const shown = spell(fullPriced(outcome.hold.lines));
  if (shown !== spell(difference.lines)) return `has ${shown} instead of ${spell(difference.lines)}`;
  // Another hold of the buyer counts, and this one does not.
  hold.lines = [];
  const owner = { buyerId: command.buyerId, network: hold.network };
  const dueMs = dueTime(model, owner, difference.taken, nowMs, difference.lines, hold.dueMs);
  hold.lines = before;
  if (outcome.resumed !== dueMs < hold.dueMs) return 'is wrong about an old clock';
  const grace = outcome.hold.ordered && outcome.hold.totalMinor > 0 ? 60_000 : 0;
  if (outcome.hold.expiresAt.getTime() !== dueMs + grace) return 'an exchange moved the end of the hold';
  hold.gaveBack.push(...gaveBack(model, hold, difference.lines, nowMs));
  hold.dueMs = dueMs;
  hold.untilMs = dueMs;
  hold.lines = lines;
  return occupy(hold);
}

function refusalOf(hold: ModelHold, { buyerId }: ExchangeCommand): string | null {
  if (buyerId !== hold.buyer) return 'not_found';
  if (hold.state === 'run out') return 'hold_expired';
  if (hold.state !== 'waiting') return 'hold_ended';
  if (hold.ordered) return 'already_ordered';
  return isResold(hold) ? 'places_fixed' : null;
}

/** With the code of the hold. Places that it only keeps have the price that they had. */
function pricedAgain(
  model: Model,
  before: Lines,
  lines: Lines,
  gains: boolean,
  code: string | undefined,
): Lines {
  if (code === undefined) return lines;
  const promo = model.sale.promoCodes.find((each) => each.code === code);
  if (gains) return promo ? pricesWith(lines, promo) : lines;
  const known = lines.map((line) => before.find((each) => each.ticketTypeId === line.ticketTypeId));
  const redeemed = known.find((line) => line?.promo)?.promo;
  if (!redeemed) return lines;
  const listed = lines.map(
    (line, i) => known[i]?.promo?.listMinor ?? line.pricing?.listMinor ?? line.unitMinor,
  );
  return withPromo(lines, listed, redeemed);
}

function gaveBack(model: Model, hold: ModelHold, lines: Lines, nowMs: number): Ended[] {
  const kept = whatsIn(lines);
  const whats = whatsIn(hold.lines).filter((what) => !kept.includes(what));
  if (whats.length === 0) return [];
  return [{ whats, atMs: nowMs, dueMs: hold.dueMs, holdMs: model.sale.holdSeconds * 1000 }];
}

const spell = (lines: Lines): string =>
  lines
    .map(({ ticketTypeId, quantity, unitMinor, seats = [] }) =>
      [ticketTypeId, quantity, unitMinor, seats.toSorted((a, b) => a - b).join('/')].join(' '),
    )
    .sort()
    .join(', ');
