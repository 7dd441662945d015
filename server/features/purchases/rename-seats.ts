import { writeJobs } from '../../work/jobs.ts';
import { type RenameSeats, renameLines } from '../inventory/rename-lines.ts';
import { renameOrderLines } from '../orders/rename-order-lines.ts';
import { renameTickets } from '../tickets/seat-changes.ts';

/**
 * Gives seats that a new seat map renames their new names everywhere: on holds, open resales, orders and tickets. Whoever has a
 * ticket is told by a job, and whoever has not paid yet by the mail that confirms the order. The caller edits the event and has the ledger's lock, so nobody buys one of the seats meanwhile, and the
 * ledger reads everything again because the version of the event rises.
 */
export const renameSeats: RenameSeats = async (app, trx, changes) => {
  const holds = await renameLines(trx, changes);
  const now = app.clock.now();
  await renameOrderLines(trx, changes, holds, now);
  const told = await renameTickets(trx, changes, now);
  if (told === 0) return;
  const { eventId, mapId } = changes;
  writeJobs(trx, [
    { task: 'tell-seats-changed', payload: { eventId, mapId }, key: `tell-seats-changed:${mapId}` },
  ]);
};
