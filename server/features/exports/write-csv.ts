import { offsetsIn } from '../../zone-times.ts';
import { decimalOf, localInstant } from './cells.ts';
import type { Cell, ColumnKind, Row, Sheet } from './row.ts';

/**
 * A spreadsheet runs a text as a formula that begins with one of these signs, also in their wide forms. Some trim spaces and
 * invisible signs before they look.
 */
const runs = /^[\s\p{C}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u;
const needsQuotes = /[",\r\n]|^\s|\s$/;

/** Writes portions of rows as CSV by RFC 4180: CRLF, and quotes where a cell needs them. The first line names the columns. */
export async function* writeCsv(
  portions: AsyncIterable<Row[]>,
  { columns, timeZone }: Sheet,
  bom: boolean,
): AsyncGenerator<string> {
  const offsetAt = offsetsIn(timeZone);
  yield `${bom ? '\uFEFF' : ''}${columns.map(([name]) => name).join(',')}\r\n`;
  for await (const rows of portions) {
    let text = '';
    for (const row of rows) {
      for (const [i, [name, kind]] of columns.entries())
        text += (i === 0 ? '' : ',') + cell(row[name] ?? null, kind, row, offsetAt);
      text += '\r\n';
    }
    if (text) yield text;
  }
}

function cell(value: Cell, kind: ColumnKind, row: Row, offsetAt: (at: Date) => number): string {
  if (value === null) return '';
  if (value instanceof Date) return localInstant(value, offsetAt(value));
  if (kind === 'money') return decimalOf(value as number, String(row.currency));
  if (typeof value !== 'string') return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
  const safe = runs.test(value) ? `'${value}` : value;
  return needsQuotes.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
