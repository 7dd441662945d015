import { z } from 'zod';
import { idSchema } from './ids.ts';
import { moneySchema } from './money.ts';
import { operation } from './operation.ts';
import { invoiceAddressFields, sellerFields } from './parties.ts';
import { instantSchema } from './time.ts';

export const documentKinds = ['receipt', 'invoice', 'credit_note'] as const;
export type DocumentKind = (typeof documentKinds)[number];

export const documentSchema = z
  .object({
    id: idSchema('document'),
    orderId: idSchema('order'),
    kind: z.enum(documentKinds).meta({
      description:
        'An `invoice` names the address of the buyer and of the seller; a `receipt` lacks one of them. A `credit_note` takes back all of one of these, or a part.',
    }),
    number: z.string().meta({ description: 'Without gaps for each organisation.', examples: ['KH-000042'] }),
    issuedAt: instantSchema,
    /** Credit notes have positive amounts too. */
    total: moneySchema,
    tax: moneySchema,
    corrects: z.nullable(idSchema('document')).meta({
      description: 'The receipt or invoice that this credit note takes back.',
    }),
    reason: z.enum(['refund', 'correction']).nullable().meta({
      description: 'Why this credit note was issued: money went back, or the address was corrected.',
    }),
  })
  .meta({ id: 'Document' });
export type Document = z.infer<typeof documentSchema>;

/** Whom a document names. */
export const documentBuyerSchema = z.object({
  name: z.string(),
  address: z
    .object({
      line1: z.string(),
      line2: z.string().nullable(),
      postcode: z.string().nullable(),
      city: z.string(),
      country: z.string(),
    })
    .nullable(),
  vatId: z.string().nullable(),
  reference: z.string().nullable(),
});

const ofOrder = z.object({ orderId: idSchema('order') });
const orderDocumentsSchema = z
  .object({
    items: z.array(documentSchema).meta({ description: 'In the order of their numbers.' }),
    invoiceAddress: z.object(invoiceAddressFields.shape).nullable().meta({
      description: 'The address that the invoice names; null if the buyer gave none.',
    }),
    correctionsLeft: z.int().min(0).meta({
      description: 'How many times the address can still be corrected after a document was issued.',
    }),
  })
  .meta({ id: 'OrderDocuments' });
export type OrderDocuments = z.infer<typeof orderDocumentsSchema>;

export const listOrderDocuments = operation({
  id: 'listOrderDocuments',
  method: 'GET',
  path: '/api/orders/{orderId}/documents',
  tag: 'Buy',
  summary: 'List the receipts, invoices and credit notes of an order',
  description:
    'A paid order has a receipt or an invoice from its confirmation on. Each refund has a credit note.',
  access: 'holder-or-team',
  needs: 'orders.read',
  params: ofOrder,
  status: 200,
  reply: orderDocumentsSchema,
  errors: [],
});

export const putInvoiceAddress = operation({
  id: 'putInvoiceAddress',
  method: 'PUT',
  path: '/api/orders/{orderId}/invoice-address',
  tag: 'Buy',
  summary: "Give the buyer's company and address for the invoice",
  description:
    'Before the payment, the address is kept for the invoice. Afterwards the receipt or invoice is taken back by a credit note, and a new invoice is issued with what the order still costs. With the same address nothing changes. The buyer may do this five times after the payment.',
  access: 'holder',
  params: ofOrder,
  body: z.strictObject(invoiceAddressFields.shape),
  rateLimit: { max: 10, seconds: 600 },
  bodyLimit: 8192,
  status: 200,
  reply: orderDocumentsSchema,
  errors: ['nothing_to_invoice', 'too_many_corrections'],
  example: {
    body: {
      name: 'Analytical Engines GmbH',
      line1: 'Knaackstraße 97',
      line2: null,
      postcode: '10435',
      city: 'Berlin',
      country: 'DE',
      vatId: 'DE123456789',
      reference: 'PO 4711',
    },
  },
});

export const getDocumentPdf = operation({
  id: 'getDocumentPdf',
  method: 'GET',
  path: '/api/documents/{documentId}.pdf',
  tag: 'Buy',
  summary: 'Get a receipt, invoice or credit note as a PDF',
  access: 'holder-or-team',
  needs: 'orders.read',
  params: z.object({ documentId: idSchema('document') }),
  status: 200,
  reply: null,
  produces: 'application/pdf',
  errors: [],
});

const ofOrganisation = z.object({ organisationId: idSchema('organisation') });
const sellerSchema = z
  .object({
    version: z.int().meta({ description: 'Grows with every change. A change names it in If-Match.' }),
    seller: z.object(sellerFields.shape).nullable().meta({
      description: 'Null if the organisation has not entered it. Then its documents are receipts.',
    }),
  })
  .meta({ id: 'SellerDetails' });

export const getSellerDetails = operation({
  id: 'getSellerDetails',
  method: 'GET',
  path: '/api/organisations/{organisationId}/seller-details',
  tag: 'Organise',
  summary: 'Read the legal name, address and VAT id on receipts and invoices',
  access: 'team',
  needs: 'seller.edit',
  params: ofOrganisation,
  status: 200,
  etag: 'version',
  reply: sellerSchema,
  errors: [],
});

export const putSellerDetails = operation({
  id: 'putSellerDetails',
  method: 'PUT',
  path: '/api/organisations/{organisationId}/seller-details',
  tag: 'Organise',
  summary: 'Set the legal name, address and VAT id on receipts and invoices',
  description:
    'Documents that were issued do not change. If somebody else has changed the details since `version`, the answer is `version_mismatch` with the present version.',
  access: 'team',
  needs: 'seller.edit',
  ifMatch: true,
  params: ofOrganisation,
  body: z.strictObject(sellerFields.shape),
  bodyLimit: 8192,
  status: 200,
  etag: 'version',
  reply: sellerSchema,
  acts: ['organisation.seller_changed'],
  errors: [],
  example: {
    body: {
      legalName: 'Kesselhaus Veranstaltungs GmbH',
      line1: 'Knaackstraße 97',
      line2: null,
      postcode: '10435',
      city: 'Berlin',
      country: 'DE',
      vatId: 'DE987654321',
      registration: 'HRB 12345 B, Amtsgericht Charlottenburg',
      taxNote: null,
      numberPrefix: 'KH-',
    },
  },
});
