import type { DocumentContent, DocumentLine } from '../document.ts';
import { company, seller } from './addresses.ts';

const { legalName, vatId, registration, numberPrefix, taxNote, ...address } = seller;
const { name, vatId: buyerVatId, reference, ...buyerAddress } = company;

const vat = { name: 'VAT', ratePercent: 19 };
export const lines: DocumentLine[] = [
  { sells: 'ticket', orderLine: 0, name: 'Regular', quantity: 2, tax: vat, netMinor: 4202, taxMinor: 798 },
  { sells: 'ticketFee', orderLine: 0, name: '', quantity: 2, tax: vat, netMinor: 272, taxMinor: 52 },
  { sells: 'orderFee', orderLine: null, name: '', quantity: 1, tax: vat, netMinor: 84, taxMinor: 16 },
];

/** An invoice, as issueDocuments freezes it. */
export const invoiceContent: DocumentContent = {
  form: 1,
  language: 'en',
  kind: 'invoice',
  number: `${numberPrefix}000042`,
  issuedAt: '2026-11-28T10:30:00.000Z',
  currency: 'EUR',
  orderNumber: '7KQ2M4XA',
  paidAt: '2026-11-28T10:30:00.000Z',
  event: {
    title: 'Midnight Current',
    startsAt: '2099-01-01T21:30:00.000Z',
    timeZone: 'Europe/Berlin',
    venueName: 'Kesselhaus',
    city: 'Berlin',
  },
  seller: { name: legalName, address, vatId, registration, taxNote },
  platform: { name: 'Admit Platform SE', address: '1 Harbour Street, Dublin, Ireland', vatId: 'IE1234567X' },
  buyer: { name, address: buyerAddress, vatId: buyerVatId, reference },
  lines,
  discountMinor: 0,
  corrects: null,
  reason: null,
};
