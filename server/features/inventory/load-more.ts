import type { EventId, HoldId, TicketId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import type { BatchOptions, Submitted } from './batch.ts';
import type { Command, HoldRecord, SoldOrder } from './inventory.ts';
import type { Line } from './line.ts';
import { offerIdOf } from './line.ts';
import { ofPassIn } from './pass-places.ts';
import { hasResale, type Resale } from './resale.ts';
import { selectResales } from './resale-store.ts';
import { type LedgerRow, selectHolds } from './store.ts';
import { tradeInOf } from './trade-in.ts';

/* What a batch reads after its first round trip, if it has exchanges or resales. Every other batch needs no second read. */

interface Read {
  holds: HoldRecord[];
  sold: Map<HoldId, SoldOrder>;
}

/** Adds the orders whose tickets are exchanged or resold, for the commands that finish, cancel or refund one. */
export async function addOthers(
  options: BatchOptions,
  trx: Transaction,
  read: Read,
  submitted: Submitted[],
  ledgers: LedgerRow[],
): Promise<Read & { resales: Resale[] }> {
  const named = new Set(submitted.flatMap(({ command }) => ('holdId' in command ? [command.holdId] : [])));
  const resales = await readResales(trx, submitted, ledgers);
  const traded = await addOfTrades(options, trx, read, { named, resales });
  return { ...(await addKeepers(options, trx, traded)), resales };
}

/** Adds the holds that keep places for passes, because a ticket of a pass gives its place back to them. */
function addKeepers(options: BatchOptions, trx: Transaction, read: Read): Promise<Read> {
  const wanted = read.holds.flatMap((hold) => ofPassIn(hold)?.keptBy ?? []);
  return wanted.length === 0 ? Promise.resolve(read) : addHolds(options, trx, read, wanted);
}

async function addOfTrades(
  options: BatchOptions,
  trx: Transaction,
  read: Read,
  { named, resales }: { named: ReadonlySet<HoldId>; resales: Resale[] },
): Promise<Read> {
  if (resales.length === 0) return addExchanged(options, trx, read, named);
  const byId = new Map(resales.map((resale) => [resale.id, resale]));
  const paying = read.holds.filter((hold) => named.has(hold.id) && hasResale(hold));
  const sellers = paying.flatMap(({ lines }) =>
    lines.flatMap(({ resale }) => (resale && byId.get(resale.id)?.holdId) ?? []),
  );
  const buyers = resales.flatMap(({ buyerHoldId }) => buyerHoldId ?? []);
  const withHolds = await addHolds(options, trx, read, [...sellers, ...buyers]);
  if (sellers.length === 0) return addExchanged(options, trx, withHolds, named);
  // The buyers' orders are locked with those of the sellers, in the order of all ids.
  const withSold = await addSold(options, trx, withHolds, [...sellers, ...paying.map(({ id }) => id)]);
  return addExchanged(options, trx, withSold, new Set([...named, ...sellers]));
}

const endsTickets: ReadonlySet<Command['kind']> = new Set([
  'cancel',
  'refund',
  'swap',
  'resell',
  'withdraw-resale',
]);

function readResales(trx: Transaction, submitted: Submitted[], ledgers: LedgerRow[]): Promise<Resale[]> {
  const offered = new Set(ledgers.filter(({ resales }) => resales > 0).map(({ event_id }) => event_id));
  const holdIds: HoldId[] = [];
  const ticketIds: TicketId[] = [];
  for (const { eventId, command } of submitted) {
    const isOffer = command.kind === 'resell';
    if (!isOffer && !offered.has(eventId)) continue;
    if ('holdId' in command && endsTickets.has(command.kind)) holdIds.push(command.holdId);
    if (command.kind === 'end-resales') ticketIds.push(...command.tickets);
  }
  if (offered.size === 0 && holdIds.length === 0) return Promise.resolve([]);
  return selectResales(trx, { eventIds: [...offered], holdIds, ticketIds });
}

/** Adds the earlier orders of exchanges among these holds. */
async function addExchanged(
  options: BatchOptions,
  trx: Transaction,
  read: Read,
  named: ReadonlySet<HoldId>,
): Promise<Read> {
  const wanted = read.holds.flatMap((hold) =>
    named.has(hold.id) ? (tradeInOf(hold)?.credits ?? []).map(({ holdId }) => holdId) : [],
  );
  if (wanted.length === 0) return read;
  const [{ holds }, { sold }] = await Promise.all([
    addHolds(options, trx, read, wanted),
    addSold(options, trx, read, wanted),
  ]);
  return { holds, sold };
}

async function addHolds(
  options: BatchOptions,
  trx: Transaction,
  read: Read,
  wanted: HoldId[],
): Promise<Read> {
  const known = new Set(read.holds.map(({ id }) => id));
  const missing = [...new Set(wanted)].filter((id) => !known.has(id));
  if (missing.length === 0) return read;
  const noBuyers = { eventIds: [], now: options.clock.now(), buyerEvents: [], buyerIds: [], keys: [] };
  const holds = await selectHolds(trx, { ...noBuyers, holdIds: missing });
  return { ...read, holds: [...read.holds, ...holds] };
}

async function addSold(options: BatchOptions, trx: Transaction, read: Read, wanted: HoldId[]): Promise<Read> {
  const missing = [...new Set(wanted)].filter((id) => !read.sold.has(id));
  if (missing.length === 0) return read;
  return { ...read, sold: new Map([...read.sold, ...(await options.readSold(trx, missing))]) };
}

/**
 * The holds of other events that count for tickets of this one: their tickets are exchanged for places on this date, or were. Only
 * their lines are of use here, and those of a confirmed hold do not change.
 */
export function holdsElsewhere(
  eventId: EventId,
  own: ReadonlyMap<HoldId, HoldRecord>,
  all: HoldRecord[],
  submitted: Submitted[],
): HoldRecord[] {
  const given = new Set(
    submitted.flatMap((each) =>
      each.eventId === eventId && each.command.kind === 'swap' ? each.command.holdId : [],
    ),
  );
  const ofSwaps = all.filter(({ id }) => given.has(id));
  const wanted = new Set([
    ...given,
    ...[...own.values(), ...ofSwaps].flatMap((hold) =>
      (tradeInOf(hold)?.credits ?? []).map(({ holdId }) => holdId),
    ),
  ]);
  return all.filter((hold) => hold.eventId !== eventId && wanted.has(hold.id));
}

/**
 * Adds the offers of people who leave the line, if they had an earlier offer: the command names the entry, and only the line
 * knows the hold.
 */
export async function addLaterOffers(
  options: BatchOptions,
  trx: Transaction,
  holds: HoldRecord[],
  submitted: Submitted[],
  lineOf: (eventId: Submitted['eventId']) => { line: Line | null },
): Promise<HoldRecord[]> {
  const wanted = submitted.flatMap(({ eventId, command }) => {
    const entry = command.kind === 'leave' ? lineOf(eventId).line?.open.get(command.entryId) : undefined;
    return entry?.holdId ? [offerIdOf(entry)] : [];
  });
  return (await addHolds(options, trx, { holds, sold: new Map() }, wanted)).holds;
}
