import type { TicketId } from '../../../../../contract/ids.ts';
import type { OwnMovement } from './decide-here.ts';

/**
 * What went through this gate and what its manifest does not say yet, by ticket: a scan looks at the movements of its ticket alone,
 * however many the gate has not handed in.
 */
export function createPassages() {
  const byNonce = new Map<string, OwnMovement>();
  const byTicket = new Map<TicketId, OwnMovement[]>();
  return {
    add(nonce: string, movement: OwnMovement): void {
      if (byNonce.has(nonce)) return;
      byNonce.set(nonce, movement);
      const others = byTicket.get(movement.ticketId) ?? [];
      byTicket.set(movement.ticketId, [...others, movement].sort(byTime));
    },
    remove(nonce: string): void {
      const movement = byNonce.get(nonce);
      if (!movement) return;
      byNonce.delete(nonce);
      const rest = (byTicket.get(movement.ticketId) ?? []).filter((each) => each !== movement);
      if (rest.length > 0) byTicket.set(movement.ticketId, rest);
      else byTicket.delete(movement.ticketId);
    },
    /** Those of one ticket, the earliest first. */
    of: (ticketId: TicketId): readonly OwnMovement[] => byTicket.get(ticketId) ?? [],
    /** All, the earliest first. */
    all: (): OwnMovement[] => [...byNonce.values()].sort(byTime),
    /** The tickets that came in by the main entrance here. */
    entered(): TicketId[] {
      const entered: TicketId[] = [];
      for (const [id, movements] of byTicket) if (movements.some(isEntry)) entered.push(id);
      return entered;
    },
  };
}

export type Passages = ReturnType<typeof createPassages>;

const byTime = (a: OwnMovement, b: OwnMovement): number => a.atMs - b.atMs;
const isEntry = ({ direction, checkpointId }: OwnMovement): boolean =>
  direction === 'in' && checkpointId === null;
