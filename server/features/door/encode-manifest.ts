/* Packs a manifest. contract/door-manifest.ts reads it, and docs/door-manifest.md describes the bytes. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type ManifestHead,
  type ManifestTicket,
  manifestFlags,
  manifestMagic,
  manifestStates,
} from '../../../contract/door-manifest.ts';
import type { StoredUses } from '../../../contract/door-rules.ts';
import { bytesOfId } from '../../../contract/id-bytes.ts';
import type { OrderId } from '../../../contract/ids.ts';

/**
 * The bytes without key id and signature. `tickets` are in the order of their ids. Other requests are answered in between:
 * 60,000 tickets take about 100 ms.
 */
export async function encodeManifest(
  head: Omit<ManifestHead, 'texts'>,
  tickets: readonly ManifestTicket[],
): Promise<Buffer<ArrayBuffer>> {
  const texts = createIndex<string>();
  const columns = createWriter();
  await writeColumns(columns, head, tickets, texts.of);
  const json = Buffer.from(JSON.stringify({ ...head, texts: texts.all() } satisfies ManifestHead));
  const front = createWriter();
  front.bytes(Buffer.from(manifestMagic, 'latin1'));
  front.number(json.length);
  front.bytes(json);
  return Buffer.concat([front.written(), columns.written()]);
}

const ticketsPerTurn = 4000;

async function writeColumns(
  out: Writer,
  head: Omit<ManifestHead, 'texts'>,
  tickets: readonly ManifestTicket[],
  textOf: (text: string) => number,
): Promise<void> {
  const orders = createIndex<OrderId>();
  const orderAt = tickets.map(({ orderId }) => orders.of(orderId) - 1);
  out.number(orders.all().length);
  for (const order of orders.all()) out.bytes(bytesOfId(order));
  out.number(tickets.length);
  const column = async (write: (ticket: ManifestTicket, index: number) => void) => {
    for (const [index, ticket] of tickets.entries()) {
      write(ticket, index);
      if (index % ticketsPerTurn === ticketsPerTurn - 1) await nextTurn();
    }
  };
  const orNone = (text: string | null): number => (text === null ? 0 : textOf(text));
  const tails: Uint8Array[] = [];
  let atMs = 0;
  await column(({ id }) => {
    const bytes = Buffer.from(bytesOfId(id).buffer);
    const timeMs = bytes.readUIntBE(0, 6);
    out.number(timeMs - atMs);
    atMs = timeMs;
    tails.push(bytes.subarray(6));
  });
  for (const tail of tails) out.bytes(tail);
  await column(({ issue }) => out.number(issue));
  await column((ticket) => out.number(flagsOf(ticket)));
  await column(({ type }) => out.number(type));
  await column((_, index) => out.number(orderAt[index] as number));
  await column(({ visit }) => out.number(visit));
  await column(({ usedAt, usedGate }) => {
    if (usedAt === null) return;
    out.number(usedAt);
    out.number(orNone(usedGate));
  });
  await column(({ seat }) => {
    if (!seat) return out.number(0);
    for (const text of [seat.section, seat.row, seat.seat]) out.number(textOf(text));
  });
  await column(({ inside }) => {
    if (!inside) return;
    out.number(orNone(inside.checkpointId));
    out.number(orNone(inside.day));
  });
  await column(({ uses }) => {
    const ids = Object.keys(uses) as (keyof StoredUses)[];
    if (ids.length > 0) out.number(ids.length);
    for (const id of ids) {
      const use = uses[id] as NonNullable<StoredUses[typeof id]>;
      out.number(textOf(id));
      out.number(orNone(use.day));
      for (const number of [use.visit, use.used, use.inside ? 1 : 0]) out.number(number);
      out.number(orNone(use.on ?? null));
    }
  });
  if (head.ticketCodes !== 'fixed') await column(({ wallets }) => out.number(wallets));
  if (head.hasShortNumbers) await column(({ shortHash }) => out.uint32(shortHash ?? 0));
  if (!head.hasNames) return;
  await column(({ name }) => out.text(name ?? ''));
  await column(({ answers }) => {
    out.number(answers.length);
    for (const { label, text } of answers) {
      out.number(textOf(label));
      out.text(text);
    }
  });
}

const flagsOf = ({
  state,
  inside,
  usedAt,
  isTransferred,
  uses,
  hasPaper,
  placeKind,
}: ManifestTicket): number =>
  manifestStates.indexOf(state) |
  (inside ? manifestFlags.inside : 0) |
  (usedAt === null ? 0 : manifestFlags.used) |
  (isTransferred ? manifestFlags.transferred : 0) |
  (Object.keys(uses).length === 0 ? 0 : manifestFlags.uses) |
  (hasPaper ? manifestFlags.paper : 0) |
  (placeKind ? manifestFlags[placeKind] : 0);

/** Numbers values in the order in which they first come, from 1. */
function createIndex<T>() {
  const numbers = new Map<T, number>();
  return {
    of(value: T): number {
      let number = numbers.get(value);
      if (number === undefined) {
        number = numbers.size + 1;
        numbers.set(value, number);
      }
      return number;
    },
    all: (): T[] => [...numbers.keys()],
  };
}

type Writer = ReturnType<typeof createWriter>;

function createWriter() {
  let buffer = Buffer.allocUnsafe(1024);
  let at = 0;
  const need = (length: number): void => {
    if (at + length <= buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, at + length));
    buffer.copy(larger, 0, 0, at);
    buffer = larger;
  };
  const number = (value: number): void => {
    need(8);
    for (; value >= 128; value = Math.floor(value / 128)) buffer[at++] = (value % 128) | 128;
    buffer[at++] = value;
  };
  const bytes = (given: Uint8Array): void => {
    need(given.length);
    buffer.set(given, at);
    at += given.length;
  };
  return {
    number,
    bytes,
    uint32(value: number): void {
      need(4);
      at = buffer.writeUInt32BE(value, at);
    },
    text(text: string): void {
      const encoded = Buffer.from(text);
      number(encoded.length);
      bytes(encoded);
    },
    written: () => buffer.subarray(0, at),
  };
}
