import type { Writes } from '../../data/db.ts';
import { settlePassJob, writeJobs } from '../../work/jobs.ts';
import type { Facts } from '../inventory/state.ts';
import type { Cancellation } from '../orders/record-cancellations.ts';
import type { EventSale } from '../sale/event-sale.ts';

/* What a ledger batch means for passes (date-passes/). */

/** Leaves out the orders that a pass brought: the mail with the pass tells of them. */
export function withoutPasses<Bought extends Facts['confirmed'][number]>(
  bought: Bought[],
  { issued }: Pick<Facts, 'issued'>,
): Bought[] {
  if (issued.length === 0) return bought;
  const brought = new Set(issued.flatMap(({ hold, command }) => (command.ofPass ? hold : [])));
  return bought.filter(({ hold }) => !brought.has(hold));
}

/** True for the end of a ticket that a pass brought: the mail and the entry about the pass tell of it. */
export const followsPass = ({ command }: Pick<Cancellation, 'command'>): boolean =>
  command.kind === 'refund' && command.followsPass === true;

/** Enqueues the job that has the dates of a pass follow what its batch has sold or ended. */
export function writeSettlePass(
  trx: Writes,
  { eventId, isPass }: EventSale,
  { confirmed, cancelled }: Facts,
): void {
  if (isPass && confirmed.length + cancelled.length > 0) writeJobs(trx, [settlePassJob(eventId)]);
}
