/*
 * A public beacon: a network of many organisations that signs a number every few seconds, each number once, and nobody can know a signature
 * before its time (drand). A draw that mixes a signature cannot be steered by whoever runs Admit (docs/waiting-room.md).
 * Pure: beacon-signature.ts verifies signatures, and only who verifies one loads the curve.
 */

/** One chain of rounds, by which everybody can verify its signatures and tell when each round comes. */
export interface BeaconChain {
  /** 64 hexadecimal digits. */
  hash: string;
  /** A point of G2 of the curve BLS12-381, as 192 hexadecimal digits. */
  publicKey: string;
  /** When round 1 came, in seconds since 1970. */
  genesisSeconds: number;
  periodSeconds: number;
}

/** The chain of the League of Entropy that signs a round every three seconds (https://docs.drand.love). */
export const quicknet: BeaconChain = {
  hash: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
  publicKey:
    '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
  genesisSeconds: 1_692_803_367,
  periodSeconds: 3,
};

/** When a round comes, in milliseconds since 1970. */
export const roundAtMs = ({ genesisSeconds, periodSeconds }: BeaconChain, round: number): number =>
  (genesisSeconds + (round - 1) * periodSeconds) * 1000;

/** The first round that comes after this instant. */
export const roundAfter = ({ genesisSeconds, periodSeconds }: BeaconChain, atMs: number): number =>
  Math.max(0, Math.floor((atMs / 1000 - genesisSeconds) / periodSeconds) + 1) + 1;

/** Between the opening and the announced round, the list is closed and its hash is published. */
export const listHashMs = 10_000;

/** The round that is announced for an opening: the first one after the time in which the hash of the list is published. */
export const announcedRound = (chain: BeaconChain, opensAtMs: number): number =>
  roundAfter(chain, opensAtMs + listHashMs);

/** So long after the time of the round the organiser may draw without a beacon that does not answer. */
export const beaconPatienceMs = 5 * 60_000;

/** What a draw says of its beacon. */
interface BeaconOfDraw {
  /** The signature of the round; null if the draw has none. */
  beacon: string | null;
  /** What was announced; null if nothing was. */
  terms: (BeaconChain & { round: number; listHash: string | null; droppedAt: string | null }) | null;
  drawnAt: string;
}

/**
 * What is wrong with the beacon of a published draw; null if nothing is. unannounced: a value that no round was announced for. missing: a
 * round was announced, and there is no signature. chain: a well-known chain with a key or a beginning that are not its own. round: the round was to come after the draw. list: the list is not the one whose
 * hash was published before the round. signature: it is not the chain's for this round.
 */
export function findBeaconFault(
  { beacon, terms, drawnAt }: BeaconOfDraw,
  { listHash, verify }: { listHash: string; verify: VerifyRound },
): BeaconFault | null {
  if (!terms) return beacon === null ? null : 'unannounced';
  const known = terms.hash === quicknet.hash ? quicknet : terms;
  if (known.publicKey !== terms.publicKey || roundAtMs(known, 1) !== roundAtMs(terms, 1)) return 'chain';
  if (terms.listHash !== listHash) return 'list';
  if (terms.droppedAt !== null) return beacon === null ? null : 'unannounced';
  if (beacon === null) return 'missing';
  if (roundAtMs(terms, terms.round) > Date.parse(drawnAt)) return 'round';
  return verify(terms, terms.round, beacon) ? null : 'signature';
}

export type BeaconFault = 'unannounced' | 'missing' | 'chain' | 'round' | 'list' | 'signature';
export type VerifyRound = (
  chain: Pick<BeaconChain, 'publicKey'>,
  round: number,
  signature: string,
) => boolean;
