import {
  type Manifest,
  type ManifestTicket,
  mergeManifest,
  readManifest,
  toDoorTicket,
} from '../../contract/door-manifest.ts';
import { type DoorTicket, dayOf, decideScan, type ScanRefusal } from '../../contract/door-rules.ts';
import { doorWarning } from '../../contract/door-warning.ts';
import type { CheckpointId, EventId, TicketId, TicketTypeId } from '../../contract/ids.ts';
import type { BoxStore, KeptScan } from './box-store.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** A scan of a ticket with a good code, as the box decides about it. */
interface BoxScan {
  ticketId: TicketId;
  issue: number;
  direction: 'in' | 'out';
  checkpointId: CheckpointId | null;
  gate: string | null;
  at: Date;
}

/** What is written down of a scan that let somebody in or out. */
export interface BoxMovement extends BoxScan {
  by: string;
}

type BoxDecision =
  | { refused: ScanRefusal | 'unknown_ticket'; usedAt?: string; gate?: string | null; by?: string }
  | { refused: null; checkIn: Record<string, unknown> };

/** What a box knows of one event: the server's manifest, and on top what its own gates did that the manifest does not have yet. */
export interface BoxEvent {
  manifest(): Manifest | null;
  /** The signed bytes for a gate: the whole manifest, or the delta after the version that it has. */
  bytesFor(since: string | undefined): Bytes | null;
  /** Takes news of the server. False if they do not follow what is known; then a whole manifest is needed. */
  learn(bytes: Bytes): boolean;
  /** How many deltas are kept since the last whole manifest. */
  deltas(): number;
  find(ticketId: TicketId): ManifestTicket | null;
  decide(scan: BoxScan, allowedTypes: readonly TicketTypeId[] | null): BoxDecision;
  /** Counts a scan that let somebody in or out from now on. */
  apply(scan: Pick<KeptScan, 'ticketId' | 'movement'>): void;
  /** Forgets what the manifest shows now. */
  settle(sentBeforeMs: number): void;
  counts(): { admitted: number; tickets: number };
}

export function openBoxEvent(store: BoxStore, eventId: EventId): BoxEvent {
  let manifest: Manifest | null = null;
  let tickets = new Map<TicketId, ManifestTicket>();
  /** The whole manifest, the deltas after it, and by which version each is asked for. */
  let chain: { since: string | null; bytes: Bytes }[] = [];
  /** The latest delta without a ticket: it only says that nothing has changed, and until when that counts. */
  let tail: { since: string | null; bytes: Bytes } | null = null;
  /** By ticket, in the order in which they were decided. */
  let own = new Map<TicketId, BoxMovement[]>();

  const index = () => {
    tickets = new Map(manifest?.tickets.map((ticket) => [ticket.id, ticket]));
  };
  for (const bytes of store.manifests(eventId)) {
    const news = readManifest(bytes);
    manifest = mergeManifest(manifest, news);
    chain.push({ since: news.head.since, bytes });
  }
  index();
  const readOwn = () => {
    own = new Map();
    for (const scan of store.unsettled(eventId)) add(scan);
  };
  const add = ({ ticketId, movement: written }: Pick<KeptScan, 'ticketId' | 'movement'>) => {
    if (!ticketId || written === null) return;
    const { at, ...movement } = JSON.parse(written) as Omit<BoxMovement, 'at'> & { at: string };
    const all = own.get(ticketId) ?? [];
    all.push({ ...movement, at: new Date(at) });
    own.set(ticketId, all);
  };
  readOwn();

  /** The ticket after what the gates of this box did with it. */
  function stateOf({ head }: Manifest, ticket: ManifestTicket): DoorTicket {
    let state = toDoorTicket(head, ticket);
    for (const movement of own.get(ticket.id) ?? []) {
      const decision = decideScan(state, scanOf(movement, head, null), head.rules);
      if (decision.refused === null) state = decision.movement.after;
    }
    return state;
  }

  /** Counts the people inside only where a limit needs it: that looks at each ticket. */
  function countInside(known: Manifest, checkpointId: CheckpointId | null): number {
    let inside = 0;
    for (const ticket of known.tickets) {
      const state = stateOf(known, ticket);
      if (checkpointId === null ? state.inside !== null : isIn(state, known, checkpointId)) inside++;
    }
    return inside;
  }

  return {
    manifest: () => manifest,
    bytesFor(since) {
      const next = since === undefined ? undefined : chain.find((each) => each.since === since);
      if (next) return next.bytes;
      if (since !== undefined && tail?.since === since && manifest?.head.version === since) return tail.bytes;
      return chain[0]?.bytes ?? null;
    },
    learn(bytes) {
      const news = readManifest(bytes);
      const merged = mergeManifest(manifest, news);
      if (!merged || merged.head.event.id !== eventId) return false;
      manifest = merged;
      const link = { since: news.head.since, bytes };
      if (news.head.since === news.head.version) {
        tail = link;
        return true;
      }
      tail = null;
      chain = news.head.since === null ? [link] : [...chain, link];
      store.keepManifest(eventId, bytes, news.head.since === null);
      index();
      return true;
    },
    deltas: () => chain.length - 1,
    find: (ticketId) => tickets.get(ticketId) ?? null,
    decide(scan, allowedTypes) {
      const ticket = tickets.get(scan.ticketId);
      if (!manifest || !ticket) return { refused: 'unknown_ticket' };
      const known = manifest;
      const decision = decideScan(
        stateOf(known, ticket),
        scanOf(scan, known.head, allowedTypes),
        known.head.rules,
        (checkpointId) => countInside(known, checkpointId),
      );
      if (decision.refused !== null)
        return {
          refused: decision.refused,
          ...(decision.refused === 'already_used' && firstUse(ticket, own.get(ticket.id))),
        };
      const { kind, visit, checkpointId } = decision.movement;
      const { doorsAt, startsAt, endsAt } = known.head.event;
      const times = { opensAt: new Date(doorsAt ?? startsAt), endsAt: new Date(endsAt) };
      const warning = doorWarning(times, scan.at);
      return {
        refused: null,
        checkIn: {
          ticketId: ticket.id,
          kind,
          visit,
          checkpointId,
          checkedInAt: scan.at.toISOString(),
          gate: scan.gate,
          ticketTypeName: known.head.ticketTypes[ticket.type]?.name ?? '',
          place: ticket.seat,
          attendeeName: ticket.name,
          orderNumber: ticket.orderId.slice(-8),
          warning: warning && { code: warning.code, at: warning.at.toISOString() },
          presence: null,
        },
      };
    },
    apply: add,
    settle(sentBeforeMs) {
      store.settle(eventId, sentBeforeMs);
      readOwn();
    },
    counts() {
      let [admitted, all] = [0, 0];
      for (const { id, state } of manifest?.tickets ?? []) {
        if (state === 'cancelled' || state === 'refunded') continue;
        all++;
        if (state === 'used' || own.has(id)) admitted++;
      }
      return { admitted, tickets: all };
    },
  };
}

const scanOf = (
  { issue, direction, checkpointId, at }: BoxScan,
  { event, rules }: Manifest['head'],
  allowedTypes: readonly TicketTypeId[] | null,
) => ({
  issue,
  direction,
  checkpointId,
  day: dayOf(at, event.timeZone, rules),
  allowedTypes,
  admitsDisputed: false,
});

const isIn = (state: DoorTicket, { head }: Manifest, checkpointId: CheckpointId): boolean =>
  head.rules.checkpoints.find(({ id }) => id === checkpointId)?.countsInside
    ? state.inside?.checkpointId === checkpointId
    : (state.uses[checkpointId]?.inside ?? false);

function firstUse(ticket: ManifestTicket, own: BoxMovement[] | undefined) {
  if (ticket.usedAt !== null)
    return { usedAt: new Date(ticket.usedAt * 1000).toISOString(), gate: ticket.usedGate };
  const first = own?.[0];
  return first && { usedAt: first.at.toISOString(), gate: first.gate, by: first.by };
}
