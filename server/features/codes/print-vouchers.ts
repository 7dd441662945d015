import { Refused } from '../../../contract/errors.ts';
import type { EventId, VoucherBatchId } from '../../../contract/ids.ts';
import { type Language, languageOf } from '../../../contract/languages.ts';
import { mostPrinted } from '../../../contract/voucher-fields.ts';
import type { App } from '../../app.ts';
import { noteAct } from '../../data/audit-trail.ts';
import { type Call, Raw } from '../../http/bind.ts';
import type { VoucherRow } from '../inventory/voucher-row.ts';
import { type EventSale, readEventSale } from '../sale/event-sale.ts';
import { seatText } from '../seating/seat-plan.ts';
import type { CodeCard, CodeSheet } from '../tickets/draw-code-sheet.ts';
import { pdfHeaders } from '../tickets/get-ticket-pdf.ts';
import { eventTimes, instantText } from '../tickets/ticket-page.ts';
import { linkOf, showVoucher } from './codes.ts';
import { selectPart } from './store.ts';
import { codeWords } from './words.ts';

interface Query {
  q?: string | undefined;
  tag?: string | undefined;
  batch?: VoucherBatchId | undefined;
  part: number;
}

/** Draws the open codes of a kind as cards, in the language of whoever asks. The printer's thread draws, so buyers do not wait. */
export async function printVouchers(
  app: App,
  call: Call<{ eventId: EventId }, Query, undefined, 'team'>,
): Promise<Raw> {
  const { eventId } = call.params;
  const { part, q, tag, batch } = call.query;
  const sale = await readEventSale(app, eventId);
  if (!sale) throw new Refused('not_found');
  const now = app.clock.now();
  const end = app.exports.begin(sale.organisationId);
  try {
    const rows = await app.exports.read(() =>
      selectPart(
        app.db,
        { eventId, q, tag, batch, now },
        { limit: mostPrinted, offset: (part - 1) * mostPrinted },
      ),
    );
    if (rows.length === 0) throw new Refused('not_found');
    await app.db.transaction(async (trx) =>
      noteAct(app, trx, call, {
        act: 'event.exported',
        organisationId: sale.organisationId,
        subject: { type: 'event', id: eventId, title: sale.title },
        before: null,
        after: { table: 'codes', format: 'pdf', codes: rows.length },
      }),
    );
    const language = languageOf(call.header('accept-language'));
    const pdf = await app.printer.printCodes(sheetOf(app, sale, rows, { language, now }), now);
    return new Raw(pdf, { ...pdfHeaders(`${sale.slug} codes`), 'cache-control': 'no-store' });
  } finally {
    end();
  }
}

function sheetOf(
  app: App,
  sale: EventSale,
  rows: VoucherRow[],
  { language, now }: { language: Language; now: Date },
): CodeSheet {
  const { date, time } = eventTimes(sale, language);
  const names = new Map(sale.ticketTypes.map(({ id, name }) => [id, name]));
  return {
    language,
    title: codeWords(language)('sheet', { event: sale.title }),
    event: sale.title,
    when: `${date}  ·  ${time}`,
    cards: rows.map((row) => cardOf(app, { sale, names, language, now }, row)),
  };
}

function cardOf(
  app: App,
  {
    sale,
    names,
    language,
    now,
  }: { sale: EventSale; names: Map<string, string>; language: Language; now: Date },
  row: VoucherRow,
): CodeCard {
  const t = codeWords(language);
  const { code, seat, ticketTypeIds, uses } = showVoucher(row, sale, now);
  const what = seat ? seatText(seat) : ticketTypeIds?.map((id) => names.get(id) ?? id).join(', ');
  return {
    code,
    link: linkOf(app.config.publicUrl, sale.slug, code),
    notes: [
      ...(what ? [t('isFor', { what })] : []),
      ...(uses > 1 && !seat ? [t('uses', { uses })] : []),
      ...(row.valid_until
        ? [t('until', { when: instantText(row.valid_until, sale.timeZone, language) })]
        : []),
      t('howTo'),
    ],
  };
}
