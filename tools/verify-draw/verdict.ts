import { type BeaconFault, findBeaconFault } from '../../contract/beacon.ts';
import { verifyRound } from '../../contract/beacon-signature.ts';
import { drawMethod, findDrawFault, laneMethod, listHashOf } from '../../contract/draw.ts';
import type { Draw } from '../../contract/waiting-room.ts';

/** Reads all pages of a published draw. The address is that of the queue or of its draw. */
export async function readDraw(url: string): Promise<Draw> {
  const base = url.replace(/\/+$/, '').replace(/\/draw$/, '');
  const pages: Draw[] = [];
  for (let cursor: number | null = 0; cursor !== null; ) {
    const answer = await fetch(`${base}/draw?cursor=${cursor}`);
    const body = (await answer.json()) as Draw & { title?: string };
    if (!answer.ok) throw new Error(`${base}/draw answered ${answer.status}: ${body.title ?? ''}`);
    pages.push(body);
    cursor = body.nextCursor;
  }
  return {
    ...(pages[0] as Draw),
    entries: pages.flatMap(({ entries }) => entries),
    entryLanes: pages.flatMap(({ entryLanes }) => entryLanes),
  };
}

const faults = {
  commitment: 'The seed is not the one that was promised before the opening.',
  entries: 'An entry is in the list twice.',
  order: 'The order is not the one that the seed and the list give.',
};

const beaconFaults: Record<BeaconFault | 'noted', string> = {
  unannounced: 'It mixes a value that was not announced.',
  missing: 'It does not have the signature of the round that was announced.',
  chain: 'The key of the beacon is not the one of its chain.',
  round: 'The round came after the draw.',
  list: 'The list is not the one whose hash was published before the round.',
  signature: 'The signature of the round is wrong.',
  noted: 'Chain or round are not those that were announced before the opening.',
};

interface Asked {
  /** The hash of the seed, as somebody noted it before the opening. */
  commitment?: string | undefined;
  /** The chain and the round of the beacon, as the queue announced them before the opening. */
  chain?: string | undefined;
  round?: string | undefined;
  /** The id of an entry. */
  entry?: string | undefined;
}

/** Repeats a draw, and says whether it holds. */
export async function verdictOn(draw: Draw, asked: Asked = {}): Promise<{ holds: boolean; lines: string[] }> {
  const { method, eventId, seed, beacon, beaconTerms, lanes, drawnAt } = draw;
  const right = lanes.length > 0 ? laneMethod : drawMethod;
  if (method !== right)
    return { holds: false, lines: [`The draw has the rules ${method}. This program knows ${right}.`] };
  const entries = draw.entries.map(([id, salt], i) => ({ id, salt, lane: draw.entryLanes[i] }));
  const order = entries.map(({ id }) => id);
  const commitment = asked.commitment ?? draw.commitment;
  const fault = await findDrawFault({ eventId, seed, beacon, lanes }, { commitment, entries, order });
  const listHash = await listHashOf(entries, { lanes });
  const isOther =
    (asked.chain !== undefined && asked.chain !== beaconTerms?.hash) ||
    (asked.round !== undefined && Number(asked.round) !== beaconTerms?.round);
  const beaconFault = isOther
    ? 'noted'
    : findBeaconFault({ beacon, terms: beaconTerms, drawnAt }, { listHash, verify: verifyRound });
  const isWhole = entries.length === draw.count;
  const place = asked.entry === undefined ? null : order.indexOf(asked.entry as `que_${string}`) + 1;
  const lines = [
    `${entries.length} people were drawn at ${drawnAt}. The hash of their list is ${listHash}.`,
    ...sayBeacon(beaconTerms),
    ...lanes.map(({ key, name, percent }) => {
      const people = entries.filter(({ lane }) => lane === key).length;
      return `Lane "${name}": ${percent} percent of the first positions, for ${people} people.`;
    }),
    ...(isWhole ? [] : [`${draw.count} people are said to be in the list.`]),
    ...(place === null
      ? []
      : [place === 0 ? `${asked.entry} was not drawn.` : `${asked.entry} has position ${place}.`]),
    ...(beaconFault === null ? [] : [`THE DRAW DOES NOT HOLD: ${beaconFaults[beaconFault]}`]),
    ...(fault === null ? [] : [`THE DRAW DOES NOT HOLD: ${faults[fault]}`]),
    ...(fault === null && beaconFault === null ? ['THE DRAW HOLDS'] : []),
  ];
  return { holds: fault === null && beaconFault === null && isWhole && place !== 0, lines };
}

function sayBeacon(terms: Draw['beaconTerms']): string[] {
  if (!terms) return [];
  const { round, hash, roundAt, droppedAt } = terms;
  return droppedAt === null
    ? [`The draw mixes round ${round} of the chain ${hash}, which came at ${roundAt}.`]
    : [
        `ROUND ${round} OF THE CHAIN ${hash} WAS LEFT OUT at ${droppedAt}. The order depends on the seed of the server and the list alone.`,
      ];
}
