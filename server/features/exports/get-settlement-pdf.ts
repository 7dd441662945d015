import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import { type Language, languageOf } from '../../../contract/languages.ts';
import type { App } from '../../app.ts';
import { type Call, Raw } from '../../http/bind.ts';
import { sellerParty } from '../documents/document.ts';
import { readSeller } from '../organisations/seller-details.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { pdfHeaders } from '../tickets/get-ticket-pdf.ts';
import { type Period, readSettlement } from './read-settlement.ts';
import { settlementPage } from './settlement-page.ts';

/** Draws the settlement of an event: sums of its books, and no buyer's name. */
export async function getSettlementPdf(
  app: App,
  call: Call<{ eventId: EventId }, Period & { language?: Language | undefined }>,
): Promise<Raw> {
  const { eventId } = call.params;
  const { language = languageOf(call.header('accept-language')), ...period } = call.query;
  const sale = await readEventSale(app, eventId);
  if (!sale) throw new Refused('not_found');
  const end = app.exports.begin(sale.organisationId);
  try {
    const [{ name, seller }, settlement] = await Promise.all([
      readSeller(app.db, sale.organisationId),
      readSettlement(app, sale, period),
    ]);
    const now = app.clock.now();
    const page = settlementPage({
      language,
      sale,
      seller: sellerParty(name, seller),
      platformName: app.config.platform.legalName,
      settlement,
      period,
      now,
    });
    const pdf = await app.printer.printDocument(page, now);
    return new Raw(pdf, { ...pdfHeaders(`${sale.slug} settlement`), 'cache-control': 'no-store' });
  } finally {
    end();
  }
}
