import * as z from 'zod/mini';

/** Who sells and who buys, as receipts and invoices name them. The web app's forms use these schemas too. */
const line = (longest: number) =>
  z
    .string()
    .check(
      z.trim(),
      z.minLength(1),
      z.maxLength(longest),
      z.regex(/^\P{Cc}*$/u, 'expected no control characters'),
    );
const optional = (longest: number) => z.nullable(line(longest));

/** Two letters of ISO 3166-1. */
const countrySchema = z.string().check(z.regex(/^[A-Z]{2}$/, 'expected a country, for example DE'));

/**
 * A VAT or tax id. Spaces, dots and hyphens are taken out and letters become capitals, so `de 123.456.789` is DE123456789.
 * Admit does not ask any authority whether the id exists.
 */
const taxIdSchema = z.string().check(
  z.overwrite((text) => text.replaceAll(/[\s.\-–]/g, '').toUpperCase()),
  z.regex(/^[A-Z0-9+*/]{4,20}$/, 'expected 4 to 20 letters and digits'),
);

const address = {
  line1: line(120),
  line2: optional(120),
  postcode: optional(20),
  city: line(80),
  country: countrySchema,
};

/** The seller of an organisation's tickets. */
export const sellerFields = z.strictObject({
  legalName: line(120),
  ...address,
  vatId: z.nullable(taxIdSchema),
  /** The number in a register of companies, or a tax number. */
  registration: optional(80),
  /** Why there is no tax on a ticket. Documents print it if a line has no tax. */
  taxNote: optional(200),
  /** Stands before the number of each document. */
  numberPrefix: z
    .string()
    .check(z.trim(), z.toUpperCase(), z.regex(/^[A-Z0-9/-]{0,10}$/, 'expected up to 10 letters and digits')),
});
export type Seller = z.infer<typeof sellerFields>;

/** Whom an invoice names: a company or a person. */
export const invoiceAddressFields = z.strictObject({
  name: line(120),
  ...address,
  vatId: z.nullable(taxIdSchema),
  /** The buyer's own number or cost centre. */
  reference: optional(80),
});
export type InvoiceAddress = z.infer<typeof invoiceAddressFields>;

/** How many times a buyer may correct the address of an invoice that was issued. */
export const mostCorrections = 5;
