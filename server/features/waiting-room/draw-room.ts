import { type BeaconChain, beaconPatienceMs, roundAfter, roundAtMs } from '../../../contract/beacon.ts';
import { drawOrder, listHashOf } from '../../../contract/draw.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import {
  beginDraw,
  type DrawTerms,
  goOnDrawing,
  type ListEntry,
  letOthersDraw,
  noteBeacon,
  openDrawn,
  publishList,
  readList,
  writePositions,
} from './draw-store.ts';
import { clockGraceMs } from './waiting-room.ts';

type Drawing = Pick<App, 'db' | 'clock' | 'log' | 'beacon'>;

/** How long a process that says nothing is believed to draw. */
const silentMs = 20_000;
/** How often the beacon is asked for a round that is due, and for one that is overdue. */
const askEveryMs = 2000;
const askOverdueMs = 30_000;

/**
 * Draws the order of a closed list, writes it in portions, and then opens the room. If the process dies, the next attempt draws
 * the same order, because list, seed and beacon are the same. Nobody is told a position before the room is open. A portion locks no
 * place and no room, so nobody waits for it. A draw with a beacon publishes the hash of the list first, and waits for the round.
 */
export async function drawRoom(
  app: Drawing,
  eventId: EventId,
  options: { signal?: AbortSignal; portion?: number } = {},
): Promise<void> {
  const { db, clock } = app;
  const terms = await beginDraw(db, eventId, clock.now(), untilOf(clock));
  if (!terms) return;
  let notBefore: Date | null = null;
  try {
    notBefore = await beaconMissingUntil(app, eventId, terms);
    if (!notBefore) await drawNow(app, eventId, terms, options);
  } finally {
    await letOthersDraw(db, eventId, notBefore);
  }
}

const untilOf = (clock: App['clock']): Date => new Date(clock.now().getTime() + silentMs);

/** When to look for the beacon again; null if the draw has all that it depends on. */
async function beaconMissingUntil(app: Drawing, eventId: EventId, terms: DrawTerms): Promise<Date | null> {
  const { db, clock, beacon, log } = app;
  const { beacon_chain: chain, lanes } = terms;
  if (!chain || terms.beacon !== null || terms.beacon_dropped_at !== null) return null;
  if (terms.list_hash === null) {
    const listHash = await listHashOf(await readWhole(app, eventId, terms), { lanes });
    const round = roundOfList(chain, terms.beacon_round, clock.now());
    await publishList(db, eventId, { listHash, round });
    return new Date(roundAtMs(chain, round));
  }
  const round = terms.beacon_round as number;
  const atMs = roundAtMs(chain, round);
  const nowMs = clock.now().getTime();
  if (nowMs < atMs) return new Date(atMs);
  const again = new Date(nowMs + (nowMs < atMs + beaconPatienceMs ? askEveryMs : askOverdueMs));
  if (!beacon) {
    log.warn({ eventId, round }, 'a draw waits for a beacon, and DRAND_URL is not set');
    return again;
  }
  const signature = await beacon.fetchRound(chain, round);
  if (signature === null || !(await noteBeacon(db, eventId, signature))) return again;
  terms.beacon = signature;
  return null;
}

/**
 * The announced round if it is still ahead, and else the next one: a list whose hash is published after a signature is known could
 * have been made to fit it. The clocks of processes and beacon may differ.
 */
function roundOfList(chain: BeaconChain, announced: number | null, now: Date): number {
  const earliest = roundAfter(chain, now.getTime() + clockGraceMs);
  return Math.max(announced ?? earliest, earliest);
}

/** The list as it was closed. Throws if it is another one than the one whose hash was published. */
async function readWhole({ db }: Drawing, eventId: EventId, { drawn }: DrawTerms): Promise<ListEntry[]> {
  const entries = await readList(db, eventId);
  if (entries.length !== drawn)
    throw new Error(`${eventId}: ${drawn} entries were closed, and ${entries.length} are there`);
  return entries;
}

async function drawNow(
  app: Drawing,
  eventId: EventId,
  terms: DrawTerms,
  { signal, portion = 20_000 }: { signal?: AbortSignal; portion?: number },
): Promise<void> {
  const { db, clock, log } = app;
  const { seed, beacon, lanes, drawn, list_hash: listHash } = terms;
  const entries = await readWhole(app, eventId, terms);
  if (listHash !== null && (await listHashOf(entries, { lanes })) !== listHash)
    throw new Error(`${eventId}: the list is not the one whose hash was published`);
  const order = await drawOrder({ eventId, seed, beacon, lanes }, entries);
  const positions = new Map(order.map((id, i) => [id, i + 1]));
  // In the order of the ids, so that the table and one of its indexes grow at their ends.
  for (let first = 0; first < entries.length; first += portion) {
    if (signal?.aborted || !(await goOnDrawing(db, eventId, untilOf(clock)))) return;
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
}
