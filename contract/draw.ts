/*
 * The draw of a waiting room. It decides in which order the people who joined before the opening are served. The server draws
 * with it, and the page and `npm run verify-draw` check a published draw with it (docs/waiting-room.md). It needs only
 * WebCrypto, which Node and browsers share.
 *
 * 1. When the room is made, the server chooses a random seed and publishes its hash: the commitment.
 * 2. Each person who joins brings a salt of their own. The server cannot know it when it commits.
 * 3. At the opening the list of entries is closed. Its hash, and the value of a public beacon where one is configured, are
 *    what nobody could know before.
 * 4. The key of the draw is a hash of the seed, the list and the beacon. A stream of bytes under this key shuffles the list.
 * 5. If the queue has lanes, the places of people in a lane move forward as far as its share needs (`withLanes`). The lane of each
 *    entry is a part of the list, so it cannot be changed after the draw.
 * 6. After the draw the seed is published, so everybody can repeat steps 3 to 5.
 */

/** The name of these rules. Other rules get another name. */
export const drawMethod = 'admit-draw-1';
/** The name of the rules of a queue with lanes. */
export const laneMethod = 'admit-draw-2';

/** Someone who waits: the public id of the entry, and the salt that the person brought, as 32 hexadecimal digits. */
export interface DrawEntry {
  id: string;
  salt: string;
  /** The key of the person's lane; null or left out without one. */
  lane?: string | null | undefined;
}

/** A lane: so many percent of the first positions are for its people, as long as some of them are left. */
interface DrawLane {
  key: string;
  percent: number;
}

/** Everything that a draw depends on, as it is published. */
interface DrawTerms {
  eventId: string;
  /** 64 hexadecimal digits. Secret until the draw. */
  seed: string;
  /** The value of a public beacon at the opening; null if none is configured. */
  beacon: string | null;
  /** In their order. Left out or empty for a queue without lanes. */
  lanes?: readonly DrawLane[] | undefined;
}

const methodOf = ({ lanes = [] }: Pick<DrawTerms, 'lanes'>): string =>
  lanes.length > 0 ? laneMethod : drawMethod;

const text = new TextEncoder();

/** The hash that is published before anybody joins: SHA-256 as 64 hexadecimal digits. */
export const commitmentTo = ({ eventId, seed }: Omit<DrawTerms, 'beacon'>): Promise<string> =>
  sha256([drawMethod, 'commitment', eventId, seed].join('\n'));

/**
 * The hash of the list of entries, in the order of their ids: SHA-256 as 64 hexadecimal digits. Whoever has the list
 * before the draw can tell that nobody was added or left out.
 */
export const listHashOf = (
  entries: readonly DrawEntry[],
  terms: Pick<DrawTerms, 'lanes'> = {},
): Promise<string> => hashOfList(inOrder(entries), methodOf(terms));

/** Ids begin with the time, so a list from the database is in order already. Sorting a million others takes three seconds. */
function inOrder(entries: readonly DrawEntry[]): readonly DrawEntry[] {
  if (entries.every(({ id }, i) => i === 0 || (entries[i - 1] as DrawEntry).id < id)) return entries;
  // A space is less than every character of an id, so the lines are in the order of their ids.
  const lines = entries.map(lineOf).sort();
  return lines.map((line) => {
    const [id = '', salt = '', lane] = line.split(' ');
    return lane === undefined ? { id, salt } : { id, salt, lane };
  });
}

/** Each entry is a line: its id, a space and its salt, and in a lane another space and the lane's key. */
function hashOfList(entries: readonly DrawEntry[], method: string): Promise<string> {
  let list = `${method}\nentries`;
  for (const entry of entries) list += `\n${lineOf(entry)}`;
  return sha256(entries.length === 0 ? `${list}\n` : list);
}

const lineOf = ({ id, salt, lane }: DrawEntry) => (lane ? `${id} ${salt} ${lane}` : `${id} ${salt}`);

/** Draws: the ids of the entries in the order in which they are served. It does not depend on the order of `entries`. */
export async function drawOrder(terms: DrawTerms, entries: readonly DrawEntry[]): Promise<string[]> {
  const list = inOrder(entries);
  const method = methodOf(terms);
  const parts = [
    method,
    'key',
    terms.eventId,
    terms.seed,
    await hashOfList(list, method),
    terms.beacon ?? '',
  ];
  const next = await streamOfWords(bytesOf(await sha256(parts.join('\n'))), list.length);
  const order = shuffle(
    list.map(({ id }) => id),
    next,
  );
  return terms.lanes?.length ? withLanes(order, list, terms.lanes) : order;
}

/**
 * Moves people of lanes forward in a shuffled order. Of the first n positions, each lane has at least its percentage, rounded down, as
 * long as somebody of it is left (a position or two later where several lanes are due at once). Every other position goes to the first of the shuffled order who has none, whether in a lane or not. So
 * nobody stands further back because of their own lane, and inside a lane the order is the shuffled one. If two lanes are
 * due for the same position, the one that is named first goes first.
 */
export function withLanes(
  order: readonly string[],
  entries: readonly DrawEntry[],
  lanes: readonly DrawLane[],
): string[] {
  const laneOf = new Map(entries.flatMap(({ id, lane }) => (lane ? [[id, lane] as const] : [])));
  const queues = lanes.map(({ key, percent }) => ({
    key,
    percent,
    ids: order.filter((id) => laneOf.get(id) === key),
    head: 0,
    placed: 0,
  }));
  const byKey = new Map(queues.map((queue) => [queue.key, queue]));
  const done = new Set<string>();
  const placed: string[] = [];
  let head = 0;
  for (let position = 1; position <= order.length; position++) {
    for (const queue of queues)
      while (queue.head < queue.ids.length && done.has(queue.ids[queue.head] as string)) queue.head++;
    while (head < order.length && done.has(order[head] as string)) head++;
    const due = queues.find(
      (queue) => queue.head < queue.ids.length && queue.placed < Math.floor((queue.percent * position) / 100),
    );
    const id = (due ? due.ids[due.head] : order[head]) as string;
    done.add(id);
    placed.push(id);
    const own = byKey.get(laneOf.get(id) ?? '');
    if (own) own.placed++;
  }
  return placed;
}

/** Where a published draw differs from the rules; null if it holds. */
export async function findDrawFault(
  terms: DrawTerms,
  published: { commitment: string; entries: readonly DrawEntry[]; order: readonly string[] },
): Promise<'commitment' | 'entries' | 'order' | null> {
  const { commitment, entries, order } = published;
  if ((await commitmentTo(terms)) !== commitment) return 'commitment';
  if (new Set(entries.map(({ id }) => id)).size !== entries.length) return 'entries';
  const right = await drawOrder(terms, entries);
  return right.length === order.length && right.every((id, i) => id === order[i]) ? null : 'order';
}

/** Fisher and Yates, from the last place to the first. Each place takes one of those that are left, all equally likely. */
function shuffle(ids: string[], next: () => number): string[] {
  for (let last = ids.length - 1; last > 0; last--) {
    const chosen = below(last + 1, next);
    const id = ids[last] as string;
    ids[last] = ids[chosen] as string;
    ids[chosen] = id;
  }
  return ids;
}

/** A whole number from 0 to `bound` - 1. It rejects words beyond the last whole multiple, so that no number is likelier. */
function below(bound: number, next: () => number): number {
  const limit = 2 ** 32 - (2 ** 32 % bound);
  for (;;) {
    const word = next();
    if (word < limit) return word % bound;
  }
}

/** Words of 32 bits, most significant byte first: AES-256 in counter mode over zeros, with a counter that begins at 0. */
async function streamOfWords(key: Uint8Array<ArrayBuffer>, expected: number): Promise<() => number> {
  const cipher = await crypto.subtle.importKey('raw', key, 'AES-CTR', false, ['encrypt']);
  // Less than half of the words are rejected whatever the bound is, so four words for each place are more than enough.
  const blocks = Math.ceil(expected / 4) * 4 + 16;
  const counter = new Uint8Array(16);
  const bytes = await crypto.subtle.encrypt(
    { name: 'AES-CTR', counter, length: 128 },
    cipher,
    new Uint8Array(blocks * 16),
  );
  const words = new DataView(bytes);
  let at = 0;
  return () => {
    if (at === bytes.byteLength) throw new Error('the draw needs more words than it has');
    const word = words.getUint32(at);
    at += 4;
    return word;
  };
}

async function sha256(message: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', text.encode(message)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const bytesOf = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
