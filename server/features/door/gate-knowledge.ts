import type { ManifestState, ManifestTicket } from '../../../contract/door-manifest.ts';
import type { DoorAnswer } from '../../../contract/door-notes.ts';
import type { EventId, TicketId, TicketTypeId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { readDoorAnswers } from '../questions/read-door-answers.ts';
import { type PlaceKinds, placeKindOf, readPlaceKinds } from '../seating/place-kinds.ts';
import type { SeatName } from '../seating/seat-plan.ts';
import {
  type ManifestMoment,
  type ManifestRow,
  selectAll,
  selectMoment,
  selectWalletsWritten,
  selectWritten,
  type WalletsRow,
} from './manifest-store.ts';

/** What this process knows of an event's tickets. All gates of the event share it, so the database is read once for all. */
export interface GateKnowledge {
  moment: ManifestMoment;
  /**
   * Everything that a transaction below it has written is known. A gate that knows as much gets the tickets that were written
   * from it on.
   */
  version: number;
  /** In the order of their ids. */
  tickets: KnownTicket[];
  ticketTypes: { id: TicketTypeId; name: string }[];
  readAtMs: number;
  /** Manifests that were made from it, by what they show. Gates that ask at the same moment get the same bytes. */
  made: Map<string, Promise<Buffer>>;
}

/** The last read of an event, and the next one while it is running. */
export interface GateReads {
  known: GateKnowledge | null;
  reading: Promise<GateKnowledge | null> | null;
}

interface KnownTicket {
  ticket: ManifestTicket;
  /** The transaction that wrote it. */
  writtenBy: number;
}

/** Gates that ask within this time get the same answer. */
const keptMs = 1000;
/** PostgreSQL compares 32 bits of transaction ids. An older version gets a full manifest. */
const oldestAge = 2 ** 31 - 2 ** 20;

/**
 * Returns what is known of an event, at most a second old; null if there is no such event. `least` is the version of a gate that
 * asked another process: the answer reaches it, if the database has it.
 */
export async function readGateKnowledge(
  app: App,
  eventId: EventId,
  least = 0,
): Promise<GateKnowledge | null> {
  const reads = app.caches.gateKnowledge.get(eventId) ?? { known: null, reading: null };
  app.caches.gateKnowledge.put(eventId, reads);
  const { known } = reads;
  if (known && known.version >= least && app.clock.monotonicMs() - known.readAtMs < keptMs) return known;
  if (reads.reading) {
    const next = await reads.reading;
    if (!next || next.version >= least) return next;
  }
  reads.reading ??= read(app, eventId, reads).finally(() => {
    reads.reading = null;
  });
  return reads.reading;
}

async function read(app: App, eventId: EventId, reads: GateReads): Promise<GateKnowledge | null> {
  const { known } = reads;
  const readAtMs = app.clock.monotonicMs();
  // Everything below the moment's xmin is committed and visible to the second read, or never will be.
  const moment = await selectMoment(app.db, eventId);
  if (!moment) {
    app.caches.gateKnowledge.forget(eventId);
    return null;
  }
  const follows =
    known !== null &&
    known.moment.identity === moment.identity &&
    known.version <= moment.snapshotXmin &&
    moment.snapshotXmin - known.version < oldestAge;
  const before = follows ? known : null;
  const { snapshotXmin, ticketCodes } = moment;
  const [rows, wallets, placeKinds] = await Promise.all([
    before
      ? selectWritten(app.db, eventId, before.version, snapshotXmin)
      : selectAll(app.db, eventId, snapshotXmin),
    ticketCodes === 'fixed'
      ? []
      : selectWalletsWritten(app.db, eventId, before?.version ?? null, snapshotXmin),
    readPlaceKinds(app, eventId, moment.seatMapId),
  ]);
  const answers = await readDoorAnswers(
    app.db,
    eventId,
    moment.doorQuestions,
    rows.map(({ id }) => id),
  );
  reads.known = addWallets(merge(moment, before, { rows, answers, placeKinds }, readAtMs), wallets);
  return reads.known;
}

/** The rows that were written, with what belongs to their tickets. Who changes an answer writes the ticket too. */
interface Written {
  rows: ManifestRow[];
  answers: Map<TicketId, DoorAnswer[]>;
  placeKinds: PlaceKinds;
}

function merge(
  moment: ManifestMoment,
  known: GateKnowledge | null,
  { rows, answers, placeKinds }: Written,
  readAtMs: number,
): GateKnowledge {
  const types = new Map<string, { id: TicketTypeId; name: string; index: number }>();
  const typeOf = (id: TicketTypeId, name: string): number => {
    const key = `${id} ${name}`;
    let type = types.get(key);
    if (!type) {
      type = { id, name, index: types.size };
      types.set(key, type);
    }
    return type.index;
  };
  // Known types keep their index, because known tickets name them by it.
  for (const { id, name } of known?.ticketTypes ?? []) typeOf(id, name);
  for (const { id, name } of moment.ticketTypes) typeOf(id, name);
  const written = rows.map((row) => ({
    ticket: {
      ...toManifestTicket(row, typeOf(row.ticketTypeId, row.ticketTypeName), placeKinds),
      answers: answers.get(row.id) ?? [],
    },
    writtenBy: writerOf(row, moment),
  }));
  const tickets = mergeTickets(known?.tickets ?? [], written);
  return {
    moment,
    version: versionOf(moment, tickets, known?.version ?? 0),
    tickets,
    ticketTypes: [...types.values()].map(({ id, name }) => ({ id, name })),
    readAtMs,
    made: new Map(),
  };
}

/** A wallet that opened a ticket makes the ticket change, too. */
function addWallets(known: GateKnowledge, wallets: WalletsRow[]): GateKnowledge {
  const byTicket = new Map(wallets.map((row) => [row.id, row]));
  const tickets = known.tickets.map((each) => {
    const row = byTicket.get(each.ticket.id);
    if (!row) return each;
    const writtenBy = Math.max(each.writtenBy, writerOf(row, known.moment));
    return { writtenBy, ticket: { ...each.ticket, wallets: row.devices, hasPaper: row.paper } };
  });
  return wallets.length === 0
    ? known
    : { ...known, tickets, version: versionOf(known.moment, tickets, known.version) };
}

/** A row that is older than 2^31 transactions seems to be written in the future. It was written long ago. */
const writerOf = (
  { writtenBefore }: Pick<ManifestRow, 'writtenBefore'>,
  { snapshotXmin }: ManifestMoment,
): number => (writtenBefore < -(2 ** 30) ? 0 : Math.max(0, snapshotXmin - writtenBefore));

/**
 * Decision: the version of what was read. It is the snapshot's xmin, or right after the newest row if that is less. So the
 * version stays the same while nothing changes. And a transaction below it has surely committed to the disk: after a crash
 * PostgreSQL may give ids again that it had given only to transactions that left no trace.
 */
function versionOf({ snapshotXmin }: ManifestMoment, tickets: KnownTicket[], least: number): number {
  let newest = 0;
  for (const { writtenBy } of tickets) if (writtenBy > newest) newest = writtenBy;
  return Math.max(least, Math.min(snapshotXmin, newest + 1));
}

function mergeTickets(known: KnownTicket[], written: KnownTicket[]): KnownTicket[] {
  if (written.length === 0) return known;
  const news = new Map<TicketId, KnownTicket>(written.map((each) => [each.ticket.id, each]));
  const merged = known.map((each) => {
    const newer = news.get(each.ticket.id);
    if (!newer) return each;
    news.delete(each.ticket.id);
    const { wallets, hasPaper } = each.ticket;
    return { ...newer, ticket: { ...newer.ticket, wallets, hasPaper } };
  });
  if (news.size === 0) return merged;
  return [...merged, ...news.values()].sort((a, b) => (a.ticket.id < b.ticket.id ? -1 : 1));
}

const toManifestTicket = (
  row: ManifestRow,
  type: number,
  placeKinds: PlaceKinds,
): Omit<ManifestTicket, 'answers'> => ({
  id: row.id,
  issue: row.issue,
  state: stateOf(row),
  // The head says which orders are disputed, because no row of a ticket changes with it.
  isDisputed: false,
  isTransferred: row.isTransferred,
  type,
  orderId: row.orderId,
  seat: seatOf(row),
  usedAt: row.usedAt === null ? null : Math.floor(row.usedAt.getTime() / 1000),
  usedGate: row.gate,
  visit: row.visit,
  inside: row.isInside ? { checkpointId: row.insideCheckpoint, day: row.insideDay } : null,
  uses: row.uses ?? {},
  wallets: 0,
  hasPaper: false,
  shortHash: null,
  name: row.name,
  placeKind: placeKindOf(placeKinds, seatOf(row)),
});

const seatOf = ({ section, row, seat }: ManifestRow): SeatName | null =>
  seat === null ? null : { section: section ?? '', row: row ?? '', seat };

function stateOf({ status, isHeld, isRefunded }: ManifestRow): ManifestState {
  if (status === 'cancelled') return isRefunded ? 'refunded' : 'cancelled';
  return status === 'valid' && isHeld ? 'waiting' : status;
}
