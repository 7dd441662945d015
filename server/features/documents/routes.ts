import type { FastifyInstance } from 'fastify';
import * as documents from '../../../contract/documents.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { getDocumentPdf } from './get-document-pdf.ts';
import { listOrderDocuments } from './list-order-documents.ts';
import { putInvoiceAddress } from './put-invoice-address.ts';

export function documentsRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, documents.listOrderDocuments, listOrderDocuments);
  bind(http, app, documents.putInvoiceAddress, putInvoiceAddress);
  bind(http, app, documents.getDocumentPdf, getDocumentPdf);
}
