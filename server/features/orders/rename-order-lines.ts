import type { HoldId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { orderIdOf } from '../inventory/inventory.ts';
import { renamedColumns, renamedLines, type SeatChanges, withRenamed } from '../inventory/rename-lines.ts';

const renameSql = `${withRenamed}
  update orders set lines = ${renamedLines('orders.lines')} where event_id = $1 and id = any($6::text[])`;

/** Gives the seats of the orders of these holds their new names. Documents that were issued keep the old ones. */
export const renameOrderLines = (
  trx: Transaction,
  changes: SeatChanges,
  holdIds: HoldId[],
): Promise<number> =>
  trx.run(renameSql, [changes.eventId, ...renamedColumns(changes), holdIds.map(orderIdOf)]);
