import type { HoldId, Id, UserId } from '../../../contract/ids.ts';
import type { ImportSource } from '../../../contract/import-fields.ts';
import type { DoorMethod, OrderOrigin } from '../../../contract/order-origins.ts';
import type { ActBy } from '../../data/audit-trail.ts';
import { totalOf } from '../sale/split.ts';
import { withoutPrice } from './block.ts';
import { chooseFree } from './choose-lines.ts';
import { placesIn } from './extras.ts';
import {
  type HoldLine,
  type HoldRecord,
  type Outcome,
  type Paid,
  type Refusal,
  refuse,
  seatStatus,
} from './inventory.ts';
import { withFree } from './kept-places.ts';
import { noteMoved } from './moved.ts';
import type { OrderDraft } from './order-command.ts';
import { issueOfPass, keepsForPass, type OfPass } from './pass-places.ts';
import type { Batch } from './state.ts';
import { change, confirmHeld, movePools, setSeats, takePlaces } from './transitions.ts';
import { bothOf } from './type-lines.ts';
import type { Wants } from './wants.ts';

/** Money that a member of the team took, and no provider. */
export interface DoorMoney {
  method: DoorMethod;
  takenBy: UserId;
}

/** Issues tickets that the team gives away, or that it has sold at the door. Their order is confirmed at once. */
export interface IssueCommand {
  kind: 'issue';
  holdId: HoldId;
  /** A guest of their own (accounts/write-recipients.ts), so that the tickets count for nobody's limit. */
  buyerId: UserId;
  wants: Exclude<Wants, { kind: 'best' }>;
  /** The hold of the block that the places are taken from; null for free places. */
  blockHoldId: HoldId | null;
  /** The ticket comes with a pass. */
  ofPass?: OfPass;
  order: OrderDraft;
  /** What the team notes to the order; null for nothing. */
  note: { id: Id<'orderNote'>; text: string; authorId: UserId } | null;
  /** Null if a pass brings the ticket. */
  actor: ActBy | null;
  origin: Exclude<OrderOrigin, 'online'>;
  /** The money that the team took at the door; null for nothing. */
  paid: Paid | null;
  retry: { key: string; fingerprint: string } | null;
  /** What the order was elsewhere, if it is imported. */
  imported?: { source: ImportSource; externalId: string };
}

/** Nobody pays Admit for these. */
const freeOrigins: ReadonlySet<OrderOrigin> = new Set(['complimentary', 'imported']);

/**
 * Decision: issues tickets, all or none, whatever the sale times and the limits per buyer say. Complimentary and imported tickets
 * are free of charge, and those of a door sale have the price of the event. Places that are kept for the waitlist are not free.
 */
export function issue(batch: Batch, command: IssueCommand): Outcome {
  if (command.ofPass) return issueOfPass(batch, command, command.ofPass);
  const { sale, state, now } = batch;
  const { retry } = command;
  const earlier =
    retry && (state.byBuyer.get(command.buyerId) ?? []).find((hold) => hold.idempotencyKey === retry.key);
  if (earlier) {
    if (earlier.fingerprint !== retry.fingerprint) return refuse('idempotency_key_reused');
    return { kind: 'ordered', hold: earlier, sale, replayed: true, confirmed: true };
  }
  if (sale.status === 'cancelled') return refuse('event_cancelled');
  if (sale.status !== 'published') return refuse('event_not_on_sale');
  if (now >= sale.endsAt) return refuse('sale_ended');
  const block = command.blockHoldId === null ? null : state.holds.get(command.blockHoldId);
  if (block === undefined || (block && (block.status !== 'blocked' || keepsForPass(block))))
    return refuse('not_found');
  // A gift uses up no price step.
  const isFree = freeOrigins.has(command.origin);
  const pricedAt = isFree ? null : now;
  const chosen = chooseFree(sale, block ? withFree(state, block) : state, command.wants, pricedAt);
  if ('code' in chosen) return chosen;
  const places = withoutSteps(chosen);
  const missing = block && whyNotIn(block, places);
  if (missing) return missing;
  const lines = isFree ? chosen.map(withoutPrice) : chosen;
  const totalMinor = totalOf(lines);
  if (totalMinor !== (command.paid?.amountMinor ?? 0))
    return refuse('amount_differs', { total: { amount: totalMinor, currency: sale.currency } });
  if (block) shrink(batch, block, places);
  const hold = takePlaces(batch, {
    id: command.holdId,
    buyerId: command.buyerId,
    expiresAt: now,
    lines,
    totalMinor,
    retry,
    network: null,
  });
  hold.ordered = true;
  batch.changes.placedByTeam++;
  batch.facts.ordered.push({ hold, command });
  batch.facts.issued.push({ hold, command });
  confirmHeld(batch, hold, command.paid);
  return { kind: 'ordered', hold, sale, replayed: false, confirmed: true };
}

/** Refuses places that the block does not have; null if it has all of them. */
function whyNotIn(block: HoldRecord, lines: HoldLine[]): Refusal | null {
  for (const line of lines) {
    const same = lineLike(block, line);
    const seats = new Set(same?.seats);
    const available = line.seats
      ? line.seats.filter((seat) => seats.has(seat)).length
      : (same?.quantity ?? 0);
    if (available < line.quantity) return refuse('sold_out', { available, ticketTypeId: line.ticketTypeId });
  }
  return null;
}

const lineLike = ({ lines }: HoldRecord, { ticketTypeId }: HoldLine): HoldLine | undefined =>
  lines.find((line) => line.ticketTypeId === ticketTypeId);

/** One line per ticket type: a block does not know at which steps its places are sold. */
function withoutSteps(lines: HoldLine[]): HoldLine[] {
  const merged = new Map<string, HoldLine>();
  for (const line of lines) {
    const before = merged.get(line.ticketTypeId);
    merged.set(line.ticketTypeId, before ? bothOf(before, line) : line);
  }
  return [...merged.values()];
}

/** Takes places out of a block. A block without places is released. */
function shrink(batch: Batch, block: HoldRecord, taken: HoldLine[]): void {
  movePools(
    batch,
    taken.map((line) => ({ ...line, pools: lineLike(block, line)?.pools ?? [] })),
    'blocked',
    -1,
  );
  noteMoved(batch.changes.moved, taken, 'unlocked');
  setSeats(batch, { id: block.id, lines: taken }, seatStatus.free);
  const rest = block.lines.flatMap((line) => restOf(line, taken));
  // A released hold keeps its lines, because they say what it was.
  if (rest.length === 0) block.status = 'released';
  else {
    block.lines = rest;
    block.places = placesIn(rest);
  }
  batch.changes.movesBlocked = true;
  change(batch, block);
}

function restOf(line: HoldLine, taken: HoldLine[]): HoldLine[] {
  const gone = taken.find(({ ticketTypeId }) => ticketTypeId === line.ticketTypeId);
  if (!gone) return [line];
  const quantity = line.quantity - gone.quantity;
  if (quantity === 0) return [];
  if (!line.seats) return [{ ...line, quantity }];
  const isLeft = line.seats.map((seat) => !gone.seats?.includes(seat));
  return [
    {
      ...line,
      quantity,
      seats: line.seats.filter((_, at) => isLeft[at]),
      ...(line.seatNames && { seatNames: line.seatNames.filter((_, at) => isLeft[at]) }),
    },
  ];
}
