import { drawOrder } from '../../../contract/draw.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { beginDraw, goOnDrawing, letOthersDraw, openDrawn, readList, writePositions } from './draw-store.ts';

/** How long a process that says nothing is believed to draw. */
const silentMs = 20_000;

/**
 * Draws the order of a closed list, writes it in portions, and then opens the room. If the process dies, the next attempt draws
 * the same order, because list and seed are the same. Nobody is told a position before the room is open. A portion locks no
 * place and no room, so nobody waits for it.
 */
export async function drawRoom(
  { db, clock, log }: Pick<App, 'db' | 'clock' | 'log'>,
  eventId: EventId,
  { signal, portion = 20_000 }: { signal?: AbortSignal; portion?: number } = {},
): Promise<void> {
  const until = () => new Date(clock.now().getTime() + silentMs);
  const terms = await beginDraw(db, eventId, clock.now(), until());
  if (!terms) return;
  try {
    const { seed, beacon, drawn, lanes } = terms;
    const entries = await readList(db, eventId);
    if (entries.length !== drawn)
      throw new Error(`${eventId}: ${drawn} entries were closed, and ${entries.length} are there`);
    const order = await drawOrder({ eventId, seed, beacon, lanes }, entries);
    const positions = new Map(order.map((id, i) => [id, i + 1]));
    // In the order of the ids, so that the table and one of its indexes grow at their ends.
    for (let first = 0; first < entries.length; first += portion) {
      if (signal?.aborted || !(await goOnDrawing(db, eventId, until()))) return;
      const ids = entries.slice(first, first + portion).map(({ id }) => id);
      await writePositions(
        db,
        eventId,
        ids,
        ids.map((id) => positions.get(id) ?? 0),
      );
    }
    if (await openDrawn(db, eventId, clock.now()))
      log.info({ eventId, people: drawn }, 'the order of a waiting room was drawn');
  } finally {
    await letOthersDraw(db, eventId);
  }
}
