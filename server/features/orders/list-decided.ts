import type { Id, OrderId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import type { RefundShare } from '../inventory/inventory.ts';
import { selectDecided } from './cancellation-store.ts';

/** A decision about a bought order: who ended tickets or gave money back, and why. */
export interface Decided {
  id: Id<'cancellation'>;
  /** The organiser's words; null if the buyer cancelled. */
  reason: string | null;
  shares: RefundShare[];
  keepsTickets: boolean;
  /** The Idempotency-Key of its request. */
  key: string | null;
}

export const listDecided = (db: Queryable, orderId: OrderId): Promise<Decided[]> =>
  selectDecided(db, orderId);
