import { Refused } from '../../../contract/errors.ts';
import { mostImportColumns, mostImportRows } from '../../../contract/import-fields.ts';
import { csvLines } from '../../csv-lines.ts';
import { sourceOf } from './columns.ts';
import { eventsOfPretix, isPretixJson, ordersOfPretix } from './pretix-json.ts';
import type { Table, TableRow } from './table.ts';

const mostCellLength = 20_000;

const refuse = (detail: string): never => {
  throw new Refused('invalid_request', {
    detail: `body.file: ${detail}`,
    issues: [{ path: 'body.file', message: detail }],
  });
};

/** Decision: reads a file as a table. Throws Refused('invalid_request') if it is none, or too large. */
export function readFile(base64: string, kind: 'attendees' | 'codes' | 'events'): Table {
  const text = decode(Buffer.from(base64, 'base64'));
  const table = /^\s*[[{]/.test(text) ? readJson(text, kind) : readCsv(text);
  if (table.headings.length === 0) refuse('has no headings');
  if (table.rows.length === 0) refuse('has no rows');
  return table;
}

/**
 * The text of a file of unknown encoding. A mark at its beginning decides. UTF-16 without a mark has a zero in every second byte,
 * because headings are mostly ASCII. What is not valid UTF-8 is Windows-1252, in which Excel saves CSV in western Europe.
 */
export function decode(bytes: Buffer): string {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return as('utf-16le', bytes);
  if (first === 0xfe && second === 0xff) return as('utf-16be', bytes);
  if (first === 0xef && second === 0xbb && third === 0xbf) return as('utf-8', bytes);
  const start = bytes.subarray(0, 400);
  const zerosAt = (parity: number) => start.filter((byte, at) => byte === 0 && at % 2 === parity).length;
  if (zerosAt(1) > start.length / 4) return as('utf-16le', bytes);
  if (zerosAt(0) > start.length / 4) return as('utf-16be', bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return as('windows-1252', bytes);
  }
}

const as = (encoding: string, bytes: Buffer): string => new TextDecoder(encoding).decode(bytes);

function readCsv(text: string): Table {
  if (text.includes('\0')) refuse('is not a text');
  let headings: string[] | null = null;
  const rows: TableRow[] = [];
  for (const { row: line, cells } of csvLines(text)) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    if (cells.length > mostImportColumns) refuse(`has more than ${mostImportColumns} columns in row ${line}`);
    if (cells.some((cell) => cell.length > mostCellLength)) refuse(`has too long a text in row ${line}`);
    if (headings === null) {
      headings = cells.map((cell) => cell.trim().slice(0, 200));
      continue;
    }
    rows.push({ line, cells });
    if (rows.length > mostImportRows) refuse(`has more than ${mostImportRows} rows`);
  }
  return { source: sourceOf(headings ?? []), headings: headings ?? [], rows };
}

function readJson(text: string, kind: 'attendees' | 'codes' | 'events'): Table {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refuse('is neither CSV nor JSON');
  }
  if (!isPretixJson(json) || kind === 'codes') return refuse('is no JSON that this import knows');
  const table = kind === 'events' ? eventsOfPretix(json) : ordersOfPretix(json);
  if (table.rows.length > mostImportRows) refuse(`has more than ${mostImportRows} rows`);
  return table;
}
