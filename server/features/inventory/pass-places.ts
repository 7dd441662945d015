import type { EventId, HoldId, OrderId, TicketId, TicketTypeId, UserId } from '../../../contract/ids.ts';
import { withoutPrice } from './block.ts';
import { chooseFree } from './choose-lines.ts';
import { type HoldLine, type HoldRecord, type Outcome, type Refusal, refuse } from './inventory.ts';
import type { IssueCommand } from './issue.ts';
import { freeFor } from './kept-places.ts';
import { noteMoved } from './moved.ts';
import type { Batch } from './state.ts';
import { blockedHold, change, confirmHeld, movePools, takePlaces } from './transitions.ts';

/*
 * Places of a date that a pass keeps (docs/passes.md). A blocked hold has those that no pass ticket uses yet. A ticket of the pass takes
 * its place out of this hold, and a place that comes back returns to it in the same command. So what the pass keeps changes by a
 * KeepCommand only, and the date always has a place for each pass that can be sold.
 */

/** On the only line of a hold that keeps places for a pass. */
export interface KeptFor {
  passId: EventId;
  /** The change of the pass that set the number. An earlier change may not undo a later one. */
  turn: number;
  /** How many places tickets of the pass have at present, besides those of the line. */
  taken: number;
}

/** On the only line of an order that a pass brought. */
export interface OfPass {
  passId: EventId;
  /** The order of the pass: a dispute about it stops this ticket at the door. */
  orderId: OrderId;
  /** The hold that keeps the places of the pass. */
  keptBy: HoldId;
  /** The id that the ticket gets: it follows from the ticket of the pass (contract/pass-tickets.ts). */
  ticketId: TicketId;
}

/** Sets how many places of a date a pass keeps, those of its tickets among them. */
export interface KeepCommand {
  kind: 'keep';
  holdId: HoldId;
  /** The member of the team. */
  buyerId: UserId;
  passId: EventId;
  ticketTypeId: TicketTypeId;
  size: number;
  turn: number;
}

/** True for a hold that keeps places for a pass. */
export const keepsForPass = ({ lines }: Pick<HoldRecord, 'lines'>): boolean =>
  lines.some(({ keptFor }) => keptFor !== undefined);

export const ofPassIn = ({ lines }: Pick<HoldRecord, 'lines'>): OfPass | undefined => lines[0]?.ofPass;

/**
 * Decision: keeps exactly `size` places for a pass, all or none. Places that are kept for the waitlist are not free. To keep fewer
 * frees what no ticket of the pass has.
 */
export function keep(batch: Batch, command: KeepCommand): Outcome {
  const { sale, state } = batch;
  const { size, turn } = command;
  const hold = state.holds.get(command.holdId);
  const [line] = hold?.lines ?? [];
  const before = line?.keptFor;
  if (hold && !before) return refuse('not_found');
  if (before && before.turn > turn) return refuse('pass_changing');
  const rest = hold?.status === 'blocked' ? (line?.quantity ?? 0) : 0;
  const taken = before?.taken ?? 0;
  const more = Math.max(size - taken, 0) - rest;
  if (more > 0 && sale.status === 'cancelled') return refuse('event_cancelled');
  // What it keeps already says in which pools its places are.
  const like = line && rest + taken > 0 ? line : null;
  const found = more > 0 ? findFree(batch, command, like, more) : line;
  if (found && 'code' in found) return found;
  // Also a pass without places notes its turn, so that an earlier change that comes late finds it.
  const { step: _, ...plain } = found ?? emptyLine(sale, command.ticketTypeId);
  const keptFor = { passId: command.passId, turn, taken };
  const after = [{ ...plain, quantity: rest + more, keptFor }];
  const moved = { ...plain, quantity: Math.abs(more) };
  movePools(batch, [moved], 'blocked', more > 0 ? 1 : -1);
  noteMoved(batch.changes.moved, [moved], more > 0 ? 'locked' : 'unlocked');
  batch.changes.movesBlocked = true;
  if (more < 0) batch.freed = true;
  if (hold) {
    hold.lines = after;
    hold.places = rest + more;
    hold.status = 'blocked';
    change(batch, hold);
  } else place(batch, command, after);
  return { kind: 'kept' };
}

const emptyLine = ({ ticketTypes }: Batch['sale'], ticketTypeId: TicketTypeId): HoldLine => ({
  ticketTypeId,
  name: ticketTypes.find(({ id }) => id === ticketTypeId)?.name ?? '',
  quantity: 0,
  unitMinor: 0,
  parts: { netMinor: 0, taxMinor: 0, feeMinor: 0 },
  pools: [],
});

/** Places without numbers, in the pools of `like` if the pass keeps places there already. */
function findFree(
  batch: Batch,
  { ticketTypeId }: Pick<KeepCommand, 'ticketTypeId'>,
  like: HoldLine | null,
  quantity: number,
): HoldLine | Refusal {
  if (like) {
    const available = freeFor(batch, like);
    return available < quantity ? refuse('sold_out', { available, ticketTypeId }) : like;
  }
  const wants = { kind: 'items' as const, items: [{ ticketTypeId, quantity }] };
  const chosen = chooseFree(batch.sale, batch.state, wants, null);
  if ('code' in chosen) return chosen;
  const [line] = chosen.map(withoutPrice);
  return line && chosen.length === 1 ? line : refuse('unknown_ticket_type', { ticketTypeId });
}

function place(batch: Batch, { holdId, buyerId }: KeepCommand, lines: HoldLine[]): void {
  const hold = blockedHold(batch, { id: holdId, buyerId, lines });
  batch.state.holds.set(hold.id, hold);
  batch.changes.placed.add(hold);
  batch.changes.placedByTeam++;
}

/**
 * Decision: gives a ticket of a pass its place on this date, whatever the sale times and limits say. A second command for the same
 * ticket changes nothing. If the pass keeps no place any more, it takes a free one.
 */
export function issueOfPass(batch: Batch, command: IssueCommand, ofPass: OfPass): Outcome {
  const { sale, state, now } = batch;
  const earlier = state.holds.get(command.holdId);
  if (earlier) return { kind: 'ordered', hold: earlier, sale, replayed: true, confirmed: true };
  if (sale.status === 'cancelled') return refuse('event_cancelled');
  if (now >= sale.endsAt) return refuse('sale_ended');
  const block = state.holds.get(ofPass.keptBy);
  const [kept] = block?.status === 'blocked' ? block.lines : [];
  const chosen =
    block && kept?.keptFor
      ? takeOne(batch, block, kept, kept.keptFor)
      : chooseFree(sale, state, command.wants, null);
  if ('code' in chosen) return chosen;
  const [{ step: _, ...free }] = chosen.map(withoutPrice) as [HoldLine];
  const hold = takePlaces(batch, {
    id: command.holdId,
    buyerId: command.buyerId,
    expiresAt: now,
    lines: [{ ...free, ofPass }],
    totalMinor: 0,
    retry: null,
    network: null,
  });
  hold.ordered = true;
  batch.changes.placedByTeam++;
  batch.facts.ordered.push({ hold, command });
  batch.facts.issued.push({ hold, command });
  confirmHeld(batch, hold, null);
  return { kind: 'ordered', hold, sale, replayed: false, confirmed: true };
}

/** Takes one place out of what the pass keeps, or else a free one. Both count as taken: what comes back returns to the pass. */
function takeOne(batch: Batch, block: HoldRecord, kept: HoldLine, keptFor: KeptFor): HoldLine[] | Refusal {
  const isKept = kept.quantity > 0;
  const like = isKept ? kept : findFree(batch, kept, kept.pools.length > 0 ? kept : null, 1);
  if ('code' in like) return like;
  if (isKept) moveKept(batch, block, -1);
  else {
    const { step: _, ...plain } = like;
    block.lines = [{ ...plain, quantity: 0, keptFor: { ...keptFor, taken: keptFor.taken + 1 } }];
    change(batch, block);
  }
  const { keptFor: _, ...line } = { ...like, quantity: 1 };
  return [line];
}

/** Keeps places that tickets of a pass give back, before anybody else can take them. The caller has freed them. */
export function keepAgain(batch: Batch, lines: HoldLine[]): void {
  if (batch.sale.status === 'cancelled') return;
  for (const { ofPass, quantity } of lines) {
    const block = ofPass && batch.state.holds.get(ofPass.keptBy);
    if (block?.status === 'blocked') moveKept(batch, block, quantity);
  }
}

function moveKept(batch: Batch, block: HoldRecord, by: number): void {
  const [kept] = block.lines;
  if (!kept?.keptFor) return;
  const moved = { ...kept, quantity: Math.abs(by) };
  movePools(batch, [moved], 'blocked', by > 0 ? 1 : -1);
  noteMoved(batch.changes.moved, [moved], by > 0 ? 'locked' : 'unlocked');
  const taken = kept.keptFor.taken - by;
  block.lines = [{ ...kept, quantity: kept.quantity + by, keptFor: { ...kept.keptFor, taken } }];
  block.places = kept.quantity + by;
  batch.changes.movesBlocked = true;
  change(batch, block);
}
