import { z } from 'zod/mini';

/**
 * The number of years for which a seller must keep the records of a sale, counted from the end of the calendar year. If a
 * law names a shorter time for vouchers and a longer one for books, this is the longer one. Laws change: this list is a
 * help and no legal advice.
 */
export const recordYears: Readonly<Record<string, number>> = {
  AT: 7, // Bundesabgabenordnung § 132
  AU: 7, // Corporations Act 2001 s 286
  BE: 10, // Code TVA art. 60, as changed for 2023
  CA: 6, // Income Tax Act s 230(4)
  CH: 10, // Obligationenrecht Art. 958f
  CZ: 10, // zákon o DPH § 35
  DE: 10, // Abgabenordnung § 147 (vouchers: 8)
  DK: 5, // Bogføringsloven § 12
  ES: 6, // Código de Comercio art. 30
  FI: 10, // Kirjanpitolaki 2:10 (vouchers: 6)
  FR: 10, // Code de commerce art. L123-22
  GB: 6, // Companies Act 2006 s 388, VAT Notice 700/21
  IE: 6, // Taxes Consolidation Act 1997 s 886
  IT: 10, // Codice civile art. 2220
  JP: 10, // Companies Act art. 432 (tax: 7)
  NL: 7, // Algemene wet inzake rijksbelastingen art. 52
  NO: 5, // Bokføringsloven § 13
  PL: 5, // Ustawa o rachunkowości art. 74
  PT: 10, // Código Comercial art. 40
  SE: 7, // Bokföringslagen 7 kap. 2 §
  US: 7, // 26 CFR 1.6001-1, the longest of the IRS's periods
};

/** For countries that are not listed, and for organisations that have not named their country. */
export const defaultRecordYears = 10;

export const recordYearsOf = (country: string | null): number =>
  recordYears[country ?? ''] ?? defaultRecordYears;

const halfDayMs = 12 * 3_600_000;

/**
 * Records made before this instant are older than `years` full calendar years after the year in which they were made. A
 * calendar year begins first at UTC+14 and ends last at UTC−12, so the answer is right wherever the books are.
 */
export function recordsOverBefore(now: Date, years: number): Date {
  const year = new Date(now.getTime() - halfDayMs).getUTCFullYear();
  return new Date(Date.UTC(year - years, 0, 1) - 14 * 3_600_000);
}

/** Days after the end of an event for which names may be kept. */
export const namesKeptDays = { least: 30, most: 3650 } as const;

/** The settings of an organisation for its records. Migration 0011 has the same limits in the database. */
export const recordKeepingFields = z.object({
  country: z.nullable(z.string().check(z.regex(/^[A-Z]{2}$/))),
  namesKeptDays: z.int().check(z.minimum(namesKeptDays.least), z.maximum(namesKeptDays.most)),
});
