import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import { importPortions } from '../../../contract/import-fields.ts';
import type { CodeImport, Imported } from '../../../contract/imports.ts';
import { mostKeptPlaces } from '../../../contract/voucher-fields.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { makeVouchers } from '../codes/make-vouchers.ts';
import { readTaken } from '../codes/read-taken.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { columnsOf, shownColumns } from './columns.ts';
import { type CodeTerms, type ForeignCode, planCodes } from './plan-codes.ts';
import { readFile } from './read-file.ts';
import { collectBad } from './table.ts';

type ImportCall = Call<{ eventId: EventId }, undefined, CodeImport, 'team'>;

/**
 * Imports codes. Codes with the same terms are made as one batch, all or none. A code that the event has already stays as it is, so
 * after a crash the same file imports the rest.
 */
export async function importCodes(app: App, call: ImportCall): Promise<Imported> {
  const { eventId } = call.params;
  const { body } = call;
  const sale = await readEventSale(app, eventId);
  if (!sale) throw new Refused('not_found');
  if (sale.status === 'cancelled') throw new Refused('event_cancelled');
  const table = readFile(body.file, 'codes');
  const columns = columnsOf('codes', table, body.columns);
  const bad = collectBad(table, columns);
  const planned = planCodes(
    table,
    columns,
    sale,
    { ticketTypes: body.ticketTypes, dayFirst: body.dayFirst },
    bad,
    app.clock.now(),
  );
  const promoCodes = new Set(sale.promoCodes.map(({ code }) => code));
  for (const { code, row } of planned.codes) if (promoCodes.has(code)) bad.add(row, 'taken', 'code');
  const codes = planned.codes.filter(({ row }) => !bad.has(row));
  const known = await readTaken(
    app.db,
    eventId,
    codes.map(({ code }) => code),
  );
  const answer = {
    source: table.source,
    headings: table.headings,
    columns: shownColumns(table, columns),
    rows: table.rows.length,
    found: codes.length,
    already: known.size,
    leftOut: planned.leftOut,
  };
  const isRefused = bad.count() > 0 && !body.skipBad;
  let made = isRefused ? 0 : codes.length - known.size;
  let next: number | null = null;
  if (!isRefused && !body.dryRun) {
    const portion = codes.slice(body.from, body.from + importPortions.codes);
    made = 0;
    for (const batch of batchesOf(portion.filter(({ code }) => !known.has(code)))) {
      if (await makeBatch(app, call, batch)) made += batch.length;
      else for (const { row } of batch) bad.add(row, 'sold_out', 'keepsPlaces');
    }
    const end = body.from + portion.length;
    next = end < codes.length && portion.length > 0 ? end : null;
  }
  return { ...answer, made, next, badRows: bad.count(), bad: bad.shown() };
}

/** Codes with the same terms. Codes that keep places are in batches of as many places as one batch may keep. */
function batchesOf(codes: ForeignCode[]): ForeignCode[][] {
  const alike = [...Map.groupBy(codes, ({ terms }) => JSON.stringify(terms)).values()];
  return alike.flatMap((group) => {
    const terms = group[0]?.terms;
    if (!terms?.keepsPlaces) return [group];
    const size = Math.max(1, Math.floor(mostKeptPlaces / terms.uses));
    return Array.from({ length: Math.ceil(group.length / size) }, (_, n) =>
      group.slice(n * size, (n + 1) * size),
    );
  });
}

/** Makes the codes of one batch. False if the places that they keep are not free. */
async function makeBatch(app: App, call: ImportCall, batch: ForeignCode[]): Promise<boolean> {
  const terms = batch[0]?.terms as CodeTerms;
  const csv = batch.map(({ code, tag }) => `${code},"${tag.replaceAll('"', '""')}"`).join('\n');
  try {
    const { bad } = await makeVouchers(app, {
      ...call,
      retry: null,
      body: { ...terms, csv: `code,tag\n${csv}`, tag: '', seatIds: null, budgetMinor: null, dryRun: false },
    });
    // Somebody else has made one of them since they were looked up.
    if (bad.length > 0) throw new Refused('busy');
    return true;
  } catch (error) {
    if (terms.keepsPlaces && error instanceof Refused && error.code === 'sold_out') return false;
    throw error;
  }
}
