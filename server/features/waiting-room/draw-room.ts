import { drawOrder } from '../../../contract/draw.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { readList, writeOrder } from './keeper-store.ts';

/**
 * Draws the order of a closed list and publishes it, in one transaction. If it dies before the commit, the next attempt draws
 * the same order, because list and seed are the same. It holds no lock that anybody who joins needs until its last statement.
 */
export async function drawRoom(app: Pick<App, 'db' | 'clock' | 'log'>, eventId: EventId): Promise<void> {
  await app.db.transaction(async (trx) => {
    const list = await readList(trx, eventId);
    if (!list) return;
    const { seed, beacon, drawn, entries } = list;
    if (entries.length !== drawn)
      throw new Error(`${eventId}: ${drawn} entries were closed, and ${entries.length} are there`);
    const order = await drawOrder({ eventId, seed, beacon }, entries);
    await writeOrder(trx, eventId, order, app.clock.now());
    app.log.info({ eventId, people: drawn }, 'the order of a waiting room was drawn');
  });
}
