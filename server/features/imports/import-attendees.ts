import { Refused } from '../../../contract/errors.ts';
import type { EventId, TicketTypeId } from '../../../contract/ids.ts';
import { type ImportSource, importPortions } from '../../../contract/import-fields.ts';
import type { AttendeeImport, ImportedAttendees } from '../../../contract/imports.ts';
import { languageOf } from '../../../contract/languages.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { recipientIdOf } from '../accounts/write-recipients.ts';
import { availableIn } from '../inventory/free-places.ts';
import { readPools } from '../inventory/read-pools.ts';
import { readImported } from '../purchases/read-imported.ts';
import { type EventSale, readEventSale } from '../sale/event-sale.ts';
import { columnsOf, shownColumns } from './columns.ts';
import { type ForeignOrder, planAttendees } from './plan-attendees.ts';
import { readFile } from './read-file.ts';
import { collectBad } from './table.ts';

/** Orders that the ledger gets at once, so that buyers get their places in between. */
const atOnce = 20;

type ImportCall = Call<{ eventId: EventId }, undefined, AttendeeImport, 'team'>;

/**
 * Imports orders that were bought elsewhere. Each is a command of the ledger: it takes the places, issues the tickets, enqueues the
 * mail and writes that the order was imported, in one transaction. So after a crash the same file imports the rest.
 */
export async function importAttendees(app: App, call: ImportCall): Promise<ImportedAttendees> {
  const { eventId } = call.params;
  const { body } = call;
  const sale = await readEventSale(app, eventId);
  if (!sale) throw new Refused('not_found');
  refuseClosed(sale, app.clock.now());
  const table = readFile(body.file, 'attendees');
  const columns = columnsOf('attendees', table, body.columns);
  const bad = collectBad(table, columns);
  const { orders, leftOut, ticketTypes } = planAttendees(table, columns, sale, body.ticketTypes, bad);
  const ids = orders.map(({ externalId }) => externalId);
  const known = await readImported(app.db, eventId, table.source, ids);
  const fresh = orders.filter(({ externalId }) => !known.has(externalId));
  const answer = {
    source: table.source,
    headings: table.headings,
    columns: shownColumns(table, columns),
    rows: table.rows.length,
    found: orders.length,
    already: orders.length - fresh.length,
    leftOut,
    tickets: orders.reduce((sum, { tickets }) => sum + tickets.length, 0),
    ticketTypes,
    short: await shortOf(app, sale, fresh),
  };
  const isRefused = bad.count() > 0 && !body.skipBad;
  let made = fresh.length;
  let next: number | null = null;
  if (isRefused) made = 0;
  else if (!body.dryRun) {
    const portion = orders.slice(body.from, body.from + importPortions.attendees);
    const wanted = portion.filter(({ externalId }) => !known.has(externalId));
    made = 0;
    for (let at = 0; at < wanted.length; at += atOnce) {
      const some = wanted.slice(at, at + atOnce);
      const fitted = await Promise.all(some.map((order) => issue(app, call, table.source, order)));
      for (const [n, order] of some.entries()) {
        if (fitted[n]) made++;
        else for (const row of order.rows) bad.add(row, 'sold_out', 'ticketType');
      }
    }
    const end = body.from + portion.length;
    next = end < orders.length && portion.length > 0 ? end : null;
  }
  return { ...answer, made, next, badRows: bad.count(), bad: bad.shown() };
}

/** The ledger refuses these too. A dry run says it before. */
function refuseClosed({ status, endsAt }: EventSale, now: Date): void {
  if (status === 'cancelled') throw new Refused('event_cancelled');
  if (status !== 'published') throw new Refused('event_not_on_sale');
  if (now >= endsAt) throw new Refused('sale_ended');
}

/** Issues the tickets of one order, once. False if its places are not free. */
async function issue(
  app: App,
  call: ImportCall,
  source: ImportSource,
  { externalId, number, buyer, tickets }: ForeignOrder,
): Promise<boolean> {
  const { eventId } = call.params;
  const counts = Map.groupBy(tickets, ({ ticketTypeId }) => ticketTypeId);
  const items = [...counts].map(([ticketTypeId, { length }]) => ({ ticketTypeId, quantity: length }));
  // Two requests at once have the same buyer and key, so the ledger issues the order once.
  const key = `import ${source} ${externalId}`;
  const outcome = await app.ledger.submit(eventId, {
    kind: 'issue',
    holdId: app.newId('hold'),
    buyerId: recipientIdOf(app, ['import', eventId, source, externalId]),
    wants: { kind: 'items', items },
    blockHoldId: null,
    order: {
      buyerName: buyer.name,
      buyerEmail: buyer.email,
      mailbox: app.marks.ofMailbox(buyer.email),
      attendees: tickets.map(({ name }) => ({ name })),
      returnUrl: null,
      language: languageOf(call.header('accept-language')),
    },
    note: {
      id: app.newId('orderNote'),
      text: number === '' ? sourceNames[source] : `${sourceNames[source]}: ${number.slice(0, 100)}`,
      authorId: call.caller.userId,
    },
    actor: call,
    origin: 'imported',
    paid: null,
    retry: { key, fingerprint: key },
    imported: { source, externalId },
  });
  if (outcome.kind === 'ordered') return true;
  if (outcome.kind !== 'refused') throw new Error(`importing an order came out as ${outcome.kind}`);
  if (outcome.code === 'sold_out') return false;
  throw new Refused(outcome.code, outcome.members);
}

const sourceNames = { csv: 'CSV', pretix: 'pretix', eventbrite: 'Eventbrite' } as const;

/** The ticket types with fewer free places than these orders want. A pool counts all types that draw on it. */
async function shortOf(
  app: App,
  { eventId, ticketTypes }: EventSale,
  orders: ForeignOrder[],
): Promise<ImportedAttendees['short']> {
  const wanted = new Map<TicketTypeId, number>();
  for (const { tickets } of orders)
    for (const { ticketTypeId } of tickets) wanted.set(ticketTypeId, (wanted.get(ticketTypeId) ?? 0) + 1);
  const pools = new Map(
    ((await readPools(app.db, [eventId], app.clock.now())).get(eventId) ?? []).map((pool) => [pool.id, pool]),
  );
  const ofPools = new Map<string, number>();
  for (const { id, poolIds } of ticketTypes)
    for (const poolId of poolIds) ofPools.set(poolId, (ofPools.get(poolId) ?? 0) + (wanted.get(id) ?? 0));
  return ticketTypes.flatMap(({ id, poolIds }) => {
    const isShort = poolIds.some((poolId) => availableIn([pools.get(poolId)]) < (ofPools.get(poolId) ?? 0));
    if (!wanted.get(id) || !isShort) return [];
    const available = availableIn(poolIds.map((poolId) => pools.get(poolId)));
    return [{ ticketTypeId: id, wanted: wanted.get(id) ?? 0, available }];
  });
}
