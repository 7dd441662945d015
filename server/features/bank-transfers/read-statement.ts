import type { CsvColumns, StatementFormat } from '../../../contract/statement-fields.ts';
import { mostStatementBytes } from '../../../contract/statement-fields.ts';
import { isCamt, readCamt } from './read-camt.ts';
import { isMt940, readMt940 } from './read-mt940.ts';
import { readStatementCsv } from './read-statement-csv.ts';
import { type ParsedEntry, refuseStatement } from './statement.ts';

/** Reads a file of a bank. Its content says which format it has, and not its name. */
export function readStatement(
  bytes: Buffer,
  columns: CsvColumns | null,
): { format: StatementFormat; entries: ParsedEntry[] } {
  if (bytes.length === 0 || bytes.length > mostStatementBytes || bytes.includes(0))
    throw refuseStatement('unknown_format');
  const text = textOf(bytes);
  if (isCamt(text)) return { format: 'camt', entries: readCamt(text) };
  if (isMt940(text)) return { format: 'mt940', entries: readMt940(text) };
  return { format: 'csv', entries: readStatementCsv(text, columns) };
}

/** UTF-8, or what an XML file declares, or else the letters of Western Europe, in which many banks still write. */
function textOf(bytes: Buffer): string {
  const declared = /^<\?xml[^>]*encoding=["']([\w-]+)["']/.exec(
    bytes.subarray(0, 200).toString('latin1'),
  )?.[1];
  if (declared && /^iso-8859-(1|15)$|^windows-1252$/i.test(declared))
    return new TextDecoder(declared).decode(bytes).replace(/encoding=["'][\w-]+["']/, 'encoding="UTF-8"');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
