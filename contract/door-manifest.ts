/*
 * What a gate knows without a network: every ticket of one event, packed and signed. docs/door-manifest.md describes the
 * bytes for programs of others. This file reads and verifies them, in browsers and in Node; it imports no schema.
 */

import { type DoorAnswer, type DoorNote, notesOf, type PlaceKind, placeKinds } from './door-notes.ts';
import { type DoorRules, type DoorTicket, dayOf, type StoredUses, type Use } from './door-rules.ts';
import type { TicketCodes } from './event-fields.ts';
import { idByteLength, idOfBytes } from './id-bytes.ts';
import type { CheckpointId, EventId, OrderId, TicketId, TicketTypeId } from './ids.ts';

/** The first 16 bytes. The signature covers them, so it can never be the signature of a ticket's code. */
export const manifestMagic = 'ADMIT-MANIFEST1\n';
export const manifestType = 'application/vnd.admit.door-manifest';
/** The last 64 bytes are the signature, and the two before them are the id of its key. */
const signatureLength = 64;
const keyIdLength = 2;

interface ManifestKey {
  /** The first two bytes of the SHA-256 of the public key. Codes and manifests name their key by it. */
  id: number;
  /** The raw 32 bytes of the Ed25519 key, base64url. */
  publicKey: string;
}

/** The part of a manifest that is JSON. A delta has a whole head, too: it is small, and it changes seldom. */
export interface ManifestHead {
  event: {
    id: EventId;
    title: string;
    /** A cancelled event admits nobody. */
    status: 'draft' | 'published' | 'cancelled';
    startsAt: string;
    doorsAt: string | null;
    endsAt: string;
    timeZone: string;
    venueName: string;
  };
  /** What the gate sends as `since` to get the next delta. Opaque. */
  version: string;
  /** The version that a delta follows; null if the manifest is full and replaces everything before it. */
  since: string | null;
  /** RFC 3339, by the server's clock. */
  issuedAt: string;
  /** A gate that has reached no server until then stops. */
  expiresAt: string;
  /** The keys that sign codes of tickets, and manifests. */
  keys: ManifestKey[];
  /** How guests show their tickets. */
  ticketCodes: TicketCodes;
  /**
   * With these keys a gate checks codes that turn (rotating-code.ts): 32 bytes each, base64url. Empty if the codes of the event
   * are fixed. They are secret: whoever has one can make a copy of a code look fresh.
   */
  eventKeys: { id: number; key: string }[];
  /** As the tickets were sold: a type that was renamed is in the list once for each name. */
  ticketTypes: { id: TicketTypeId; name: string; isAllowed: boolean; doorNote: string }[];
  /** The rules by which the gate decides (door-rules.ts). */
  rules: DoorRules;
  /** Orders with an open dispute. */
  disputedOrders: OrderId[];
  /** The passes whose codes stand for tickets of this event (pass-tickets.ts). Left out by servers that know no passes. */
  passes?: EventId[];
  /** Whether the tickets have names and answers. */
  hasNames: boolean;
  /** Whether the tickets have hashes of their short numbers. */
  hasShortNumbers: boolean;
  /** Texts that columns name by their place in the list. */
  texts: string[];
}

/** waiting: its order is not released, because the team looks at it. A reissued ticket has a higher `issue` than the old code. */
export const manifestStates = ['valid', 'used', 'cancelled', 'refunded', 'waiting'] as const;
export type ManifestState = (typeof manifestStates)[number];

export interface ManifestTicket {
  id: TicketId;
  issue: number;
  state: ManifestState;
  /** Its order has an open dispute. */
  isDisputed: boolean;
  /** Its present issue went to another person. */
  isTransferred: boolean;
  /** The index in the head's `ticketTypes`. */
  type: number;
  orderId: OrderId;
  seat: { section: string; row: string; seat: string } | null;
  /** When and at which gate it was admitted first; whole seconds since 1970. */
  usedAt: number | null;
  usedGate: string | null;
  /** The number of the latest visit through the main entrance; 0 before the first. */
  visit: number;
  /** Where and for which day its guest came in, if the guest is inside; see DoorTicket. */
  inside: DoorTicket['inside'];
  /** What it has used at checkpoints. */
  uses: StoredUses;
  /** How many wallets have opened a ticket whose code turns. The last ten of them show codes that count. */
  wallets: number;
  /** Its guest has it on paper, so its fixed code counts even where codes turn. */
  hasPaper: boolean;
  /** See shortNumberHash; null if the manifest has none. */
  shortHash: number | null;
  /** Null if the gate may not see names, or if the ticket has none. */
  name: string | null;
  /** What its seat is, for a wheelchair or for a companion. */
  placeKind: PlaceKind | null;
  /** Answers to questions that are marked for the door; none if the gate may not see names. */
  answers: DoorAnswer[];
}

export interface Manifest {
  head: ManifestHead;
  /** In the order of their ids. A full manifest has all tickets, a delta those that may have changed. */
  tickets: ManifestTicket[];
}

/** Bits of a ticket's flags, above the three bits of its state. */
export const manifestFlags = {
  inside: 8,
  used: 16,
  transferred: 32,
  uses: 64,
  paper: 128,
  wheelchair: 256,
  companion: 512,
} as const;

/** Thrown if the bytes are no manifest that this version can read. Verify first: signed bytes never cause it. */
export class NoManifest extends Error {}

/** Checks one Ed25519 signature. Browsers without Ed25519 in WebCrypto pass a function of their own. */
export type VerifySignature = (
  publicKey: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
) => Promise<boolean>;

export const verifyWithWebCrypto: VerifySignature = async (publicKey, message, signature) => {
  const key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', key, signature, message);
};

/**
 * True if one of these keys signed exactly these bytes. `keys` are those that the gate got when it was registered or from an
 * earlier manifest, never those of the manifest itself.
 */
export async function isSignedManifest(
  bytes: Uint8Array<ArrayBuffer>,
  keys: readonly ManifestKey[],
  verify: VerifySignature = verifyWithWebCrypto,
): Promise<boolean> {
  const end = bytes.length - signatureLength;
  if (end < manifestMagic.length + keyIdLength || !isMagic(bytes)) return false;
  const id = ((bytes[end - 2] as number) << 8) | (bytes[end - 1] as number);
  const key = keys.find((each) => each.id === id);
  if (!key) return false;
  return verify(bytesOfBase64url(key.publicKey), bytes.subarray(0, end), bytes.subarray(end));
}

const isMagic = (bytes: Uint8Array): boolean => {
  for (let i = 0; i < manifestMagic.length; i++) if (bytes[i] !== manifestMagic.charCodeAt(i)) return false;
  return true;
};

/** Reads a manifest whose signature was verified. Throws NoManifest if it is damaged. */
export function readManifest(bytes: Uint8Array): Manifest {
  if (!isMagic(bytes)) throw new NoManifest('these bytes are no manifest');
  const reader = openReader(bytes, manifestMagic.length, bytes.length - signatureLength - keyIdLength);
  const head = JSON.parse(reader.text(reader.number())) as ManifestHead;
  const orders = reader.many(reader.number(), () => idOfBytes('order', reader.take(idByteLength)));
  const count = reader.number();
  const ids = readIds(reader, count);
  const issues = reader.many(count, reader.number);
  const flags = reader.many(count, reader.number);
  const types = reader.many(count, reader.number);
  const orderAt = reader.many(count, reader.number);
  const visits = reader.many(count, reader.number);
  const has = (flag: keyof typeof manifestFlags, i: number) =>
    ((flags[i] as number) & manifestFlags[flag]) !== 0;
  const text = (index: number) => (index === 0 ? null : (head.texts[index - 1] ?? null));
  const used = reader.many(count, (i) =>
    has('used', i) ? { at: reader.number(), gate: text(reader.number()) } : null,
  );
  const seats = reader.many(count, () => {
    const section = reader.number();
    if (section === 0) return null;
    return {
      section: text(section) ?? '',
      row: text(reader.number()) ?? '',
      seat: text(reader.number()) ?? '',
    };
  });
  const inside = reader.many(count, (i) =>
    has('inside', i)
      ? { checkpointId: text(reader.number()) as CheckpointId | null, day: text(reader.number()) }
      : null,
  );
  const uses = reader.many(count, (i) => (has('uses', i) ? readUses(reader, text) : {}));
  const wallets = head.ticketCodes === 'fixed' ? null : reader.many(count, reader.number);
  const hashes = head.hasShortNumbers ? reader.many(count, () => reader.uint32()) : null;
  const names = head.hasNames ? reader.many(count, () => reader.text(reader.number()) || null) : null;
  const answers = head.hasNames ? reader.many(count, () => readAnswers(reader, text)) : null;
  reader.end();
  const disputed = new Set<string>(head.disputedOrders);
  return {
    head,
    tickets: ids.map((id, i) => {
      const orderId = orders[orderAt[i] as number] as OrderId;
      return {
        id,
        issue: issues[i] as number,
        state: manifestStates[(flags[i] as number) & 7] as ManifestState,
        isDisputed: disputed.has(orderId),
        isTransferred: has('transferred', i),
        type: types[i] as number,
        orderId,
        seat: seats[i] ?? null,
        usedAt: used[i]?.at ?? null,
        usedGate: used[i]?.gate ?? null,
        visit: visits[i] as number,
        inside: inside[i] ?? null,
        uses: uses[i] ?? {},
        wallets: wallets?.[i] ?? 0,
        hasPaper: has('paper', i),
        shortHash: hashes?.[i] ?? null,
        name: names?.[i] ?? null,
        placeKind: placeKinds.find((kind) => has(kind, i)) ?? null,
        answers: answers?.[i] ?? [],
      };
    }),
  };
}

/** What the gate shows with a ticket. */
export const notesOfTicket = (head: ManifestHead, { type, placeKind, answers }: ManifestTicket): DoorNote[] =>
  notesOf({ typeNote: head.ticketTypes[type]?.doorNote ?? '', placeKind, answers });

/** True for a type of the manifest whose tickets are extras, which admit nobody. */
export function isExtraType({ ticketTypes, rules }: ManifestHead, type: number): boolean {
  const id = ticketTypes[type]?.id;
  return id !== undefined && rules.extras?.[id] !== undefined;
}

/** The ticket as the rules of the door see it (decideScan). */
export function toDoorTicket(head: ManifestHead, ticket: ManifestTicket): DoorTicket {
  const { main, ...uses } = ticket.uses;
  return {
    ticketTypeId: (head.ticketTypes[ticket.type] as ManifestHead['ticketTypes'][number]).id,
    issue: ticket.issue,
    standing: standingOf(head, ticket),
    isTransferred: ticket.isTransferred,
    inside: ticket.inside,
    entrance: main ?? plainUse(head, ticket),
    uses,
  };
}

/** What was used at the main entrance before the event had checkpoints. Then it is all that was used. */
function plainUse({ event, rules }: ManifestHead, { visit, usedAt }: ManifestTicket): Use {
  const use = { day: null, visit, used: visit > 0 ? 1 : 0, inside: false };
  if (visit === 0 || usedAt === null || rules.checkpoints.length === 0) return use;
  return { ...use, on: dayOf(new Date(usedAt * 1000), event.timeZone, rules) };
}

function standingOf({ event }: ManifestHead, { state, isDisputed }: ManifestTicket): DoorTicket['standing'] {
  if (state === 'refunded') return 'refunded';
  if (state === 'cancelled' || (state !== 'used' && event.status === 'cancelled')) return 'cancelled';
  if (state === 'waiting') return 'waiting';
  return isDisputed ? 'disputed' : 'valid';
}

/**
 * How many checkpoints; for each its id and the day (texts), the visit, how many times are used, 1 if inside, and the day of the
 * latest use (a text).
 */
function readUses(reader: Reader, text: (index: number) => string | null): StoredUses {
  const uses: StoredUses = {};
  for (let rest = reader.number(); rest > 0; rest--) {
    const id = text(reader.number()) as keyof StoredUses;
    const day = text(reader.number());
    const use: Use = { day, visit: reader.number(), used: reader.number(), inside: reader.number() === 1 };
    const on = text(reader.number());
    uses[id] = on === null ? use : { ...use, on };
  }
  return uses;
}

/** How many answers; for each its question (texts) and what was answered. */
function readAnswers(reader: Reader, text: (index: number) => string | null): DoorAnswer[] {
  const answers: DoorAnswer[] = [];
  for (let rest = reader.number(); rest > 0; rest--)
    answers.push({ label: text(reader.number()) ?? '', text: reader.text(reader.number()) });
  return answers;
}

/** The ids of tickets ascend. Their times, in milliseconds, are differences; then come the ten random bytes of each. */
function readIds(reader: Reader, count: number): TicketId[] {
  let atMs = 0;
  const times = reader.many(count, () => {
    atMs += reader.number();
    return atMs;
  });
  const id = new Uint8Array(idByteLength);
  return times.map((time) => {
    for (let i = 5, rest = time; i >= 0; i--, rest = Math.floor(rest / 256)) id[i] = rest % 256;
    id.set(reader.take(idByteLength - 6), 6);
    return idOfBytes('ticket', id);
  });
}

type Reader = ReturnType<typeof openReader>;

function openReader(bytes: Uint8Array, start: number, end: number) {
  let at = start;
  const need = (length: number) => {
    if (at + length > end) throw new NoManifest('the manifest ends too early');
  };
  const take = (length: number): Uint8Array => {
    need(length);
    at += length;
    return bytes.subarray(at - length, at);
  };
  /** Seven bits a byte, the lowest first; the top bit says that another byte follows. */
  const number = (): number => {
    let value = 0;
    for (let factor = 1; factor < 2 ** 53; factor *= 128) {
      need(1);
      const byte = bytes[at++] as number;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
    throw new NoManifest('a number in the manifest is too large');
  };
  const decoder = new TextDecoder();
  return {
    number,
    take,
    uint32(): number {
      const [a = 0, b = 0, c = 0, d = 0] = take(4);
      return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
    },
    text: (length: number): string => (length === 0 ? '' : decoder.decode(take(length))),
    many<T>(count: number, one: (index: number) => T): T[] {
      // A ticket or an order takes a byte at least, so a damaged count can't fill the memory.
      if (count > end - start) throw new NoManifest('the manifest ends too early');
      const all = new Array<T>(count);
      for (let i = 0; i < count; i++) all[i] = one(i);
      return all;
    },
    end(): void {
      if (at !== end) throw new NoManifest('the manifest is longer than its columns');
    },
  };
}

/**
 * The tickets after a delta: the delta's ones replace those with the same id. A full manifest replaces all. Returns null if
 * the delta follows another version than `known` is; then the gate asks for a full manifest.
 */
export function mergeManifest(known: Manifest | null, news: Manifest): Manifest | null {
  if (news.head.since === null) return news;
  if (!known || known.head.version !== news.head.since) return null;
  if (known.head.event.id !== news.head.event.id) return null;
  const types = mergeTypes(known, news);
  const changed = new Map(news.tickets.map((ticket) => [ticket.id, ticket]));
  const disputed = new Set<string>(news.head.disputedOrders);
  const kept = known.tickets
    .filter(({ id }) => !changed.has(id))
    .map((ticket) => {
      const type = types(ticket.type);
      const isDisputed = disputed.has(ticket.orderId);
      return type === ticket.type && isDisputed === ticket.isDisputed
        ? ticket
        : { ...ticket, type, isDisputed };
    });
  const tickets = [...kept, ...news.tickets].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { head: news.head, tickets };
}

/** The head of a delta may list the ticket types in another order. */
function mergeTypes(known: Manifest, news: Manifest): (index: number) => number {
  const keyOf = ({ id, name }: { id: string; name: string }) => `${id} ${name}`;
  const indexOf = new Map(news.head.ticketTypes.map((type, i) => [keyOf(type), i]));
  const moved = known.head.ticketTypes.map((type) => indexOf.get(keyOf(type)) ?? 0);
  return (index) => moved[index] ?? index;
}

export function bytesOfBase64url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}
