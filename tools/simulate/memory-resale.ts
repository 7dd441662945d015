import type { HoldId, UserId } from '../../contract/ids.ts';
import type { Command, HoldRecord } from '../../server/features/inventory/inventory.ts';
import { hasResale, type Resale } from '../../server/features/inventory/resale.ts';
import type { Decision, LedgerState } from '../../server/features/inventory/state.ts';
import type { MemoryStore } from './memory-store.ts';

/* The rows of offers for resale, and what a batch reads of them. */

export const openResales = ({ resales }: Pick<MemoryStore, 'resales'>): Resale[] =>
  [...resales.values()].filter(({ status }) => status === 'offered');

const endsTickets: Command['kind'][] = ['cancel', 'refund', 'resell', 'withdraw-resale'];

/** Like addOthers: open offers and those of the orders that commands name, with the holds and orders of both sides. */
export function loadResales(
  store: MemoryStore,
  commands: Command[],
): Pick<LedgerState, 'resales'> & { holds: Set<HoldId>; sold: Set<HoldId> } {
  const named = new Set(
    commands.flatMap((each) => ('holdId' in each && endsTickets.includes(each.kind) ? [each.holdId] : [])),
  );
  const rows = [...store.resales.values()].filter(
    ({ status, holdId }) => status === 'offered' || named.has(holdId),
  );
  const [holds, sold] = [new Set<HoldId>(), new Set<HoldId>()];
  if (rows.length === 0) return { holds, sold };
  for (const { buyerHoldId } of rows) if (buyerHoldId) holds.add(buyerHoldId);
  for (const command of commands) {
    const hold = 'holdId' in command && store.holds.get(command.holdId);
    if (!hold || !hasResale(hold)) continue;
    sold.add(hold.id);
    for (const { resale } of hold.lines) {
      const seller = resale && rows.find(({ id }) => id === resale.id)?.holdId;
      if (seller) sold.add(seller);
    }
  }
  for (const id of sold) holds.add(id);
  return { holds, sold, resales: new Map(rows.map((row) => [row.id, { ...row }])) };
}

/** Like writeResales and markResales. Throws where a constraint of the database would. */
export function writeResales(
  store: MemoryStore,
  { changes, facts }: Pick<Decision, 'changes' | 'facts'>,
): void {
  for (const resale of changes.resales) {
    const row = store.resales.get(resale.id);
    if (row && row.status !== 'offered' && row.status !== resale.status)
      throw new Error(`the resale ${resale.id} goes from ${row.status} to ${resale.status}`);
    const { status, endedBecause, buyerHoldId, endedAt } = resale;
    store.resales.set(resale.id, { ...(row ?? resale), status, endedBecause, buyerHoldId, endedAt });
  }
  for (const { holdId, position, id, status } of facts.resales) {
    const ticket = store.sold.get(holdId)?.tickets[position];
    if (ticket) ticket.resaleId = status === 'offered' ? id : null;
  }
  const offered = openResales(store).map(({ ticketId }) => ticketId);
  store.openResales += changes.openResales;
  if (store.openResales !== offered.length || new Set(offered).size !== offered.length)
    throw new Error(`${store.openResales} are said to be on resale instead of ${offered}`);
}

/** Like endLostResales: the command that ends the offers of tickets that were used, or whose money a bank has. */
export function endLost(
  store: MemoryStore,
  holdId: HoldRecord['id'],
  because: 'used' | 'disputed',
  position?: number,
): Command[] {
  const lost = openResales(store).filter(
    (resale) => resale.holdId === holdId && (position === undefined || resale.position === position),
  );
  return lost.length === 0
    ? []
    : [{ kind: 'end-resales', tickets: lost.map(({ ticketId }) => ticketId), because }];
}

export function moveSeller({ resales }: MemoryStore, from: UserId, to: UserId): void {
  for (const resale of resales.values()) if (resale.sellerId === from) resale.sellerId = to;
}
