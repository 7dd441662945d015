import { getQueueDraw } from '../../../../client/endpoints.generated.ts';
import { type BeaconFault, findBeaconFault } from '../../../../contract/beacon.ts';
import { commitmentTo, type DrawEntry, drawOrder, listHashOf } from '../../../../contract/draw.ts';
import type { EventId } from '../../../../contract/ids.ts';
import type { Draw } from '../../../../contract/waiting-room.ts';
import { call } from '../../api/call.ts';
import type { Noted } from './noted.ts';

/** A draw as it was published. `entries` are in the order of their positions. */
export interface PublishedDraw
  extends Pick<
    Draw,
    'eventId' | 'commitment' | 'seed' | 'beacon' | 'beaconTerms' | 'drawnAt' | 'count' | 'lanes'
  > {
  entries: DrawEntry[];
}

/** Reads all pages of a draw. */
export async function readDraw(
  eventId: EventId,
  { signal, onRead }: { signal: AbortSignal; onRead: (read: number, of: number) => void },
): Promise<PublishedDraw> {
  const entries: DrawEntry[] = [];
  for (let cursor = 0; ; ) {
    const page = await call(getQueueDraw, { params: { eventId }, query: { cursor }, signal, retries: 5 });
    for (const [i, [id, salt]] of page.entries.entries())
      entries.push({ id, salt, lane: page.entryLanes[i] });
    onRead(entries.length, page.count);
    if (page.nextCursor === null) return { ...page, entries };
    cursor = page.nextCursor;
  }
}

/** One thing that was checked. `holds` is null if there was nothing to compare with. */
export type Check =
  | { of: 'secret' | 'noted' | 'complete'; holds: boolean | null }
  /** dropped: the organiser had it drawn without the beacon. Null if no beacon was announced. */
  | { of: 'beacon'; holds: boolean | null; fault: BeaconFault | 'noted' | 'dropped' | null }
  /** The first position where the published order differs from the rules. */
  | { of: 'order'; holds: boolean; position: number | null }
  | { of: 'own'; holds: boolean | null; fault: 'missing' | 'salt' | 'position' | null };

/** The own place, as the server told it to this person. */
interface Own {
  id: string;
  salt: string;
  position: number | null;
}

/** Repeats a draw by its rules (contract/draw.ts), and compares it with what this browser knows. */
export async function checkDraw(
  draw: PublishedDraw,
  { own, noted }: { own: Own | null; noted: Noted | null },
): Promise<Check[]> {
  const { entries } = draw;
  const right = await drawOrder(draw, entries);
  const differs = right.findIndex((id, i) => id !== entries[i]?.id);
  const isComplete = entries.length === draw.count && new Set(right).size === entries.length;
  return [
    { of: 'secret', holds: (await commitmentTo(draw)) === draw.commitment },
    { of: 'noted', holds: noted && noted.commitment === draw.commitment },
    { of: 'complete', holds: isComplete },
    ...(await checkBeacon(draw, noted)),
    { of: 'order', holds: differs === -1, position: differs === -1 ? null : differs + 1 },
    checkOwn(entries, own, noted),
  ];
}

/** Nothing if the draw has no beacon and none was announced. The curve is loaded only to verify a signature. */
async function checkBeacon(draw: PublishedDraw, noted: Noted | null): Promise<Check[]> {
  const { beacon, beaconTerms: terms, drawnAt, entries } = draw;
  const known = noted?.beacon;
  if (!terms && beacon === null && !known) return [];
  const isOther =
    known &&
    (terms?.hash !== known.hash ||
      terms.publicKey !== known.publicKey ||
      (known.listHash !== null && (terms.listHash !== known.listHash || terms.round !== known.round)));
  if (isOther) return [{ of: 'beacon', holds: false, fault: 'noted' }];
  const { verifyRound } = await import('../../../../contract/beacon-signature.ts');
  const listHash = await listHashOf(entries, draw);
  const fault = findBeaconFault({ beacon, terms, drawnAt }, { listHash, verify: verifyRound });
  if (fault) return [{ of: 'beacon', holds: false, fault }];
  return terms?.droppedAt
    ? [{ of: 'beacon', holds: null, fault: 'dropped' }]
    : [{ of: 'beacon', holds: true, fault: null }];
}

function checkOwn(entries: readonly DrawEntry[], own: Own | null, noted: Noted | null): Check {
  const id = noted?.entryId ?? own?.id;
  const at = entries.findIndex((entry) => entry.id === id);
  // Whoever came after the draw, or left before it, is not in the list.
  if (id === undefined || (at === -1 && (own === null || isBehind(own, entries.length))))
    return { of: 'own', holds: null, fault: null };
  if (at === -1) return { of: 'own', holds: false, fault: 'missing' };
  const salts = [noted?.salt, own?.id === id ? own.salt : undefined].filter((salt) => salt !== undefined);
  if (salts.some((salt) => salt !== entries[at]?.salt)) return { of: 'own', holds: false, fault: 'salt' };
  const isOther = own?.id === id && own.position !== null && own.position !== at + 1;
  return { of: 'own', holds: !isOther, fault: isOther ? 'position' : null };
}

const isBehind = ({ position }: Own, drawn: number): boolean => position === null || position > drawn;
