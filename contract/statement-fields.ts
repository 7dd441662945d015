import * as z from 'zod/mini';

/** Statements of a bank account, as banks give them to their customers (docs/bank-transfers.md). */
export const statementFormats = ['camt', 'mt940', 'csv'] as const;
export type StatementFormat = (typeof statementFormats)[number];

/** The largest file, in bytes, and the most entries in it. */
export const mostStatementBytes = 4 * 1024 * 1024;
export const mostStatementEntries = 5000;

/**
 * Why a file cannot be read. unknown_format: it is none of the formats. damaged: it breaks the rules of its format. too_many: more
 * entries than one file may have. The others are about one line.
 */
export const statementFaults = [
  'unknown_format',
  'damaged',
  'too_many',
  'bad_date',
  'bad_amount',
  'bad_currency',
  'bad_account',
] as const;
export type StatementFault = (typeof statementFaults)[number];

const column = z.string().check(z.trim(), z.minLength(1), z.maxLength(100));

/** Which column of a CSV file has what, by the titles in its first line. */
export const csvColumnsFields = z.strictObject({
  date: column,
  amount: column,
  /** What the payer wrote. */
  text: column,
  name: z.nullable(column),
  iban: z.nullable(column),
  /** The bank's own reference of the entry, if the file has one. */
  reference: z.nullable(column),
  currency: z.nullable(column),
});
export type CsvColumns = z.infer<typeof csvColumnsFields>;
