import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { EventId, TicketId } from '../../contract/ids.ts';

/**
 * What a gate box keeps on its disk. SQLite with a full sync: a scan that was answered survives kill -9 and a power cut. The
 * box has one process, so nobody else writes.
 */
export interface BoxStore {
  get(name: string): string | null;
  put(name: string, value: string): void;
  /** The whole manifest of an event and the deltas after it, in their order. */
  manifests(eventId: EventId): Uint8Array<ArrayBuffer>[];
  keepManifest(eventId: EventId, bytes: Uint8Array, isWhole: boolean): void;
  addGate(gate: { id: string; name: string; tokenHash: Uint8Array; at: string }): void;
  gateOf(tokenHash: Uint8Array): { id: string; name: string } | null;
  countGates(): number;
  /** Throws if the nonce is known. */
  addScan(scan: Omit<KeptScan, 'number'>): KeptScan;
  findScan(eventId: EventId, nonce: string): KeptScan | null;
  /** Scans that let somebody in or out and that no manifest shows yet. */
  unsettled(eventId: EventId): KeptScan[];
  unsent(eventId: EventId, most: number): KeptScan[];
  countUnsent(): number;
  /** The server has answered these scans, or none of them if `answers` has no such number. */
  markSent(answers: { number: number; answer: string }[], atMs: number): void;
  /** A manifest that was asked for after this time has all scans that were sent before. */
  settle(eventId: EventId, sentBeforeMs: number): void;
  close(): void;
}

export interface KeptScan {
  /** The order in which the box decided. */
  number: number;
  eventId: EventId;
  nonce: string;
  gateId: string;
  ticketId: TicketId | null;
  /** The scan as the server gets it: JSON. */
  body: string;
  /** What the box answered: JSON. */
  answer: string;
  /** Whom it let in or out: JSON. Null if nobody. */
  movement: string | null;
  /** The server must hear of it. */
  isForServer: boolean;
  sentAtMs: number | null;
}

const schema = `
  pragma journal_mode = wal;
  pragma synchronous = full;
  create table if not exists facts (name text primary key, value text not null) strict;
  create table if not exists manifests (event_id text, position integer, bytes blob not null, primary key (event_id, position)) strict;
  create table if not exists gates (id text primary key, name text not null, token_hash blob not null unique, registered_at text not null) strict;
  create table if not exists scans (
    number integer primary key autoincrement,
    event_id text not null,
    nonce text not null,
    gate_id text not null,
    ticket_id text,
    body text not null,
    answer text not null,
    movement text,
    is_for_server integer not null,
    sent_at_ms real,
    server_answer text,
    settled integer not null default 0,
    unique (event_id, nonce)
  ) strict;
  create index if not exists scans_unsent on scans (event_id, number) where is_for_server = 1 and sent_at_ms is null;
  create index if not exists scans_unsettled on scans (event_id, number) where movement is not null and settled = 0;`;

const columns = `number, event_id as "eventId", nonce, gate_id as "gateId", ticket_id as "ticketId", body, answer, movement,
  is_for_server as "isForServer", sent_at_ms as "sentAtMs"`;

export function openBoxStore(folder: string): BoxStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'gate-box.sqlite');
  const db = new DatabaseSync(file);
  // It has the token of the box and, if the link sees names, names of guests.
  chmodSync(file, 0o600);
  db.exec(schema);
  const statements = {
    get: db.prepare('select value from facts where name = ?'),
    put: db.prepare(
      'insert into facts values (?, ?) on conflict (name) do update set value = excluded.value',
    ),
    manifests: db.prepare('select bytes from manifests where event_id = ? order by position'),
    keep: db.prepare(
      'insert into manifests select ?1, coalesce(max(position), 0) + 1, ?2 from manifests where event_id = ?1',
    ),
    forget: db.prepare('delete from manifests where event_id = ?'),
    addGate: db.prepare('insert into gates values (?, ?, ?, ?)'),
    gate: db.prepare('select id, name from gates where token_hash = ?'),
    gates: db.prepare('select count(*) as count from gates'),
    add: db.prepare(
      `insert into scans (event_id, nonce, gate_id, ticket_id, body, answer, movement, is_for_server, sent_at_ms)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning ${columns}`,
    ),
    find: db.prepare(`select ${columns} from scans where event_id = ? and nonce = ?`),
    unsettled: db.prepare(
      `select ${columns} from scans where event_id = ? and movement is not null and settled = 0 order by number`,
    ),
    unsent: db.prepare(
      `select ${columns} from scans where event_id = ? and is_for_server = 1 and sent_at_ms is null order by number limit ?`,
    ),
    countUnsent: db.prepare(
      'select count(*) as count from scans where is_for_server = 1 and sent_at_ms is null',
    ),
    sent: db.prepare('update scans set sent_at_ms = ?, server_answer = ? where number = ?'),
    settle: db.prepare(
      'update scans set settled = 1 where event_id = ? and movement is not null and settled = 0 and sent_at_ms < ?',
    ),
  };
  const together = (work: () => void): void => {
    db.exec('begin');
    try {
      work();
      db.exec('commit');
    } catch (error) {
      db.exec('rollback');
      throw error;
    }
  };
  const toScan = (row: unknown): KeptScan => {
    const { isForServer, ...rest } = row as Record<string, unknown>;
    return { ...rest, isForServer: isForServer === 1 } as KeptScan;
  };
  return {
    get: (name) => (statements.get.get(name) as { value: string } | undefined)?.value ?? null,
    put: (name, value) => void statements.put.run(name, value),
    manifests: (eventId) =>
      statements.manifests.all(eventId).map(({ bytes }) => new Uint8Array(bytes as Uint8Array<ArrayBuffer>)),
    keepManifest(eventId, bytes, isWhole) {
      together(() => {
        if (isWhole) statements.forget.run(eventId);
        statements.keep.run(eventId, bytes);
      });
    },
    addGate: ({ id, name, tokenHash, at }) => void statements.addGate.run(id, name, tokenHash, at),
    gateOf: (tokenHash) =>
      (statements.gate.get(tokenHash) as { id: string; name: string } | undefined) ?? null,
    countGates: () => (statements.gates.get() as { count: number }).count,
    addScan: (scan) =>
      toScan(
        statements.add.get(
          scan.eventId,
          scan.nonce,
          scan.gateId,
          scan.ticketId,
          scan.body,
          scan.answer,
          scan.movement,
          Number(scan.isForServer),
          scan.sentAtMs,
        ),
      ),
    findScan(eventId, nonce) {
      const row = statements.find.get(eventId, nonce);
      return row ? toScan(row) : null;
    },
    unsettled: (eventId) => statements.unsettled.all(eventId).map(toScan),
    unsent: (eventId, most) => statements.unsent.all(eventId, most).map(toScan),
    countUnsent: () => (statements.countUnsent.get() as { count: number }).count,
    markSent(answers, atMs) {
      together(() => {
        for (const { number, answer } of answers) statements.sent.run(atMs, answer, number);
      });
    },
    settle: (eventId, sentBeforeMs) => void statements.settle.run(eventId, sentBeforeMs),
    close: () => db.close(),
  };
}
