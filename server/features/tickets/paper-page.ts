import type { Language } from '../../../contract/languages.ts';

/** The texts of a business document: a receipt, an invoice, a credit note. It gets as many A4 pages as it needs. */
export interface PaperPage {
  /** The language of all texts. An Arabic page is mirrored. */
  language: Language;
  /** The title and author of the file. */
  title: string;
  author: string;
  heading: string;
  /** Who sells and who buys, side by side. The first line of each is the name. */
  parties: { label: string; lines: string[] }[];
  facts: { label: string; text: string }[];
  tables: PaperTable[];
  totals: { label: string; text: string; isStrong: boolean }[];
  notes: string[];
  /** At the foot of each page, besides the page's number. */
  foot: string;
  /** `Page {n} of {count}`, with these placeholders. */
  pageOf: string;
}

export interface PaperTable {
  /** Above the table; null if the heading says it. */
  title: string | null;
  /** Widths are shares of the page's width and add up to 1. Columns of figures end at the end of the line. */
  columns: { label: string; share: number; isFigure: boolean }[];
  rows: string[][];
  /** The totals follow this table. */
  hasTotals: boolean;
}
