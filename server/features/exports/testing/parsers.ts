import { spawnSync } from 'node:child_process';
import { read as readWorkbook, utils } from '@e965/xlsx';

/** Reads a CSV with the parser of Python: a list of rows, each a list of texts. */
export function parseCsv(bytes: Buffer): string[][] {
  const program = `
import csv, io, json, sys
text = sys.stdin.buffer.read().decode('utf-8')
json.dump(list(csv.reader(io.StringIO(text, newline=''), strict=True)), sys.stdout)`;
  const { status, stdout, stderr } = spawnSync('python3', ['-c', program], {
    input: bytes,
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`Python cannot read this CSV: ${stderr}`);
  return JSON.parse(stdout.toString());
}

/** The rows of a CSV as objects, by the names in its first line. */
export function csvRows(bytes: Buffer): Record<string, string>[] {
  const [names = [], ...rows] = parseCsv(bytes);
  return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? ''])));
}

/** Reads the first sheet of a workbook with SheetJS, which has no code of the library that writes it. */
export function xlsxRows(bytes: Buffer): Record<string, unknown>[] {
  const book = readWorkbook(bytes, { cellDates: true, cellFormula: true, UTC: true });
  const sheet = book.Sheets[book.SheetNames[0] as string];
  if (!sheet) throw new Error('the workbook has no sheet');
  for (const [name, cell] of Object.entries(sheet))
    if (!name.startsWith('!') && cell.f !== undefined) throw new Error(`${name} is a formula`);
  return utils.sheet_to_json(sheet, { defval: null, UTC: true });
}
