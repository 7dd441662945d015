import { minorDigits } from '../../../contract/currencies.ts';
import { offsetsIn } from '../../zone-times.ts';
import type { Cell, ColumnKind, Row, Sheet } from './row.ts';

const widths: Record<ColumnKind, number> = { text: 24, number: 9, yesNo: 12, money: 12, instant: 18 };

/** Signs that XML cannot hold. A half of a surrogate pair is one of them. */
const notInXml = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
/** The longest text that a cell of Excel takes. */
const longest = 32_767;

/**
 * Writes portions of rows as a workbook with one sheet; a new sheet begins where Excel's 1,048,576 rows end. Texts are texts,
 * so no formula runs. Times are the wall time of the event's zone, because a workbook knows no zones.
 */
export async function* writeXlsx(
  portions: AsyncIterable<Row[]>,
  { columns, timeZone }: Sheet,
  name: string,
): AsyncGenerator<Uint8Array> {
  // Loaded with the first workbook, so that a process that writes none does not carry the library.
  const { writeXlsxStream } = await import('hucre/xlsx');
  const offsetAt = offsetsIn(timeZone);
  async function* rows() {
    for await (const portion of portions) {
      for (const row of portion)
        yield columns.map(([name, kind]) => cell(row[name] ?? null, kind, row, offsetAt));
    }
  }
  const workbook = writeXlsxStream(rows(), {
    name,
    columns: columns.map(([header, kind]) => ({
      header,
      width: widths[kind],
      ...(kind === 'instant' && { numFmt: 'yyyy-mm-dd hh:mm:ss' }),
    })),
    freezePane: { rows: 1 },
  });
  yield* workbook;
}

function cell(value: Cell, kind: ColumnKind, row: Row, offsetAt: (at: Date) => number) {
  if (value instanceof Date) return new Date(value.getTime() + offsetAt(value));
  if (kind === 'money' && value !== null) return (value as number) / 10 ** minorDigits(String(row.currency));
  return typeof value === 'string'
    ? value.toWellFormed().replaceAll(notInXml, '\uFFFD').slice(0, longest)
    : value;
}
