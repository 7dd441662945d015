import { stepMinor } from '../../../contract/currencies.ts';
import { Refused } from '../../../contract/errors.ts';
import { type EventId, seatIndex } from '../../../contract/ids.ts';
import { type Currency, formatMoney } from '../../../contract/money.ts';
import { mostKeptPlaces } from '../../../contract/voucher-fields.ts';
import type { MadeVouchers, NewVouchers } from '../../../contract/vouchers.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { touchEvent } from '../catalog/touch-event.ts';
import type { Refusal } from '../inventory/inventory.ts';
import { randomCode } from '../inventory/random-codes.ts';
import type { Voucher } from '../inventory/voucher.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { type BadRow, readCodes } from './read-csv.ts';
import { hasBatch, hasVouchers, selectTaken } from './store.ts';

const mostBadRows = 100;

/** The codes of one transaction of the ledger. Codes that keep places are made together, because their places must be free together. */
const portion = 1000;

/**
 * Makes vouchers: random ones, one for each seat, or those of a file. A file with a wrong row makes nothing: the answer names the
 * rows. A retry with the same Idempotency-Key makes nothing more, or the rest of a batch that was interrupted.
 */
export async function makeVouchers(
  app: App,
  call: Call<{ eventId: EventId }, undefined, NewVouchers, 'team'>,
): Promise<MadeVouchers> {
  const { eventId } = call.params;
  const { body } = call;
  const sale = await readEventSale(app, eventId);
  if (!sale) throw new Refused('not_found');
  refuseOddAmounts(body, sale.currency);
  const read = body.csv === undefined ? null : readCodes(body.csv, body.tag);
  const rows: Row[] = read?.rows.map((row) => ({ ...row, seat: null })) ?? newRows(eventId, body);
  const bad = read ? [...read.bad, ...(await takenRows(app, eventId, read.rows, sale.promoCodes))] : [];
  if (read && rows.length === 0 && bad.length === 0)
    throw new Refused('invalid_request', { detail: 'The file has no codes.' });
  if (body.keepsPlaces && rows.length * body.uses > mostKeptPlaces)
    throw new Refused('invalid_request', {
      detail: `At most ${mostKeptPlaces} places are kept in one batch.`,
    });
  const refused = { made: 0, bad: bad.toSorted((a, b) => a.row - b.row).slice(0, mostBadRows) };
  if (body.dryRun) return bad.length > 0 ? refused : { made: rows.length, bad: [] };
  if (bad.length > 0 && !(await isBegun(app, call, bad))) return refused;
  const isFirst = !(await hasVouchers(app.db, eventId));
  const outcome = await makePortions(app, call, rows);
  if (outcome.kind === 'refused') throw new Refused(outcome.code, outcome.members);
  // The page of the event says whether there are codes, and is kept until the event's version rises.
  if (isFirst) await app.db.transaction((trx) => touchEvent(trx, eventId));
  return { made: outcome.made, bad: [] };
}

/**
 * Whether an earlier request with the same key has begun the batch, so that the taken codes may be its own. The ledger then makes the
 * rest, and refuses the codes of others. Every act of a browser has a key, so the key alone says nothing.
 */
const isBegun = async (
  app: App,
  { params: { eventId }, caller, retry }: Call<{ eventId: EventId }, undefined, NewVouchers, 'team'>,
  bad: BadRow[],
): Promise<boolean> =>
  retry !== null &&
  bad.every(({ fault }) => fault === 'taken') &&
  (await hasBatch(app.db, eventId, caller.userId, retry.key));

type Row = Pick<Voucher, 'code' | 'tag' | 'seat'>;

/** Random codes: as many as asked, or one for each seat. */
function newRows(eventId: EventId, { count = 0, seatIds, tag }: NewVouchers): Row[] {
  const seats =
    seatIds?.map((id) => {
      const seat = seatIndex(eventId, id);
      if (seat === null) throw new Refused('unknown_seat', { seatId: id });
      return seat;
    }) ?? Array.from({ length: count }, () => null);
  return seats.map((seat) => ({ code: randomCode(), tag, seat }));
}

/** Makes one portion after the other, from where an interrupted request with the same key has stopped. Buyers buy in between. */
async function makePortions(
  app: App,
  call: Call<{ eventId: EventId }, undefined, NewVouchers, 'team'>,
  rows: Row[],
): Promise<Refusal | { kind: 'made'; made: number }> {
  const size = call.body.keepsPlaces ? rows.length : portion;
  let batchId = app.newId('voucherBatch');
  for (let from = 0; from < rows.length; ) {
    const outcome = await app.ledger.submit(call.params.eventId, {
      kind: 'make-vouchers',
      batchId,
      madeBy: call.caller.userId,
      from,
      total: rows.length,
      vouchers: rows.slice(from, from + size).map((row) => newVoucher(app, call, { ...row, batchId })),
      keepsPlaces: call.body.keepsPlaces,
      actor: call,
      retry: call.retry,
    });
    if (outcome.kind === 'refused') return outcome;
    if (outcome.kind !== 'vouchers' || !outcome.batch)
      throw new Error(`making vouchers came out as ${outcome.kind}`);
    batchId = outcome.batch.id;
    from = outcome.batch.written;
  }
  return { kind: 'made', made: rows.length };
}

/** A card cannot pay a price that is no multiple of the currency's step. */
function refuseOddAmounts(body: NewVouchers, currency: Currency): void {
  const step = stepMinor(currency);
  const issues = (['amountOffMinor', 'priceMinor'] as const)
    .filter((field) => (body[field] ?? 0) % step !== 0)
    .map((field) => ({
      path: `body.${field}`,
      message: `must be a multiple of ${formatMoney({ amount: step, currency }, 'en')}`,
    }));
  const [first] = issues;
  if (first) throw new Refused('invalid_request', { detail: `${first.path}: ${first.message}`, issues });
}

/** The rows whose codes the event has already. */
async function takenRows(
  app: App,
  eventId: EventId,
  rows: { row: number; code: string }[],
  promoCodes: { code: string }[],
): Promise<BadRow[]> {
  const taken = await selectTaken(
    app.db,
    eventId,
    rows.map(({ code }) => code),
  );
  for (const { code } of promoCodes) taken.add(code);
  return rows.flatMap(({ row, code }) => (taken.has(code) ? [{ row, code, fault: 'taken' as const }] : []));
}

function newVoucher(
  app: App,
  { body, caller }: Call<{ eventId: EventId }, undefined, NewVouchers, 'team'>,
  { code, tag, batchId, seat }: Row & Pick<Voucher, 'batchId'>,
): Voucher {
  return {
    id: app.newId('voucher'),
    code,
    batchId,
    tag,
    pool: {
      id: app.newId('pool'),
      key: `voucher:${code}`,
      name: code,
      capacity: body.uses,
      held: 0,
      sold: 0,
      kept: 0,
      blocked: 0,
    },
    percentOff: body.percentOff,
    amountOffMinor: body.amountOffMinor,
    priceMinor: body.priceMinor,
    ticketTypeIds: body.ticketTypeIds,
    seat,
    budgetMinor: body.budgetMinor,
    offMinor: 0,
    keeps: null,
    hold: null,
    holdNumber: 0,
    validUntil: body.validUntil === null ? null : new Date(body.validUntil),
    revokedAt: null,
    madeBy: caller.userId,
  };
}
