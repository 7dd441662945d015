import type { ExportFormat, ExportTable } from '../../../contract/exports.ts';
import { exportColumns } from '../../../contract/exports.ts';
import { contentDisposition } from '../../http/content-disposition.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { answerColumn, type Row, type Sheet } from './row.ts';
import { writeCsv } from './write-csv.ts';
import { writeJson } from './write-json.ts';
import { writeXlsx } from './write-xlsx.ts';

const mediaTypes: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
};

/** Writes portions of rows of a table as a file. */
export function writeTable(
  portions: AsyncIterable<Row[]>,
  { timeZone, form }: Pick<EventSale, 'timeZone' | 'form'>,
  { table, format, bom }: { table: ExportTable; format: ExportFormat; bom: boolean },
): AsyncIterable<string | Uint8Array> {
  const asked = table === 'attendees' ? (form?.questions ?? []) : [];
  const columns = [
    ...Object.entries(exportColumns[table]),
    ...asked.map(({ key }) => [answerColumn(key), 'text'] as const),
  ];
  const sheet: Sheet = { columns, timeZone };
  return writeSheet(portions, sheet, { name: table, format, bom });
}

/** Writes portions of rows with these columns as a file. A workbook's sheet gets the name. */
export function writeSheet(
  portions: AsyncIterable<Row[]>,
  sheet: Sheet,
  { name, format, bom }: { name: string; format: ExportFormat; bom: boolean },
): AsyncIterable<string | Uint8Array> {
  switch (format) {
    case 'csv':
      return writeCsv(portions, sheet, bom);
    case 'xlsx':
      return writeXlsx(portions, sheet, name);
    case 'json':
      return writeJson(portions, sheet);
  }
}

export const fileHeaders = (format: ExportFormat, name: string) => ({
  'content-type': mediaTypes[format],
  'content-disposition': contentDisposition('attachment', `${name}.${format}`),
  'cache-control': 'no-store',
});
