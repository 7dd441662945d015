import { Refused } from '../../../contract/errors.ts';
import type { DocumentId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { Raw } from '../../http/bind.ts';
import type { Caller } from '../accounts/accounts.ts';
import { pdfHeaders } from '../tickets/get-ticket-pdf.ts';
import { documentPage } from './document-page.ts';
import { readDocumentedOrder } from './documented-order.ts';
import { findDocument } from './store.ts';

/** Draws a document from what was frozen when it was issued. The same release always gives the same bytes. */
export async function getDocumentPdf(
  app: App,
  call: { caller: Caller; params: { documentId: DocumentId } },
): Promise<Raw> {
  const document = await findDocument(app.db, call.params.documentId);
  if (!document) throw new Refused('not_found');
  await readDocumentedOrder(app, call.caller, document.orderId, 'buyer or team');
  const pdf = await app.printer.printDocument(documentPage(document.content), document.issuedAt);
  return new Raw(pdf, pdfHeaders(document.number.replaceAll('/', '-')));
}
