import type { ExportRhythm } from '../../../../contract/export-schedules.ts';
import type { ExportFormat, ExportTable } from '../../../../contract/exports.ts';
import { locale } from '../../ui/language.ts';
import { t } from './words.ts';

const tableWords = {
  attendees: 'attendees',
  orders: 'orders',
  payments: 'payments',
  'check-ins': 'checkIns',
  tax: 'tax',
  answers: 'answers',
  extras: 'extras',
} as const satisfies Record<ExportTable, string>;

export const tables = Object.keys(tableWords) as ExportTable[];
export const tableName = (table: ExportTable): string => t(tableWords[table]);

/** The names of the formats are the same in all languages. */
export const formatNames = { csv: 'CSV', xlsx: 'Excel', json: 'JSON' } satisfies Record<ExportFormat, string>;

export const formats = Object.keys(formatNames) as ExportFormat[];

/** A full hour as the reader's clocks show it. */
export const hourName = (hour: number): string =>
  new Intl.DateTimeFormat(locale(), { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(
    Date.UTC(2024, 0, 1, hour),
  );

/** 1 is Monday, as was 1 January 2024. */
export const weekdayName = (weekday: number): string =>
  new Intl.DateTimeFormat(locale(), { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, weekday));

export function rhythmText(rhythm: ExportRhythm): string {
  const hour = hourName(rhythm.hour);
  switch (rhythm.every) {
    case 'day':
      return t('everyDayAt', { hour });
    case 'week':
      return t('everyWeekAt', { hour, weekday: weekdayName(rhythm.weekday) });
    case 'month':
      return t('everyMonthAt', { hour, day: rhythm.day });
  }
}
