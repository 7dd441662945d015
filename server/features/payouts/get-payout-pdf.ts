import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId, PayoutId } from '../../../contract/ids.ts';
import { type Language, languageOf } from '../../../contract/languages.ts';
import type { App } from '../../app.ts';
import { type Call, Raw } from '../../http/bind.ts';
import { sellerParty } from '../documents/document.ts';
import { readSeller } from '../organisations/seller-details.ts';
import { pdfHeaders } from '../tickets/get-ticket-pdf.ts';
import { statementPage } from './statement-page.ts';
import { findPayout, selectLines } from './store.ts';

/** Draws the statement of a payout from what was written when it was paid. */
export async function getPayoutPdf(
  app: App,
  call: Call<{ organisationId: OrganisationId; payoutId: PayoutId }, { language?: Language | undefined }>,
): Promise<Raw> {
  const { organisationId, payoutId } = call.params;
  const { language = languageOf(call.header('accept-language')) } = call.query;
  const payout = await findPayout(app.db, organisationId, payoutId);
  if (!payout) throw new Refused('not_found');
  const [{ name, seller }, lines] = await Promise.all([
    readSeller(app.db, organisationId),
    selectLines(app.db, [payoutId]),
  ]);
  const page = statementPage({
    language,
    payout,
    lines,
    seller: sellerParty(name, seller),
    platformName: app.config.platform.legalName,
  });
  const pdf = await app.printer.printDocument(page, payout.paidAt);
  return new Raw(pdf, { ...pdfHeaders(`payout ${payoutId}`), 'cache-control': 'no-store' });
}
