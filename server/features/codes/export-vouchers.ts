import { Refused } from '../../../contract/errors.ts';
import type { ExportFormat } from '../../../contract/exports.ts';
import type { EventId, VoucherBatchId, VoucherId } from '../../../contract/ids.ts';
import { voucherColumns as columns, type voucherColumns } from '../../../contract/vouchers.ts';
import type { App } from '../../app.ts';
import { noteAct } from '../../data/audit-trail.ts';
import type { Call, Raw } from '../../http/bind.ts';
import type { ColumnKind, Row } from '../exports/row.ts';
import { sendFile } from '../exports/send-file.ts';
import { writeSheet } from '../exports/write-table.ts';
import type { VoucherRow } from '../inventory/voucher-row.ts';
import { type EventSale, readEventSale } from '../sale/event-sale.ts';
import { seatText } from '../seating/seat-plan.ts';
import { linkOf, showVoucher } from './codes.ts';
import { selectPage, type VoucherFilter } from './store.ts';

type File = `codes.${ExportFormat}`;
interface Query {
  bom?: 'yes' | 'no' | undefined;
  q?: string | undefined;
  tag?: string | undefined;
  batch?: VoucherBatchId | undefined;
  state?: string | undefined;
}

const portion = 500;

/** Sends the vouchers of an event as a file, with a link for each, while it reads them. */
export async function exportVouchers(
  app: App,
  call: Call<{ eventId: EventId; voucherFile: File }, Query, undefined, 'team'>,
): Promise<Raw> {
  const { eventId, voucherFile } = call.params;
  const format = voucherFile.split('.')[1] as ExportFormat;
  const { bom, q, tag, batch, state } = call.query;
  const sale = await readEventSale(app, eventId);
  if (!sale) throw new Refused('not_found');
  const end = app.exports.begin(sale.organisationId);
  try {
    await app.db.transaction(async (trx) =>
      noteAct(app, trx, call, {
        act: 'event.exported',
        organisationId: sale.organisationId,
        subject: { type: 'event', id: eventId, title: sale.title },
        before: null,
        after: { table: 'codes', format },
      }),
    );
    const rows = portionsOf(app, sale, { eventId, q, tag, batch, state, now: app.clock.now() });
    const sheet = {
      columns: Object.entries(columns) as [string, ColumnKind][],
      timeZone: sale.timeZone,
    };
    const written = writeSheet(rows, sheet, { name: 'codes', format, bom: bom === 'yes' });
    return sendFile(app, written, { format, name: `${sale.slug} codes`, end });
  } catch (error) {
    end();
    throw error;
  }
}

async function* portionsOf(app: App, sale: EventSale, filter: VoucherFilter): AsyncGenerator<Row[]> {
  let after: VoucherId | null = null;
  for (;;) {
    const from: VoucherId | null = after;
    const rows: VoucherRow[] = await app.exports.read(() => selectPage(app.db, filter, from, portion));
    if (rows.length > 0) yield rows.map((row) => toRow(app, sale, row, filter.now));
    if (rows.length < portion) return;
    after = rows.at(-1)?.id ?? null;
  }
}

function toRow(
  app: App,
  sale: EventSale,
  row: VoucherRow,
  now: Date,
): Record<keyof typeof voucherColumns, Row[string]> {
  const voucher = showVoucher(row, sale, now);
  const names = new Map(sale.ticketTypes.map(({ id, name }) => [id, name]));
  return {
    code: voucher.code,
    tag: voucher.tag,
    state: voucher.state,
    link: linkOf(app.config.publicUrl, sale.slug, voucher.code),
    percent_off: voucher.percentOff,
    amount_off: voucher.amountOff?.amount ?? null,
    price: voucher.price?.amount ?? null,
    ticket_types: voucher.ticketTypeIds?.map((id) => names.get(id) ?? id).join(', ') ?? null,
    seat: voucher.seat ? seatText(voucher.seat) : null,
    uses: voucher.uses,
    held: voucher.held,
    sold: voucher.sold,
    budget: voucher.budget?.amount ?? null,
    off: voucher.off.amount,
    currency: sale.currency,
    keeps_places: voucher.keepsPlaces,
    valid_until: row.valid_until,
    made_at: row.made_at,
  };
}
